/**
 * Short notes that pass, and what is under way.
 *
 * @import { Toast } from "../wire.js"
 * @import { Store } from "./store.js"
 */

const MOST_AT_ONCE = 3;
let nextId = 1;

/**
 * @param {Pick<Store, "toasts">} store
 * @param {Toast["kind"]} kind
 * @param {string} text
 */
export function notify(store, kind, text) {
  const isOld = (/** @type {Toast} */ toast) => toast.text === text || (kind === "good" && toast.kind === "good");
  const others = store.toasts.value.filter((toast) => !isOld(toast));
  store.toasts.value = [...others, { id: nextId++, kind, text }].slice(-MOST_AT_ONCE);
}

/**
 * @param {Pick<Store, "toasts">} store
 * @param {number} id
 */
export function dismiss(store, id) {
  store.toasts.value = store.toasts.value.filter((toast) => toast.id !== id);
}

/**
 * Says that `words` is under way until the work is done, however it ends.
 *
 * @template T
 * @param {Pick<Store, "busy">} store
 * @param {string} words
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function during(store, words, work) {
  store.busy.value = [...store.busy.value, words];
  try {
    return await work();
  } finally {
    const at = store.busy.value.indexOf(words);
    store.busy.value = store.busy.value.filter((_, index) => index !== at);
  }
}
