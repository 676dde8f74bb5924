/**
 * What is studied of a session, asked over REST: single examples, histograms over time, learning rates.
 *
 * @import { HistogramsReply, Predictions, Rates } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Store } from "./store.js"
 */

import { queryOf } from "../net/rest.js";

/** @typedef {Readonly<Record<string, string | number | null>>} Query */

/**
 * @param {Store} store
 * @param {Rest} rest
 */
export function studies(store, rest) {
  const base = () => `/sessions/${store.access.value?.id}`;
  return {
    /** @param {Query} query @returns {Promise<Predictions>} */
    predictions: (query) => rest.get(`${base()}/predictions${queryOf(query)}`),
    /** @param {readonly string[]} names @returns {Promise<HistogramsReply>} of the first few, if none is named */
    histograms: (names) => rest.get(`${base()}/histograms${queryOf({ parameters: names.join(",") })}`),
    /** @param {Record<string, number>} wish @param {AbortSignal} signal who hangs up, ends it @returns {Promise<Rates>} */
    findRate: (wish, signal) => rest.post(`${base()}/learning-rate`, wish, signal),
  };
}
