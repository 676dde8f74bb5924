/**
 * The output's map as a picture: blue where the answer is positive (or class 1), orange where it is negative, paper between.
 *
 * @import { Tensor } from "../types.js"
 * @import { Inks } from "./tokens.js"
 */

import { classInk } from "./plot.js";
import { rgb } from "./tokens.js";

/** @typedef {[number, number, number]} Rgb */
const STRONGEST = 0.62;

/**
 * @param {Tensor} map (units, rows, columns), rows going up
 * @param {{ task: string, activation: string | null, ink: Inks }} look
 * @returns {ImageData | null}
 */
export function boundaryImage(map, { task, activation, ink }) {
  const [units = 1, rows = 0, columns = 0] = map.shape;
  if (!map.data || !rows || !columns) return null;
  const values = fieldOf(map, units, rows * columns);
  const paper = rgb(ink("card"));
  const picture = new ImageData(columns, rows);
  const paint =
    units > 1
      ? classPainter(values, ink)
      : signPainter(values[0] ?? new Float32Array(), middleOf(task, activation, map), ink);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const [color, strength] = paint((rows - 1 - row) * columns + column);
      writePixel(picture.data, row * columns + column, mix(paper, color, STRONGEST * strength));
    }
  return picture;
}

/** The numbers behind the bytes, unit by unit. @param {Tensor} map @param {number} units @param {number} size */
export function fieldOf(map, units, size) {
  return Array.from({ length: units }, (_, unit) => {
    const [low, high] = map.limits?.[unit] ?? [map.min, map.max];
    const part = Array.from(map.data?.subarray(unit * size, (unit + 1) * size) ?? []);
    const quantised = map.data instanceof Uint8Array;
    return Float32Array.from(part, (value) => (quantised ? low + (value / 255) * (high - low) : value));
  });
}

/** The answer that is neither: ½ for a probability, 0 for a signed one, the middle for a measure. @param {string} task @param {string | null} activation @param {Tensor} map */
export function middleOf(task, activation, map) {
  if (activation === "sigmoid") return 0.5;
  return task === "classification" ? 0 : (map.min + map.max) / 2;
}

/** @param {Float32Array} values @param {number} middle @param {Inks} ink @returns {(at: number) => [Rgb, number]} */
function signPainter(values, middle, ink) {
  const [positive, negative] = [rgb(ink("pos")), rgb(ink("neg"))];
  const reach = Math.max(...values.map((value) => Math.abs(value - middle))) || 1;
  return (at) => {
    const share = ((values[at] ?? middle) - middle) / reach;
    return [share >= 0 ? positive : negative, Math.abs(share) ** 0.7];
  };
}

/** The likeliest class, the stronger the surer. @param {Float32Array[]} values @param {Inks} ink @returns {(at: number) => [Rgb, number]} */
function classPainter(values, ink) {
  const colors = values.map((_, unit) => rgb(ink(classInk(unit))));
  return (at) => {
    let best = 0;
    values.forEach((field, unit) => {
      if ((field[at] ?? 0) > (values[best]?.[at] ?? 0)) best = unit;
    });
    const second = Math.max(...values.filter((_, unit) => unit !== best).map((field) => field[at] ?? 0));
    return [colors[best] ?? [0, 0, 0], Math.min(1, 0.25 + Math.max(0, (values[best]?.[at] ?? 0) - second))];
  };
}

/** @param {Rgb} from @param {Rgb} to @param {number} share @returns {Rgb} */
function mix(from, to, share) {
  return /** @type {Rgb} */ (from.map((part, at) => Math.round(part + ((to[at] ?? part) - part) * share)));
}

/** @param {Uint8ClampedArray} data @param {number} at @param {Rgb} color */
function writePixel(data, at, color) {
  data.set([...color, 255], 4 * at);
}
