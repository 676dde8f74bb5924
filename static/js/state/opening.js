/**
 * Which session the page opens: the one in the address (a notebook's, or a copy of a share), the one of this tab, a new one.
 *
 * @import { Access } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 */

import { ProblemError } from "../net/problem.js";

const KEY = "deltaflow.session";
export const FIRST_PRESET = "fruit";

/**
 * `#session=ID&token=TOKEN` -> access; the server says later whether the token is the owner's.
 *
 * @param {string} hash
 * @returns {Access | null}
 */
export function accessOfHash(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const id = given.get("session");
  const token = given.get("token");
  return id && token ? { id, token, viewerToken: null, role: "owner" } : null;
}

/**
 * The address under which others, with this token, see the same session.
 *
 * @param {string} origin
 * @param {string} id
 * @param {string} token
 * @returns {string}
 */
export function addressOf(origin, id, token) {
  return `${origin}/#${new URLSearchParams({ session: id, token })}`;
}

/** @param {Pick<Storage, "getItem">} storage @returns {Access | null} */
export function remembered(storage) {
  try {
    const access = JSON.parse(storage.getItem(KEY) ?? "null");
    return access?.id && access?.token ? access : null;
  } catch {
    return null;
  }
}

/** @param {Pick<Storage, "setItem">} storage @param {Access} access */
export function remember(storage, access) {
  storage.setItem(KEY, JSON.stringify(access));
}

/**
 * @param {Object} house
 * @param {string} house.hash
 * @param {Pick<Storage, "getItem">} house.storage
 * @param {(access: Access | null) => Rest} house.restAs
 * @returns {Promise<Access>}
 */
export async function openSession({ hash, storage, restAs }) {
  const joined = accessOfHash(hash);
  if (joined) return joined;
  const share = new URLSearchParams(hash.replace(/^#/, "")).get("share");
  if (share) return createSession(restAs(null), { share });
  const old = remembered(storage);
  if (old && (await lives(restAs(old), old.id))) return old;
  return createSession(restAs(null), { preset: FIRST_PRESET });
}

/** @param {Rest} rest @param {string} id @returns {Promise<boolean>} */
async function lives(rest, id) {
  try {
    await rest.get(`/sessions/${id}`);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.status < 500) return false;
    throw error;
  }
}

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
