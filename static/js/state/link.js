/**
 * Links: what stands behind the # of an address, and what it asks the page to open.
 *
 * `#preset=xor&patch=…&edits=…&at=12.3&check=0a1b2c3d` needs no server's memory, `#share=…` brings weights from it,
 * `#session=…&token=…` is a session that goes on. Beside each may stand what is looked at (see viewpoint.js).
 *
 * @import { Patch, Recipe } from "../wire.js"
 * @import { Viewpoint } from "./viewpoint.js"
 */

import { say } from "../words/say.js";
import { squeeze, unsqueeze } from "./squeeze.js";
import { readViewpoint, writeViewpoint } from "./viewpoint.js";

/** Mail programs and learning platforms cut what is longer. */
export const LONGEST = 8000;

/** @typedef {Pick<Recipe, "preset" | "patch" | "spec" | "edits" | "step" | "op"> & { check: string | null }} Way */
/** @typedef {{ way: Way | null, share: string | null, view: Viewpoint, bad: string[] }} Link */

/** An address that says nothing that can be opened, and why. */
export class LinkError extends Error {}

/**
 * The part behind the # that leads to this very point without weights.
 *
 * @param {Recipe} recipe
 * @param {Viewpoint} view
 * @returns {Promise<string>}
 */
export async function writeLink(recipe, view) {
  const { preset, patch, spec, edits, step, op, fingerprint } = recipe;
  /** @type {[string, string][]} */
  const pairs = preset === null ? [["spec", await squeezeJson(spec)]] : [["preset", preset]];
  if (patch && Object.keys(patch).length > 0) pairs.push(["patch", await squeezeJson(patch)]);
  const said = edits.map(({ step, name, index, value }) => [step, name, index, value]);
  if (said.length > 0) pairs.push(["edits", await squeezeJson(said)]);
  return written([...pairs, ["at", `${step}.${op}`], ["check", fingerprint], ...writeViewpoint(view)]);
}

/** Whether it names a table that only the server has: an address cannot bring that along. @param {Pick<Recipe, "patch" | "spec">} recipe */
export function needsTable({ patch, spec }) {
  const data = /** @type {{ table?: unknown } | null | undefined} */ ((spec ?? patch)?.dataset);
  return typeof data?.table === "string";
}

/** The part behind the # that opens a frozen copy. @param {string} share @param {Viewpoint} view */
export function writeShare(share, view) {
  return written([["share", share], ...writeViewpoint(view)]);
}

/** Colons and commas stand in an address as they are, and are read better so. @param {readonly [string, string][]} pairs */
export function written(pairs) {
  return new URLSearchParams(pairs.map(([name, value]) => [name, value]))
    .toString()
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",");
}

/**
 * @param {string} hash
 * @returns {Promise<Link>}
 * @throws {LinkError}
 */
export async function readLink(hash) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const { view, bad } = readViewpoint(params);
  const share = params.get("share");
  if (share) return { way: null, share, view, bad };
  const [preset, spec] = [params.get("preset"), params.get("spec")];
  if (!preset && !spec) return { way: null, share: null, view, bad };
  const { step, op } = readPlace(params.get("at") ?? "0.0");
  const way = {
    preset: spec ? null : preset,
    spec: spec ? await readObject("spec", spec) : null,
    patch: params.has("patch") ? await readObject("patch", params.get("patch") ?? "") : null,
    edits: params.has("edits") ? readEdits(await readJson("edits", params.get("edits") ?? "")) : [],
    ...{ step, op, check: params.get("check") },
  };
  return { way, share: null, view, bad };
}

/** @param {string} at such as 12.3 */
export function readPlace(at) {
  const found = /^(\d{1,9})(?:\.(\d{1,6}))?$/.exec(at);
  if (!found) throw new LinkError(say("link.bad.place", { at: at.slice(0, 40) }));
  return { step: Number(found[1]), op: Number(found[2] ?? 0) };
}

/** @param {string} name @param {string} code @returns {Promise<any>} */
async function readJson(name, code) {
  try {
    return JSON.parse(await unsqueeze(code));
  } catch {
    throw new LinkError(say("link.bad.part", { name }));
  }
}

/** @param {string} name @param {string} code @returns {Promise<Patch>} */
async function readObject(name, code) {
  const value = await readJson(name, code);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new LinkError(say("link.bad.part", { name }));
  return value;
}

/** @param {unknown} said @returns {Recipe["edits"]} */
function readEdits(said) {
  if (!Array.isArray(said)) throw new LinkError(say("link.bad.part", { name: "edits" }));
  return said.map((edit) => {
    const [step, name, index, value] = Array.isArray(edit) ? edit : [];
    const fits = Number.isInteger(step) && typeof name === "string" && Array.isArray(index) && value !== undefined;
    if (!fits) throw new LinkError(say("link.bad.part", { name: "edits" }));
    return { step, name, index, value };
  });
}

/** @param {unknown} value */
function squeezeJson(value) {
  return squeeze(JSON.stringify(value));
}
