/**
 * Which pixel of a feature map, or which entry of a kernel, is under the pointer.
 *
 * @import { KernelBox, Selection, StageLayout, Tile } from "../types.js"
 */

import { kernelArea, mapBiasPlace } from "./tiles.js";

/**
 * @param {StageLayout} layout
 * @param {number} x
 * @param {number} y
 * @returns {Selection | null}
 */
export function pickImage({ layers, kernels, graph }, x, y) {
  const bias = pickMapBias(layers, graph, x, y);
  if (bias) return bias;
  const tile = layers.flatMap(({ tiles }) => tiles).find((one) => contains(one, x, y));
  if (tile) return pixelAt(tile, x, y);
  const box = kernels.find((one) => contains(one, x, y));
  return box ? entryAt(box, x, y) : null;
}

/** @param {StageLayout["layers"]} layers @param {StageLayout["graph"]} graph @param {number} x @param {number} y @returns {Selection | null} */
function pickMapBias(layers, graph, x, y) {
  const biased = layers.filter(({ id, tiles }) => tiles.length > 0 && hasBiasOf(graph, id));
  const tile = biased
    .flatMap(({ tiles }) => tiles)
    .find((one) => {
      const place = mapBiasPlace(one);
      return Math.max(Math.abs(x - place.x), Math.abs(y - place.y)) <= place.size / 2;
    });
  return tile ? { kind: "bias", layer: tile.layer, unit: tile.map } : null;
}

/** @param {StageLayout["graph"]} graph @param {string} id */
function hasBiasOf(graph, id) {
  return graph.layers.find((layer) => layer.id === id)?.parameters.some(({ name }) => name === `${id}.b`) ?? false;
}

/** @param {import("../types.js").Area} area @param {number} x @param {number} y */
function contains(area, x, y) {
  return x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
}

/** @param {Tile} tile @param {number} x @param {number} y @returns {Selection} */
function pixelAt(tile, x, y) {
  const row = Math.floor(((y - tile.y) / tile.height) * tile.rows);
  const column = Math.floor(((x - tile.x) / tile.width) * tile.columns);
  return { kind: "pixel", layer: tile.layer, map: tile.map, row, column };
}

/** @param {KernelBox} box @param {number} x @param {number} y @returns {Selection | null} */
function entryAt(box, x, y) {
  const channels = Array.from({ length: box.shown }, (_, channel) => channel);
  const channel = channels.find((one) => contains(kernelArea(box, one), x, y));
  if (channel === undefined) return null;
  const place = kernelArea(box, channel);
  const row = Math.min(box.rows - 1, Math.floor((y - place.y) / box.cell));
  const column = Math.min(box.columns - 1, Math.floor((x - place.x) / box.cell));
  return { kind: "kernel", layer: box.layer, filter: box.filter, channel: box.first + channel, row, column };
}
