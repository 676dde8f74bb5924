/**
 * A new session on the server.
 *
 * @import { Access } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 */

export const FIRST_PRESET = "fruit";

/**
 * What opens a session from a file that was taken along: JSON as it is, anything else as the weights that safetensors holds.
 *
 * @param {Blob & { name: string }} file
 * @returns {Blob}
 */
export function bodyOfFile(file) {
  const type = file.name.toLowerCase().endsWith(".json") ? "application/json" : "application/octet-stream";
  return file.slice(0, file.size, type);
}

/**
 * @param {Rest} rest
 * @param {Record<string, unknown> | Blob} body
 * @returns {Promise<Access>}
 */
export async function createSession(rest, body) {
  const made = await rest.post("/sessions", body);
  return { id: made.id, token: made.owner_token, viewerToken: made.viewer_token ?? null, role: "owner" };
}
