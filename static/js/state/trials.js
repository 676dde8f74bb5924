/**
 * What a person tries: an example of one's own, how much each of its numbers matters, what would excite the network, what
 * it writes. All of it is asked over REST.
 *
 * @import { Ascended, EffectReply, OwnReply, Saliency, Translated, WhatIfReply, Written } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Store } from "./store.js"
 */

import { messageOf } from "../net/problem.js";
import { say } from "../words/say.js";
import { during, notify } from "./toasts.js";

/** @typedef {Readonly<{ inputs?: unknown, raw?: unknown, text?: string, target?: unknown }>} Given */

/**
 * @param {Store} store
 * @param {Rest} rest
 */
export function trials(store, rest) {
  const base = () => `/sessions/${store.access.value?.id}`;
  return {
    /** @param {Given} given @returns {Promise<OwnReply>} */
    setOwn: (given) => rest.put(`${base()}/own`, given),
    /** @param {Record<string, unknown>} wish @returns {Promise<Saliency>} */
    saliency: (wish) => rest.post(`${base()}/saliency`, wish),
    /** @param {Record<string, unknown>} wish @returns {Promise<Ascended | null>} null if it was refused */
    ascend: (wish) => told(store, say("notices.climbing"), () => rest.post(`${base()}/ascend`, wish)),
    /** @param {Record<string, unknown>} wish @returns {Promise<Written | null>} null if it was refused */
    generate: (wish) => told(store, say("notices.writing"), () => rest.post(`${base()}/generate`, wish)),
    /** @param {Record<string, unknown>} wish @returns {Promise<Translated>} */
    translate: (wish) => rest.post(`${base()}/translate`, wish),
    /** @param {Record<string, unknown>} wish @param {AbortSignal} signal @returns {Promise<WhatIfReply>} */
    whatIf: (wish, signal) => rest.post(`${base()}/what-if`, wish, signal),
    /** @param {Record<string, unknown>} wish @param {AbortSignal} signal @returns {Promise<EffectReply>} */
    effect: (wish, signal) => rest.post(`${base()}/effect`, wish, signal),
  };
}

/**
 * @template T
 * @param {Store} store
 * @param {string} words
 * @param {() => Promise<T>} work
 * @returns {Promise<T | null>}
 */
async function told(store, words, work) {
  try {
    return await during(store, words, work);
  } catch (error) {
    notify(store, "warning", messageOf(error));
    return null;
  }
}
