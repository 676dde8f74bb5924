/**
 * Pixels and kernels in words, and a layer of images as a table: one row for each map.
 *
 * @import { Frame, Layer, LayerBox, Selection, StageLayout } from "../types.js"
 * @import { Table } from "./table.js"
 */

import { kernelShape } from "../layout/tiles.js";
import { sliceOf } from "./kernels.js";
import { mapsIn, oneMap, pixelOf } from "./maps.js";
import { short, signed } from "./numbers.js";
import { valuesOf } from "./reading.js";

const MISSING = "not computed";

/** @type {readonly (readonly [string, string, (x: number) => string])[]} */
const QUANTITIES = [
  ["z", "pre-activation", short],
  ["a", "activation", short],
  ["a:gradient", "gradient of the activation", signed],
  ["z:gradient", "gradient of the pre-activation", signed],
];

/**
 * @param {StageLayout} layout
 * @param {Frame | null} frame
 * @param {Extract<Selection, { kind: "pixel" }>} pixel
 * @returns {string}
 */
export function describePixel(layout, frame, { layer, map, row, column }) {
  const [maps = 1] = layerOf(layout, layer)?.shape ?? [];
  const facts = QUANTITIES.filter(([key]) => frame?.tensors.has(`${layer}.${key}`)).map(([key, name, words]) => {
    const value = pixelOf(frame, `${layer}.${key}`, [map, row, column]);
    return value === null ? `${name} ${MISSING} yet` : `${name} ${words(value)}`;
  });
  const where = maps > 1 ? `${layer} map ${map + 1} of ${maps}` : layer;
  return `${where}, row ${row + 1}, column ${column + 1}: ${facts.join(", ")}.`;
}

/**
 * @param {StageLayout} layout
 * @param {Frame | null} frame
 * @param {Extract<Selection, { kind: "kernel" }>} entry
 * @returns {string}
 */
export function describeKernel(layout, frame, { layer, filter, channel, row, column }) {
  const facts = ["", ":gradient", ":delta"].map((quantity) => {
    const tensor = frame?.tensors.get(`${layer}.kernel${quantity}`);
    const values = valuesOf(tensor);
    const name = { "": "value", ":gradient": "gradient over the batch", ":delta": "delta" }[quantity];
    if (!tensor || !values || tensor.shape.length !== 4) return `${name} ${MISSING} yet`;
    const { from, columns } = sliceOf(tensor, filter, channel);
    const value = values[from + row * columns + column] ?? Number.NaN;
    return `${name} ${quantity ? signed(value) : short(value)}`;
  });
  const { inputs = [] } = layerOf(layout, layer) ?? {};
  const where = `Kernel of ${layer} map ${filter + 1} for ${inputs[0] ?? "input"} map ${channel + 1}`;
  return `${where}, row ${row + 1}, column ${column + 1}: ${facts.join(", ")}.`;
}

/**
 * One row for each map: its bias, where its largest activation is, the sizes of its gradients.
 *
 * @param {StageLayout} layout
 * @param {Frame | null} frame
 * @param {LayerBox} box
 * @returns {Table}
 */
export function imageTable(layout, frame, box) {
  const layer = layerOf(layout, box.id);
  const keys = ["z", "a", "a:gradient", "z:gradient"].filter((key) => frame?.tensors.has(`${box.id}.${key}`));
  const biases = valuesOf(frame?.tensors.get(`${box.id}.b`));
  const kernel = layer && kernelShape(layer);
  const [maps = 0] = layer?.shape ?? [];
  /** @type {Readonly<Record<string, string>>} */
  const names = { z: "pre-activation z", a: "activation a", "a:gradient": "gradient da", "z:gradient": "gradient dz" };
  return {
    caption: `${box.title}: ${box.subtitle}; of each map the least and the largest number, and where the largest stands (row, column)`,
    columns: ["map", ...(kernel ? ["bias b"] : []), ...keys.map((key) => names[key] ?? key)],
    rows: Array.from({ length: maps }, (_, map) => [
      String(map + 1),
      ...(kernel ? [biases ? short(biases[map] ?? Number.NaN) : MISSING] : []),
      ...keys.map((key) => extremes(frame, `${box.id}.${key}`, map)),
    ]),
  };
}

/** −0.2 … 1.31 at (3, 4). @param {Frame | null} frame @param {string} key @param {number} map */
function extremes(frame, key, map) {
  const maps = mapsIn(frame, key);
  if (!maps) return MISSING;
  const values = oneMap(maps, map);
  let [low, high, at] = [Infinity, -Infinity, 0];
  for (const [index, value] of values.entries()) {
    if (value < low) low = value;
    if (value > high) [high, at] = [value, index];
  }
  const words = key.includes(":") ? signed : short;
  return `${words(low)} … ${words(high)} at (${Math.floor(at / maps.columns) + 1}, ${(at % maps.columns) + 1})`;
}

/** @param {StageLayout} layout @param {string} id @returns {Layer | undefined} */
function layerOf({ graph }, id) {
  return graph.layers.find((layer) => layer.id === id);
}
