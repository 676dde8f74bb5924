/**
 * Pixels and kernels in words, and a layer of images as a table: one row for each map.
 *
 * @import { Frame, Layer, LayerBox, Selection, StageLayout } from "../types.js"
 * @import { Table } from "./table.js"
 */

import { kernelShape } from "../layout/tiles.js";
import { say } from "../words/say.js";
import { sliceOf } from "./kernels.js";
import { asKnown } from "./known.js";
import { mapsIn, oneMap, pixelOf } from "./maps.js";
import { short, signed } from "./numbers.js";
import { valuesOf } from "./reading.js";

const MISSING = say("numbers.missing");

/** @type {readonly (readonly [string, string, (x: number) => string])[]} */
const QUANTITIES = [
  ["z", say("describe.z"), short],
  ["a", say("describe.a"), short],
  ["a:gradient", say("describe.da"), signed],
  ["z:gradient", say("describe.dz"), signed],
];

/** @type {Readonly<Record<string, string>>} */
const KERNEL_NAMES = {
  "": say("numbers.value"),
  ":gradient": say("describe.batch"),
  ":delta": say("numbers.delta"),
};

/** @param {string} name @param {number | null} value @param {(x: number) => string} words */
function fact(name, value, words) {
  return value === null ? say("describe.fact.missing", { name }) : say("describe.fact", { name, value: words(value) });
}

/** @param {string} where @param {number} row @param {number} column @param {readonly string[]} facts */
function told(where, row, column, facts) {
  const what = say("describe.cell", { where, row: row + 1, column: column + 1 });
  return say("describe.told", { what, facts: facts.join(", ") });
}

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
    return fact(name, value, (x) => asKnown(words(x), frame?.tensors.get(`${layer}.${key}`)));
  });
  const where = maps > 1 ? say("describe.map", { layer, map: map + 1, count: maps }) : layer;
  return told(where, row, column, facts);
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
    const name = KERNEL_NAMES[quantity] ?? "";
    if (!tensor || !values || tensor.shape.length !== 4) return fact(name, null, short);
    const { from, columns } = sliceOf(tensor, filter, channel);
    const value = values[from + row * columns + column] ?? Number.NaN;
    return fact(name, value, (x) => asKnown(quantity ? signed(x) : short(x), tensor));
  });
  const { inputs = [] } = layerOf(layout, layer) ?? {};
  const source = inputs[0] ?? say("describe.source");
  return told(say("describe.kernel", { layer, map: filter + 1, source, channel: channel + 1 }), row, column, facts);
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
  const bias = frame?.tensors.get(`${box.id}.b`);
  const biases = valuesOf(bias);
  const kernel = layer && kernelShape(layer);
  const [maps = 0] = layer?.shape ?? [];
  /** @type {Readonly<Record<string, string>>} */
  const names = {
    z: say("describe.column.z"),
    a: say("describe.column.a"),
    "a:gradient": say("describe.column.da"),
    "z:gradient": say("describe.column.dz"),
  };
  return {
    caption: say("describe.maps", { title: box.title, subtitle: box.subtitle }),
    columns: [
      say("describe.column.map"),
      ...(kernel ? [say("describe.column.b")] : []),
      ...keys.map((key) => names[key] ?? key),
    ],
    rows: Array.from({ length: maps }, (_, map) => [
      String(map + 1),
      ...(kernel ? [biases ? asKnown(short(biases[map] ?? Number.NaN), bias) : MISSING] : []),
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
  const [row, column] = [Math.floor(at / maps.columns) + 1, (at % maps.columns) + 1];
  const told = say("describe.extremes", { low: words(low), high: words(high), row, column });
  return asKnown(told, frame?.tensors.get(key));
}

/** @param {StageLayout} layout @param {string} id @returns {Layer | undefined} */
function layerOf({ graph }, id) {
  return graph.layers.find((layer) => layer.id === id);
}
