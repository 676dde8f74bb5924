/**
 * Keeps `store.why` true: asks for the explanation of what is selected whenever selection, level or numbers change.
 *
 * @import { Graph } from "../types.js"
 * @import { Explanation, Query } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Store } from "./store.js"
 */

import { computed, effect } from "@preact/signals-core";
import { messageOf } from "../net/problem.js";
import { queryOf } from "../net/rest.js";
import { queryOfCall, rowOf, suggested } from "./select.js";

const PAUSED_MS = 40;
const PLAYING_MS = 500;

/**
 * The number that the inspector is about: asked for, or suggested by the selection, or the last operation's.
 *
 * @param {Store} store
 * @returns {Query | null}
 */
export function currentQuery(store) {
  const graph = store.graph.value;
  if (!graph) return null;
  const frame = store.frame.value;
  if (store.asked.value) return atRow(store.asked.value, rowOf(frame));
  const selection = store.selection.value;
  if (selection && store.lens.value) return summed(suggested(selection, graph, frame), graph);
  return selection ? suggested(selection, graph, frame) : queryOfCall(frame?.ran ?? null, graph, rowOf(frame), frame);
}

/** Of an enlarged map the sum is asked for, not the function of it. @param {Query | null} query @param {Graph} graph @returns {Query | null} */
function summed(query, graph) {
  const z = query?.node.replace(/\.a$/, ".z") ?? "";
  const exists = graph.layers.some(({ nodes }) => nodes.includes(z));
  return query?.quantity === "value" && query.index.length === 4 && exists ? { ...query, node: z } : query;
}

/**
 * The same number of the example that is followed now.
 *
 * @param {Query} query
 * @param {number} row
 * @returns {Query}
 */
function atRow(query, row) {
  const isValueNode = /\.[za]$|\[\d+\]$/.test(query.node) && query.index.length > 1;
  return isValueNode ? { ...query, index: [row, ...query.index.slice(1)] } : query;
}

/**
 * @param {Store} store
 * @param {Rest} rest
 * @param {(callback: () => void, ms: number) => any} [later]
 * @param {(timer: any) => void} [forget]
 * @returns {() => void} stop
 */
export function keepExplaining(store, rest, later = setTimeout, forget = clearTimeout) {
  /** @type {AbortController | null} */
  let running = null;
  /** @type {any} */
  let timer = null;
  /** Whether something else is asked by now: a session that is busy is asked one question at a time. */
  let waiting = false;
  const question = computed(() => questionOf(store));

  async function ask() {
    timer = null;
    if (running) {
      waiting = true;
      return;
    }
    const mine = new AbortController();
    running = mine;
    const path = pathOf(store);
    if (!path) {
      running = null;
      return;
    }
    try {
      const explanation = /** @type {Explanation} */ (await rest.get(path, mine.signal));
      if (running === mine) store.why.value = { state: "ready", explanation, message: "" };
    } catch (error) {
      if (running === mine) store.why.value = { state: "failed", explanation: null, message: messageOf(error) };
    }
    if (running !== mine) return;
    running = null;
    if (waiting) timer = later(ask, 0);
    waiting = false;
  }

  return effect(() => {
    if (question.value === null) {
      running?.abort();
      running = null;
      store.why.value = { state: "empty", explanation: null, message: "" };
      return;
    }
    if (timer !== null && store.playing.peek()) return;
    if (timer !== null) forget(timer);
    timer = later(ask, store.playing.peek() ? PLAYING_MS : PAUSED_MS);
  });
}

/** Everything that the answer depends on, as one string. @param {Store} store @returns {string | null} */
function questionOf(store) {
  const path = pathOf(store);
  if (!path) return null;
  const { step, op } = store.position.value;
  return `${path} ${step} ${op} ${store.frame.value?.seq ?? ""} ${store.mode.value}`;
}

/** @param {Store} store @returns {string | null} */
function pathOf(store) {
  const query = currentQuery(store);
  const id = store.access.value?.id;
  if (!query || !id) return null;
  const index = query.index.length ? query.index.join(",") : null;
  const asked = queryOf({ quantity: query.quantity, index, level: store.level.value });
  return `/sessions/${id}/explain/${encodeURIComponent(query.node)}${asked}`;
}
