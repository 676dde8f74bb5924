/**
 * Keeps `store.sums` true: asks for the explanations of the units that one is near enough to, whenever the numbers change.
 *
 * @import { Carded, Sum } from "../types.js"
 * @import { Explanation } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Store } from "./store.js"
 */

import { effect } from "@preact/signals-core";
import { queryOf } from "../net/rest.js";
import { cardKey } from "./carded.js";
import { cellSum } from "./cellsums.js";
import { layerOf, rowOf } from "./select.js";

const PAUSED_MS = 30;
const PLAYING_MS = 400;

/**
 * @param {Store} store
 * @param {Pick<Rest, "get">} rest
 * @param {(callback: () => void, ms: number) => unknown} [later]
 * @returns {() => void} stop
 */
export function keepSumming(store, rest, later = setTimeout) {
  let waiting = false;
  /** @type {AbortController | null} */
  let running = null;

  async function ask() {
    waiting = false;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const units = store.looked.value.units;
    const found = await Promise.all(units.map((unit) => sumOf(store, rest, unit, mine.signal)));
    if (running !== mine) return;
    store.sums.value = new Map(
      found.flatMap((sum, at) => (sum ? [[cardKey(/** @type {Carded} */ (units[at])), sum]] : [])),
    );
  }

  return effect(() => {
    const { units } = store.looked.value;
    void store.frame.value;
    if (units.length === 0 || waiting) return;
    waiting = true;
    later(ask, store.playing.peek() ? PLAYING_MS : PAUSED_MS);
  });
}

/** @param {Store} store @param {Pick<Rest, "get">} rest @param {Carded} carded @param {AbortSignal} signal @returns {Promise<Sum | null>} */
async function sumOf(store, rest, { layer, unit, cell }, signal) {
  const [frame, graph] = [store.frame.value, store.graph.value];
  if (!frame || !graph) return null;
  const nodes = layerOf(graph, layer)?.nodes ?? [];
  const [row, back] = [rowOf(frame), frame.ran?.phase === "backward"];
  /** @param {import("../wire.js").Query} query */
  const explain = async ({ node, quantity, index }) => {
    const path = `/sessions/${store.access.value?.id}/explain/${encodeURIComponent(node)}`;
    const asked = queryOf({ quantity, index: index.join(","), level: "tldr" });
    return /** @type {Explanation} */ (await rest.get(`${path}${asked}`, signal));
  };
  /** @param {string} part @param {"value" | "gradient"} quantity */
  const explained = (part, quantity) => {
    const node = `${layer}.${part}`;
    return nodes.includes(node) ? explain({ node, quantity, index: [row, unit] }) : null;
  };
  try {
    if (cell) return { seq: frame.seq, ...(await cellSum(cell, graph, row, back, explain)) };
    const [z, da, dz] = await Promise.all([
      explained(nodes.includes(`${layer}.z`) ? "z" : "a", "value"),
      back ? explained("a", "gradient") : null,
      back ? explained("z", "gradient") : null,
    ]);
    return { seq: frame.seq, z, da, dz };
  } catch {
    return null; // Superseded, or the network has become another: the next frame asks anew.
  }
}
