/**
 * Which channel of what an enlarged map is made of is shown large: the selected one, else the one that matters most.
 *
 * @import { Graph, Lens, Selection, Size, StageLayout } from "../types.js"
 * @import { Explanation } from "../wire.js"
 */

import { lensLayout } from "../layout/lens.js";
import { channelsOf, imageSource } from "../layout/windows.js";

/**
 * The layout of an enlarged map, with the channel that matters now.
 *
 * @param {StageLayout} base
 * @param {Lens} lens
 * @param {Size} size
 * @param {Selection | null} selection
 * @param {Explanation | null | undefined} why
 * @returns {StageLayout}
 */
export function enlarged(base, lens, size, selection, why) {
  return lensLayout(base, lens, size, channelShown(base.graph, lens, selection, why ?? null));
}

/**
 * @param {Graph} graph
 * @param {Lens} lens
 * @param {Selection | null} selection
 * @param {Explanation | null} why
 * @returns {number}
 */
export function channelShown(graph, lens, selection, why) {
  const layer = graph.layers.find(({ id }) => id === lens.layer);
  const source = imageSource(graph, lens.layer);
  if (!layer || !source) return 0;
  const [from, to] = channelsOf(layer, source, lens.map);
  const wanted =
    selection?.kind === "kernel" && selection.layer === lens.layer
      ? from + selection.channel
      : selection?.kind === "pixel" && selection.layer === source.id
        ? selection.map
        : heaviest(why, source.id);
  return wanted !== null && wanted >= from && wanted < to ? wanted : from;
}

/** The map of the source that the largest term comes from. @param {Explanation | null} why @param {string} source @returns {number | null} */
function heaviest(why, source) {
  let [most, map] = [-1, /** @type {number | null} */ (null)];
  for (const { factors, value } of why?.terms ?? []) {
    const factor = factors.find(({ node, index }) => node?.startsWith(`${source}.`) && index.length === 4);
    if (factor && Math.abs(value ?? 0) > most) [most, map] = [Math.abs(value ?? 0), factor.index[1] ?? null];
  }
  return map;
}
