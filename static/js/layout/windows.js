/**
 * What lies under a window, and the place of a pixel on its tile: geometry only, no numbers.
 *
 * @import { Area, Graph, Layer, Tile, Window } from "../types.js"
 */

/** @typedef {Readonly<{ row: number, column: number, rows: number, columns: number }>} Patch */

/**
 * The part of the source image that a place (row, column) of the layer's image is made of; cut at the source's edges.
 *
 * @param {Window | null | undefined} window null: the same place
 * @param {readonly number[]} shape of the source (C, H, W)
 * @param {number} row
 * @param {number} column
 * @returns {Patch}
 */
export function patchUnder(window, shape, row, column) {
  const [, height = 1, width = 1] = shape;
  const down = span(window, 0, row, height);
  const across = span(window, 1, column, width);
  return { row: down.from, rows: down.to - down.from, column: across.from, columns: across.to - across.from };
}

/** @param {Window | null | undefined} window @param {0 | 1} axis @param {number} at @param {number} length */
function span(window, axis, at, length) {
  const { from, reach } = whole(window, axis, at);
  const begin = Math.min(length - 1, Math.max(0, from));
  return { from: begin, to: Math.max(begin + 1, Math.min(length, from + reach)) };
}

/** @param {Window | null | undefined} window @param {0 | 1} axis @param {number} at */
function whole(window, axis, at) {
  if (!window) return { from: at, reach: 1 };
  const factor = window.factor?.[axis];
  if (factor) return { from: Math.floor(at / factor), reach: 1 };
  const size = window.size?.[axis] ?? 1;
  const reach = (size - 1) * (window.dilation?.[axis] ?? 1) + 1;
  return { from: at * (window.stride?.[axis] ?? 1) - (window.padding?.[axis]?.[0] ?? 0), reach };
}

/**
 * The window as it lies, also where it hangs over the edge: for its outline.
 *
 * @param {Window | null | undefined} window
 * @param {number} row
 * @param {number} column
 * @returns {Patch}
 */
export function windowAt(window, row, column) {
  const [down, across] = [whole(window, 0, row), whole(window, 1, column)];
  return { row: down.from, rows: down.reach, column: across.from, columns: across.reach };
}

/** A patch of a tile in points. @param {Tile} tile @param {Patch} patch @returns {Area} */
export function areaOn({ x, y, width, height, rows, columns }, patch) {
  const [w, h] = [width / columns, height / rows];
  return { x: x + patch.column * w, y: y + patch.row * h, width: patch.columns * w, height: patch.rows * h };
}

/** @param {Graph} graph @param {string} id @returns {Layer | null} the one layer of images that this one reads */
export function imageSource(graph, id) {
  const layer = graph.layers.find((candidate) => candidate.id === id);
  const sources = graph.layers.filter((candidate) => layer?.inputs.includes(candidate.id));
  return sources.find(({ shape }) => shape.length === 3) ?? null;
}

/**
 * The channels of the source that a map is made of: its own, or for a convolution those of its group.
 *
 * @param {Layer} layer
 * @param {Layer} source
 * @param {number} map
 * @returns {readonly [number, number]} from, to
 */
export function channelsOf(layer, source, map) {
  const [channels = 1] = source.shape;
  const groups = layer.window?.groups ?? 1;
  if (!/^(conv2d|correlate2d)$/.test(layer.window?.op ?? "")) return [map, map + 1];
  const group = Math.floor((map * groups) / (layer.shape[0] ?? 1));
  return [(group * channels) / groups, ((group + 1) * channels) / groups];
}
