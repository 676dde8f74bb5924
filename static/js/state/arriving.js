/**
 * Opening what an address asks for: a preset with changes, a spec, a frozen copy; then the way to the very operation is
 * computed again. It comes when an address asks for something.
 *
 * @import { Access, Recipe } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Store } from "./store.js"
 * @import { Viewpoint } from "./viewpoint.js"
 * @import { Way } from "./link.js"
 */

import { messageOf, ProblemError } from "../net/problem.js";
import { say } from "../words/say.js";
import { createSession, FIRST_PRESET } from "./creating.js";
import { LinkError, readLink, readPlace } from "./link.js";
import { overridesOf } from "./overrides.js";
import { notify } from "./toasts.js";
import { readViewpoint, takeViewpoint } from "./viewpoint.js";

/** A request shall not take longer than this, so that one sees it go on. */
const SLICE_MS = 300;
/** Whoever opens a link does not wait longer. */
const PATIENCE_MS = 60_000;
const MOST_AT_ONCE = 10_000;

/** @typedef {{ restAs: (access: Access | null) => Rest, onProgress: (words: string | null) => void, now?: () => number }} House */
/** @typedef {{ access: Access, view: Viewpoint, notes: string[] }} Arrival */

/**
 * @param {{ hash: string, search: string }} address
 * @param {House} house
 * @returns {Promise<Arrival>} what cannot be opened is told in the notes, and the first preset is opened instead
 */
export async function arrive(address, house) {
  try {
    return await opened(address, house);
  } catch (error) {
    const told = error instanceof LinkError || (error instanceof ProblemError && error.status < 500);
    if (!told || isFull(error)) throw error;
    const access = await createSession(house.restAs(null), { preset: FIRST_PRESET });
    return { access, view: {}, notes: [`${say("link.not.opened")} ${messageOf(error)}`] };
  }
}

/** A session, looked at as the address says. @param {Access} access @param {{ hash: string, search: string }} address @returns {Arrival} */
export function viewed(access, { hash, search }) {
  const asked = readViewpoint(new URLSearchParams(search));
  const { view, bad } = readViewpoint(new URLSearchParams(hash.replace(/^#/, "")));
  const notes = [...asked.bad, ...bad].map((name) => say("link.bad.view", { name }));
  return { access, view: { ...asked.view, ...view }, notes };
}

/** The server has no place for one more: that is no fault of the link. @param {unknown} error */
function isFull(error) {
  return error instanceof ProblemError && error.status === 429;
}

/** @param {{ hash: string, search: string }} address @param {House} house @returns {Promise<Arrival>} */
async function opened({ hash, search }, house) {
  const query = new URLSearchParams(search);
  const asked = readViewpoint(query);
  const { way, share, view, bad } = await readLink(hash);
  const notes = [...asked.bad, ...bad].map((name) => say("link.bad.view", { name }));
  const shown = { ...asked.view, ...view };
  if (share) return { access: await createSession(house.restAs(null), { share }), view: shown, notes };
  const begun = way ? await fromWay(way, house) : await fromQuery(query, house);
  return { ...begun, view: shown, notes: [...notes, ...begun.notes] };
}

/** @param {URLSearchParams} query @param {House} house */
async function fromQuery(query, house) {
  const made = await house.restAs(null).post("/sessions", { preset: query.get("preset") ?? FIRST_PRESET });
  const access = accessOf(made);
  const { patch, bad } = overridesOf(query, made.spec);
  const notes = bad.map((name) => say("link.bad.override", { name }));
  const rest = house.restAs(access);
  await changed(rest, access, patch);
  const way = { edits: [], ...readPlace(query.get("at") ?? "0.0"), check: null };
  return { access, notes: [...notes, ...(await walked(rest, access, way, house))] };
}

/** @param {Way} way @param {House} house */
async function fromWay(way, house) {
  const body = way.spec ? { spec: way.spec } : { preset: way.preset };
  const access = accessOf(await house.restAs(null).post("/sessions", body));
  const rest = house.restAs(access);
  if (!way.spec) await changed(rest, access, way.patch ?? {});
  const notes = await walked(rest, access, way, house);
  return { access, notes };
}

/** A preset that is patched begins anew, as if it had always been so. @param {Rest} rest @param {Access} access @param {Record<string, unknown>} patch */
async function changed(rest, { id }, patch) {
  if (Object.keys(patch).length === 0) return;
  await rest.patch(`/sessions/${id}/spec`, patch);
  await rest.post(`/sessions/${id}/reset`);
}

/**
 * Compute the way again: up to each edit by hand, and on from there.
 *
 * @param {Rest} rest
 * @param {Access} access
 * @param {Pick<Way, "edits" | "step" | "op" | "check">} way
 * @param {House} house
 * @returns {Promise<string[]>} what did not come out as the link says
 */
async function walked(rest, { id }, { edits, step, op, check }, house) {
  const base = `/sessions/${id}`;
  const walk = stepper(rest, base, step, house);
  let here = 0;
  for (const edit of edits) {
    here = await walk(here, edit.step);
    if (here < edit.step) return [say("link.stopped", { here, step })];
    const index = edit.index.length ? edit.index : null;
    await rest.put(`${base}/parameters/${encodeURIComponent(edit.name)}`, { value: edit.value, index });
  }
  here = await walk(here, step);
  house.onProgress(null);
  if (here < step) return [say("link.stopped", { here, step })];
  if (op > 0) await rest.post(`${base}/step`, { unit: "op", count: op });
  /** @type {Recipe | null} */
  const found = check ? await rest.get(`${base}/recipe`) : null;
  return found && found.fingerprint !== check ? [say("link.differs")] : [];
}

/** @param {Rest} rest @param {string} base @param {number} goal @param {House} house */
function stepper(rest, base, goal, { onProgress, now = () => performance.now() }) {
  const begin = now();
  let count = 50;
  /** @param {number} from @param {number} to @returns {Promise<number>} the step that was reached */
  return async (from, to) => {
    let here = from;
    while (here < to && now() - begin < PATIENCE_MS) {
      onProgress(say("link.walking", { here, step: goal }));
      const started = now();
      const many = Math.min(count, to - here);
      const reached = (await rest.post(`${base}/step`, { unit: "batch", count: many })).cursor.step;
      if (reached <= here) return here; // it diverged
      here = reached;
      count = faster(count, now() - started);
    }
    return here;
  };
}

/** How many steps to ask for next, so that it takes about as long as a slice. @param {number} count @param {number} took */
function faster(count, took) {
  const wanted = (count * SLICE_MS) / Math.max(1, took);
  return Math.max(1, Math.min(MOST_AT_ONCE, Math.round(Math.min(wanted, 4 * count))));
}

/** @param {{ id: string, owner_token: string, viewer_token?: string }} made @returns {Access} */
function accessOf(made) {
  return { id: made.id, token: made.owner_token, viewerToken: made.viewer_token ?? null, role: "owner" };
}

/**
 * Look where the link looked, once the session is there.
 *
 * @param {Store} store
 * @param {Arrival} arrival
 */
export function settle(store, { view, notes }) {
  const whole = takeViewpoint(store, view);
  for (const note of whole ? notes : [...notes, say("link.view.gone")]) notify(store, "warning", note);
}
