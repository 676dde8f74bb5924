/**
 * What a frame says, layer by layer, as numbers that can be drawn. Nothing here knows where things stand.
 *
 * @import { Frame, Tensor } from "../types.js"
 */

import { blockOf, grainOf } from "./known.js";

/**
 * A matrix of weights: all of it, or the means over blocks. `codes`, where it came quantised: an image needs nothing else.
 *
 * @typedef {Readonly<{ rows: number, columns: number, data: Float32Array, codes: Uint8Array | null, low: number, high: number, fullRows: number, fullColumns: number, grain: import("./known.js").Grain }>} Matrix
 */
/**
 * @typedef {Object} LayerNumbers
 * @property {Float32Array | null} z null: not computed
 * @property {Float32Array | null} a
 * @property {Float32Array | null} dz
 * @property {Float32Array | null} da
 * @property {Float32Array | null} mask
 * @property {Float32Array | null} b
 * @property {Float32Array | null} db
 * @property {Float32Array | null} deltaB
 * @property {Matrix | null} W
 * @property {Matrix | null} dW
 * @property {Matrix | null} deltaW
 * @property {Tensor | null} map
 */

/** @type {WeakMap<Tensor, Float32Array>} */
const decoded = new WeakMap();
/** @type {WeakMap<Frame, Map<string, LayerNumbers>>} */
const read = new WeakMap();

/**
 * The values of a tensor; null where it has not been computed. uint8 is a code between min and max.
 *
 * @param {Tensor | null | undefined} tensor
 * @returns {Float32Array | null}
 */
export function valuesOf(tensor) {
  if (!tensor?.data) return null;
  if (tensor.data instanceof Float32Array) return tensor.data;
  const known = decoded.get(tensor);
  if (known) return known;
  const { min, max } = tensor;
  const codes = tensor.data;
  const values = new Float32Array(codes.length); // A loop: `from` with a function is twenty times slower.
  for (let at = 0; at < codes.length; at += 1) values[at] = min + ((codes[at] ?? 0) / 255) * (max - min);
  decoded.set(tensor, values);
  return values;
}

/** @param {Tensor | undefined} tensor @returns {Matrix | null} */
function matrixOf(tensor) {
  if (!tensor?.data) return null;
  const [rows = 0, columns = 1] = tensor.shape;
  const [fullRows = rows, fullColumns = columns] = tensor.summary?.full_shape ?? tensor.shape;
  const codes = tensor.data instanceof Uint8Array ? tensor.data : null;
  return {
    ...{ rows, columns, fullRows, fullColumns, codes, low: tensor.min, high: tensor.max, grain: grainOf(tensor) },
    get data() {
      return /** @type {Float32Array} */ (valuesOf(tensor));
    },
  };
}

/**
 * One weight. Of a pooled matrix: the mean of the block that it is in.
 *
 * @param {Matrix} matrix
 * @param {number} row
 * @param {number} column
 * @returns {number}
 */
export function entry(matrix, row, column) {
  const { rows, columns, fullRows, fullColumns, data } = matrix;
  const i = blockOf(row, rows, fullRows).block;
  const j = blockOf(column, columns, fullColumns).block;
  return data[i * columns + j] ?? Number.NaN;
}

/** @param {Matrix} matrix @returns {boolean} */
export function isPooled(matrix) {
  return matrix.rows !== matrix.fullRows || matrix.columns !== matrix.fullColumns;
}

/**
 * A vector of as many numbers as there are units, even if it came pooled.
 *
 * @param {Tensor | undefined} tensor
 * @returns {Float32Array | null}
 */
function vectorOf(tensor) {
  const values = valuesOf(tensor);
  const full = tensor?.summary?.full_shape.reduce((product, size) => product * size, 1) ?? values?.length ?? 0;
  if (!values || values.length === full) return values;
  return Float32Array.from({ length: full }, (_, index) => values[blockOf(index, values.length, full).block] ?? 0);
}

/**
 * @param {Frame | null} frame
 * @param {string} layer
 * @returns {LayerNumbers}
 */
export function numbersOf(frame, layer) {
  if (!frame) return NOTHING;
  const layers = read.get(frame) ?? new Map();
  read.set(frame, layers);
  const known = layers.get(layer);
  if (known) return known;
  const numbers = readLayer(frame, layer);
  layers.set(layer, numbers);
  return numbers;
}

/** @param {Frame} frame @param {string} layer @returns {LayerNumbers} */
function readLayer({ tensors }, layer) {
  const vector = (/** @type {string} */ key) => vectorOf(tensors.get(`${layer}.${key}`));
  const matrix = (/** @type {string} */ key) => matrixOf(tensors.get(`${layer}.${key}`));
  const map = tensors.get(`${layer}.a:map`) ?? null;
  return {
    z: vector("z"),
    a: vector("a"),
    dz: vector("z:gradient"),
    da: vector("a:gradient"),
    mask: vector("mask"),
    b: vector("b"),
    db: vector("b:gradient"),
    deltaB: vector("b:delta"),
    W: matrix("W"),
    dW: matrix("W:gradient"),
    deltaW: matrix("W:delta"),
    map: map?.data ? map : null,
  };
}

/** @type {LayerNumbers} */
const NOTHING = Object.freeze({
  z: null,
  a: null,
  dz: null,
  da: null,
  mask: null,
  b: null,
  db: null,
  deltaB: null,
  W: null,
  dW: null,
  deltaW: null,
  map: null,
});

/** @param {Frame | null} frame @param {string} key @returns {number | null} */
export function scalarOf(frame, key) {
  return valuesOf(frame?.tensors.get(key))?.[0] ?? null;
}

/**
 * The largest size of a number among these tensors, from the ranges that came with them.
 *
 * @param {Frame | null} frame
 * @param {readonly string[]} keys
 * @returns {number}
 */
export function largest(frame, keys) {
  return keys.reduce((most, key) => {
    const tensor = frame?.tensors.get(key);
    return tensor?.data ? Math.max(most, Math.abs(tensor.min ?? 0), Math.abs(tensor.max ?? 0)) : most;
  }, 0);
}
