/**
 * What a frame says of a lane: the values of each time step, the size of its gradient, and how far each of them is.
 *
 * @import { Frame, Lane, Tensor } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { GUTTER } from "../layout/time.js";
import { progressOf } from "../timeline/storyboard.js";
import { blockOf } from "./known.js";
import { niceCeil } from "./numbers.js";
import { valuesOf } from "./reading.js";

/**
 * @typedef {Object} LaneNumbers
 * @property {Float32Array | null} values step by step
 * @property {number} width numbers that came of each step: units, or means over blocks of them
 * @property {(t: number) => number} progress of a step's values; 0: not computed
 * @property {(t: number) => number} norm
 * @property {(t: number) => number} gradientProgress
 * @property {(t: number) => number} gradientNorm
 * @property {number} reach the distance from neutral that has the full colour
 * @property {Tensor | null} tensor
 */

/** @param {Now} now @param {Lane} lane @returns {LaneNumbers} */
export function laneNumbers({ view: { frame, beats, t } }, lane) {
  const [tensor, gradient] = [tensorOf(frame, lane.key), tensorOf(frame, `${lane.key}:gradient`)];
  const key = (/** @type {number} */ step) => (lane.block ? `${lane.key}[${step}]` : lane.key);
  const most = Math.max(Math.abs(tensor?.min ?? 0), Math.abs(tensor?.max ?? 0));
  // A tensor of other time steps than the lane has is not drawn.
  const whole = (tensor?.data?.length ?? 0) % lane.steps === 0;
  return {
    values: whole ? valuesOf(tensor) : null,
    width: Math.max(1, Math.floor((tensor?.data?.length ?? lane.steps) / lane.steps)),
    progress: (step) => (isComputed(tensor, step) ? progressOf(beats, t, key(step)) : 0),
    norm: (step) => normOf(tensor, lane.steps, step),
    gradientProgress: (step) => (isComputed(gradient, step) ? progressOf(beats, t, `${key(step)}:gradient`) : 0),
    gradientNorm: (step) => normOf(gradient, lane.steps, step),
    reach: reachOf(lane, most),
    tensor,
  };
}

/** A gate is fully coloured where it is open; shares of many are small, so the largest is. @param {Lane} lane @param {number} most */
function reachOf({ open, role, key }, most) {
  if (!open) return niceCeil(most || 1);
  return role === "gate" && !key.endsWith(".weights") ? 1 : Math.min(1, niceCeil(most || 1));
}

/** @param {Frame | null} frame @param {string} key @returns {Tensor | null} */
function tensorOf(frame, key) {
  return frame?.tensors.get(key) ?? null;
}

/** @param {Tensor | null | undefined} tensor @param {number} step */
export function isComputed(tensor, step) {
  if (!tensor?.data) return false;
  return tensor.steps?.computed ? tensor.steps.computed[step] === 1 : true;
}

/** @type {WeakMap<Tensor, Float32Array>} */
const norms = new WeakMap();

/** The Euclidean norm of a time step: the server's, or of what came. @param {Tensor | null | undefined} tensor @param {number} steps @param {number} step */
export function normOf(tensor, steps, step) {
  const values = valuesOf(tensor);
  if (!tensor || !values) return Number.NaN;
  if (tensor.steps) return tensor.steps.norm[step] ?? Number.NaN;
  const known = norms.get(tensor) ?? measured(values, steps);
  norms.set(tensor, known);
  return known[step] ?? Number.NaN;
}

/** @param {Float32Array} values @param {number} steps */
function measured(values, steps) {
  const width = values.length / steps;
  return Float32Array.from({ length: steps }, (_, step) => {
    let sum = 0;
    for (let unit = 0; unit < width; unit += 1) sum += (values[step * width + unit] ?? 0) ** 2;
    return Math.sqrt(sum);
  });
}

/** Whether its names would be out of sight at its left, so that they stand in a margin. @param {Pick<Lane, "x">} lane @param {number} [scale] */
export function isNear({ x }, scale = 1) {
  return scale > 1 && x < GUTTER;
}

/** One number. @param {LaneNumbers} numbers @param {Lane} lane @param {number} step @param {number} unit @returns {number} */
export function entryAt({ values, width }, lane, step, unit) {
  return values?.[step * width + blockOf(unit, width, lane.units).block] ?? Number.NaN;
}

/**
 * Steps that are alike, together: [from, to).
 *
 * @param {number} steps
 * @param {(t: number) => boolean} wanted
 * @returns {[number, number][]}
 */
export function runs(steps, wanted) {
  /** @type {[number, number][]} */
  const found = [];
  for (let t = 0; t < steps; t += 1) {
    const last = found.at(-1);
    if (!wanted(t)) continue;
    if (last?.[1] === t) last[1] = t + 1;
    else found.push([t, t + 1]);
  }
  return found;
}

/** @type {WeakMap<Float32Array, Map<string, Float32Array>>} */
const turned = new WeakMap();

/** Steps as columns, units as rows: as an image has them. @param {Float32Array} values @param {number} width @param {number} from @param {number} to */
export function columnsOf(values, width, from, to) {
  const kept = turned.get(values) ?? new Map();
  turned.set(values, kept);
  const known = kept.get(`${from} ${to}`);
  if (known) return known;
  const count = to - from;
  const image = new Float32Array(width * count);
  for (let t = 0; t < count; t += 1)
    for (let unit = 0; unit < width; unit += 1) image[unit * count + t] = values[(from + t) * width + unit] ?? 0;
  kept.set(`${from} ${to}`, image);
  return image;
}
