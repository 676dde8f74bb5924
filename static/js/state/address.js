/**
 * How the page that this address names looks: embedded in another one or not, and what of it is hidden.
 */

/**
 * @typedef {Object} Look
 * @property {boolean} embedded only the stage and what is asked for; nothing is remembered
 * @property {readonly string[]} hidden names of controls (docs/reference/url.md)
 * @property {readonly string[]} shown of those that are hidden when embedded
 * @property {boolean} plain whether the address asks for nothing of its own, but perhaps a language
 */

/** @param {{ pathname: string, search: string }} address @returns {Look} */
export function lookOf({ pathname, search }) {
  const query = new URLSearchParams(search);
  const names = (/** @type {string} */ key) => (query.get(key) ?? "").split(",").filter(isName);
  const embedded = pathname.endsWith("/embed");
  const plain = !embedded && [...query.keys()].every((key) => key === "lang");
  return { embedded, hidden: names("hide"), shown: names("show"), plain };
}

/** @param {string} name */
function isName(name) {
  return /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/.test(name);
}

/** @type {Look} */
export const LOOK =
  typeof location === "undefined" ? { embedded: false, hidden: [], shown: [], plain: true } : lookOf(location);

/** @typedef {Pick<Storage, "getItem" | "setItem">} Keeper */

/** Keeps nothing. @type {Keeper} */
export const NOWHERE = { getItem: () => null, setItem: () => {} };

/**
 * Where the page remembers things: nowhere while it is embedded (it belongs to another page), or where that is refused.
 *
 * @param {() => Storage} storage
 * @returns {Keeper}
 */
export function keeper(storage) {
  if (LOOK.embedded) return NOWHERE;
  try {
    return storage();
  } catch {
    return NOWHERE;
  }
}
