/**
 * A view at its moment: which pass is shown, how far each tensor is, and on which scales.
 *
 * @import { Beat, Ink, LayerBox, Phase, View } from "../types.js"
 * @import { LayerNumbers, Matrix } from "./reading.js"
 */

import { easeInOut, within } from "../timeline/easing.js";
import { activeBeat, phaseOf, progressOf } from "../timeline/storyboard.js";
import { niceCeil } from "./numbers.js";
import { entry, largest, numbersOf } from "./reading.js";

/**
 * @typedef {Object} Now
 * @property {View} view
 * @property {Beat | null} beat the call that runs at this moment
 * @property {number} p how far it is, eased
 * @property {Phase} phase
 * @property {boolean} finished whether nothing of a new step has run yet: what is shown is the finished one
 * @property {(layer: string) => LayerNumbers} numbers
 * @property {(key: string) => number} progress of the writing of a tensor; 0 if it is not computed
 * @property {number} applied how far the deltas have moved the weights; 1 if they have not been computed
 * @property {number} weightScale the weight that is drawn thickest
 * @property {number} gradientScale
 * @property {ReadonlyMap<string, LayerBox>} boxes
 */

/** @type {WeakMap<View, Now>} */
const moments = new WeakMap();

/** @param {View} view @returns {Now} */
export function moment(view) {
  const known = moments.get(view) ?? momentOf(view);
  moments.set(view, known);
  return known;
}

/** @param {View} view @returns {Now} */
function momentOf(view) {
  const { layout, frame, beats, t } = view;
  const beat = activeBeat(beats, t);
  const keys = layout.graph.layers.flatMap(({ parameters }) => parameters.map(({ name }) => name));
  const weights = keys.filter((key) => key.endsWith(".W"));
  const position = frame?.cursor;
  const ran = frame?.ran;
  return {
    view,
    beat: beat ?? (ran && !beats.length ? { ...ran, key: "", begin: 0, end: 1 } : null),
    p: beat ? easeInOut(progressOf([beat], t, beat.key)) : 1,
    phase: beat ? phaseOf(beat.kind) : (ran?.phase ?? "forward"),
    finished: position?.op === 0,
    numbers: (layer) => numbersOf(frame, layer),
    progress: (key) => (frame?.tensors.get(key)?.data ? arrived(key, progressOf(beats, t, key)) : 0),
    applied: position?.phase === "update" ? 0 : easeInOut(progressOf(beats, t, "apply")),
    weightScale: niceCeil(largest(frame, weights)),
    gradientScale: niceCeil(
      largest(
        frame,
        weights.map((key) => `${key}:gradient`),
      ),
    ),
    boxes: new Map(layout.layers.map((box) => [box.id, box])),
  };
}

/** The leading mark on a wire arrives when this part of the beat is over; then what it leads to lights up. */
export const TRAVEL = 0.62;

/**
 * Pre-activations and the gradients of activations come over wires: they are there when what travels has arrived.
 *
 * @param {string} key
 * @param {number} p
 * @returns {number}
 */
function arrived(key, p) {
  return /\.(z|a:gradient)$/.test(key) ? within(p, TRAVEL, 1) : p;
}

/**
 * A weight at this moment: while the update is applied it is on its way from before to after.
 *
 * @param {Now} now
 * @param {LayerNumbers} numbers
 * @param {number} row
 * @param {number} column
 * @returns {number}
 */
export function weightAt(now, { W, deltaW }, row, column) {
  if (!W) return Number.NaN;
  const after = entry(W, row, column);
  const moved = now.applied < 1 && deltaW && now.finished ? (1 - now.applied) * entry(deltaW, row, column) : 0;
  return after - moved;
}

/** A number on a scale, as -1 to 1. @param {number} value @param {number} scale */
export function strength(value, scale) {
  return Math.min(1, Math.max(-1, value / scale));
}

/** The hue of a sign. @param {number} value @returns {Ink} */
export function signInk(value) {
  if (Number.isNaN(value)) return "warning";
  return value < 0 ? "negative" : "positive";
}

/** Whether the wires of this layer show its gradient, and how far they are in turning to it. @param {Now} now @param {string} layer */
export function gradientShown(now, layer) {
  return now.phase === "backward" ? easeInOut(now.progress(`${layer}.W:gradient`)) : 0;
}

/** @param {Matrix | null} matrix @param {number} row @param {number} column @returns {number | null} */
export function entryOrNull(matrix, row, column) {
  return matrix ? entry(matrix, row, column) : null;
}
