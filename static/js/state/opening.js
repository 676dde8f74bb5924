/**
 * Which session the page opens: the one in the address (a notebook's, or a copy of a share), the one of this tab, a new one.
 *
 * @import { Access } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 */

import { ProblemError } from "../net/problem.js";
import { createSession, FIRST_PRESET } from "./creating.js";

const KEY = "deltaflow.session";
/** What was looked at when the page had itself loaded again. */
const KEY_OF_VIEW = "deltaflow.view";
const KEY_OF_SEARCH = "deltaflow.opened";

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

/** @param {Pick<Storage, "setItem">} storage @param {Access} access @param {string} [search] what of the address it came from */
export function remember(storage, access, search = "") {
  storage.setItem(KEY, JSON.stringify(access));
  storage.setItem(KEY_OF_SEARCH, search);
}

/** What to do with the page when the session is there. @typedef {(store: import("./store.js").Store) => void} Settle */
/** @typedef {(access: Access | null) => Rest} RestAs */
/** @typedef {Readonly<{ hash: string, search: string }>} Address */

/** Over the next loading of this tab. @param {Pick<Storage, "setItem">} storage @param {string} view as in an address */
export function keepView(storage, view) {
  storage.setItem(KEY_OF_VIEW, view);
}

/** The session of this tab, looked at as before if that was to be kept: once; else as the address says. @param {Access} access @param {Address} address @param {Pick<Storage, "getItem" | "setItem">} storage */
function again(access, { hash, search }, storage) {
  const view = storage.getItem(KEY_OF_VIEW);
  if (view) storage.setItem(KEY_OF_VIEW, "");
  if (view) return arrived(access, { hash: `#${view}`, search: "" });
  return arrived(access, { hash, search: isRead(search, storage) ? "" : search });
}

/**
 * @param {Object} house
 * @param {string} house.hash
 * @param {string} [house.search]
 * @param {Pick<Storage, "getItem" | "setItem">} house.storage
 * @param {RestAs} house.restAs
 * @param {(words: string | null) => void} [house.onProgress] where the way to a place is computed again
 * @returns {Promise<{ access: Access, settle: Settle | null }>}
 */
export async function openSession({ hash, search = "", storage, restAs, onProgress = () => {} }) {
  const joined = accessOfHash(hash);
  if (joined) return arrived(joined, { hash, search });
  const old = remembered(storage);
  if (asksToOpen(hash, search) && !(old && isReload(hash, search, storage) && (await lives(restAs(old), old.id)))) {
    const { arrive, settle } = await import("./arriving.js");
    const arrival = await arrive({ hash, search }, { restAs, onProgress });
    return { access: arrival.access, settle: (store) => settle(store, arrival) };
  }
  if (old && (await lives(restAs(old), old.id))) return again(old, { hash, search }, storage);
  return arrived(await createSession(restAs(null), { preset: FIRST_PRESET }), { hash, search });
}

/** Whether the address asks for something that has to be read. @param {string} hash @param {string} search */
function asksToOpen(hash, search) {
  return /[#&](share|spec|preset)=/.test(hash) || /[?&]preset=/.test(search);
}

/** What stands behind the ? stays there when the page is loaded again. @param {string} hash @param {string} search @param {Pick<Storage, "getItem">} storage */
function isReload(hash, search, storage) {
  return !asksToOpen(hash, "") && isRead(search, storage);
}

/** @param {string} search @param {Pick<Storage, "getItem">} storage */
function isRead(search, storage) {
  return storage.getItem(KEY_OF_SEARCH) === search;
}

/** A session, and what the address looks at in it. @param {Access} access @param {Address} address */
async function arrived(access, address) {
  if (!looksAt(address.hash) && !looksAt(address.search)) return { access, settle: null };
  const { settle, viewed } = await import("./arriving.js");
  return {
    access,
    settle: (/** @type {import("./store.js").Store} */ store) => settle(store, viewed(access, address)),
  };
}

/** Whether this part of the address says what is looked at. @param {string} part */
export function looksAt(part) {
  return /[?#&](select|ask|lens|view|example|level|unit|theme)=/.test(part);
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
