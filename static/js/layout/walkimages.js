/**
 * The arrow keys on images: from pixel to pixel, over the edge into the neighbouring map or layer; on kernels likewise.
 *
 * @import { Layer, Selection, StageLayout } from "../types.js"
 * @import { Direction } from "./walk.js"
 */

import { kernelShape } from "./tiles.js";

/** @typedef {Extract<Selection, { kind: "pixel" }>} Pixel */
/** @typedef {Extract<Selection, { kind: "kernel" }>} Entry */

/** @type {Readonly<Record<Direction, readonly [number, number]>>} */
const STEPS = { up: [-1, 0], down: [1, 0], left: [0, -1], right: [0, 1], over: [-1, 0], under: [1, 0] };

/**
 * @param {StageLayout} layout
 * @param {Pixel} pixel
 * @param {Direction} direction
 * @returns {Selection | null}
 */
export function fromPixel(layout, pixel, direction) {
  const layer = layerOf(layout, pixel.layer);
  const [maps = 1, rows = 1, columns = 1] = layer?.shape ?? [];
  const [down, across] = STEPS[direction];
  const [row, column] = [pixel.row + down, pixel.column + across];
  if (row >= 0 && row < rows && column >= 0 && column < columns) return { ...pixel, row, column };
  if (across !== 0) return across < 0 ? before(layout, pixel) : after(layout, pixel);
  const map = pixel.map + down;
  return map >= 0 && map < maps ? { ...pixel, map, row: down < 0 ? rows - 1 : 0 } : null;
}

/**
 * The middle of a layer's map.
 *
 * @param {Layer | undefined} layer
 * @param {number} [map]
 * @returns {Pixel | null}
 */
export function middleOf(layer, map = 0) {
  if (layer?.shape.length !== 3) return null;
  const [maps = 1, rows = 1, columns = 1] = layer.shape;
  const [row, column] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { kind: "pixel", layer: layer.id, map: Math.min(map, maps - 1), row, column };
}

/** Over the left edge: the kernel that made this map, else what the layer reads. @param {StageLayout} layout @param {Pixel} pixel */
function before(layout, { layer, map, row }) {
  const here = layerOf(layout, layer);
  if (here && kernelShape(here))
    return /** @type {Selection} */ ({ kind: "kernel", layer, filter: map, channel: 0, row: 0, column: 0 });
  return into(layout, here?.inputs[0], map, row, here, Infinity);
}

/** @param {StageLayout} layout @param {Pixel} pixel @returns {Selection | null} */
function after(layout, pixel) {
  const here = layerOf(layout, pixel.layer);
  const next = layout.graph.layers.find(({ inputs }) => inputs.includes(pixel.layer));
  if (!next || !here) return { kind: "loss" };
  if (next.shape.length === 3) return into(layout, next.id, pixel.map, pixel.row, here, 0);
  const [, rows = 1, columns = 1] = here.shape;
  const flat = (pixel.map * rows + pixel.row) * columns + pixel.column;
  return { kind: "unit", layer: next.id, unit: Math.min(next.units - 1, next.type === "flatten" ? flat : pixel.map) };
}

/**
 * The same map and about the same height in another layer.
 *
 * @param {StageLayout} layout
 * @param {string | undefined} id
 * @param {number} map
 * @param {number} row
 * @param {Layer | undefined} from
 * @param {number} column
 * @returns {Selection | null}
 */
function into(layout, id, map, row, from, column) {
  const layer = layerOf(layout, id ?? "");
  const middle = middleOf(layer, map);
  if (!middle || !layer) return null;
  const [, rows = 1, columns = 1] = layer.shape;
  const scaled = Math.floor(((row + 0.5) * rows) / (from?.shape[1] ?? rows));
  return { ...middle, row: Math.min(rows - 1, scaled), column: Math.min(columns - 1, column) };
}

/**
 * @param {StageLayout} layout
 * @param {Entry} entry
 * @param {Direction} direction
 * @returns {Selection | null}
 */
export function fromKernel(layout, entry, direction) {
  const layer = layerOf(layout, entry.layer);
  const [filters = 1, channels = 1, rows = 1, columns = 1] = (layer && kernelShape(layer)) ?? [];
  const [down, across] = STEPS[direction];
  const at = entry.channel * columns + entry.column + across;
  if (at < 0) return middleOf(layerOf(layout, layer?.inputs[0] ?? ""));
  if (at >= channels * columns) return middleOf(layer, entry.filter);
  const row = entry.filter * rows + entry.row + down;
  if (row < 0 || row >= filters * rows) return null;
  return {
    ...entry,
    filter: Math.floor(row / rows),
    row: row % rows,
    channel: Math.floor(at / columns),
    column: at % columns,
  };
}

/**
 * From a unit back into the images that it is made of; null if it is not.
 *
 * @param {StageLayout} layout
 * @param {string} id
 * @param {number} unit
 * @returns {Selection | null}
 */
export function pixelOfUnit(layout, id, unit) {
  const source = layerOf(layout, layerOf(layout, id)?.inputs[0] ?? "");
  if (source?.shape.length !== 3) return null;
  const [, rows = 1, columns = 1] = source.shape;
  if (layerOf(layout, id)?.type !== "flatten") return middleOf(source, unit);
  const map = Math.floor(unit / (rows * columns));
  const rest = unit % (rows * columns);
  return { kind: "pixel", layer: source.id, map, row: Math.floor(rest / columns), column: rest % columns };
}

/** @param {StageLayout} layout @param {string} id @returns {Layer | undefined} */
function layerOf({ graph }, id) {
  return graph.layers.find((layer) => layer.id === id);
}
