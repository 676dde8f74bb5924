/**
 * Which feature map is enlarged, and how that follows what is selected.
 *
 * @import { Graph, Lens, Selection } from "../types.js"
 */

/** @param {Lens | null} lens @param {Graph} graph @returns {boolean} */
export function survivesLens(lens, graph) {
  const shape = graph.layers.find(({ id }) => id === lens?.layer)?.shape ?? [];
  return lens === null || (shape.length === 3 && lens.map < (shape[0] ?? 0));
}

/**
 * The map that a selection belongs to.
 *
 * @param {Selection | null} selection
 * @returns {Lens | null}
 */
export function lensOf(selection) {
  if (selection?.kind === "pixel") return { layer: selection.layer, map: selection.map };
  return selection?.kind === "kernel" ? { layer: selection.layer, map: selection.filter } : null;
}

/**
 * The enlarged map after something has been selected: it stays if what is selected can be seen beside it.
 *
 * @param {Lens | null} lens
 * @param {Selection | null} selection
 * @param {Graph | null} graph
 * @returns {Lens | null}
 */
export function followLens(lens, selection, graph) {
  const wanted = lensOf(selection);
  if (!lens || !selection) return lens;
  const inputs = graph?.layers.find(({ id }) => id === lens.layer)?.inputs ?? [];
  return wanted && inputs.includes(wanted.layer) ? lens : wanted;
}

/**
 * What has to be known in full to write its numbers: the layer's nodes and kernel, and the nodes of what it reads.
 *
 * @param {Lens | null} lens
 * @param {Graph | null} graph
 * @returns {readonly string[]}
 */
export function namesOfLens(lens, graph) {
  const layer = graph?.layers.find(({ id }) => id === lens?.layer);
  if (!layer || !graph) return [];
  const sources = graph.layers.filter(({ id }) => layer.inputs.includes(id));
  return [...layer.nodes, ...layer.parameters.map(({ name }) => name), ...sources.flatMap(({ nodes }) => nodes)];
}
