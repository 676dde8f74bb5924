/**
 * Which column a layer stands in, and which part of the column's height is its own.
 *
 * @import { Graph, Layer } from "../types.js"
 */

/**
 * Layers by depth: a layer stands right of everything that it reads. Layers of one depth share a column.
 *
 * @param {Graph} graph
 * @returns {Layer[][]}
 */
export function columnsOf(graph) {
  /** @type {Map<string, number>} */
  const depths = new Map();
  /** @type {Layer[][]} */
  const columns = [];
  for (const layer of graph.layers) {
    const depth = Math.max(-1, ...layer.inputs.map((id) => depths.get(id) ?? -1)) + 1;
    depths.set(layer.id, depth);
    const column = columns[depth];
    if (column) column.push(layer);
    else columns[depth] = [layer];
  }
  return columns;
}

/** @typedef {Readonly<{ layer: Layer, column: number, top: number, bottom: number }>} Place */

const BETWEEN = 18;

/**
 * The layers of one column, one below the other, each with a height that fits its number of units.
 *
 * @param {readonly Layer[]} layers
 * @param {number} column
 * @param {number} top
 * @param {number} bottom
 * @returns {Place[]}
 */
export function stack(layers, column, top, bottom) {
  const shares = layers.map((layer) => Math.sqrt(layer.units) + 1);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const free = bottom - top - BETWEEN * (layers.length - 1);
  let y = top;
  return layers.map((layer, index) => {
    const height = (free * (shares[index] ?? 1)) / total;
    const place = { layer, column, top: y, bottom: y + height };
    y += height + BETWEEN;
    return place;
  });
}
