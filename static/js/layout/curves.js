/**
 * The losses of one run, or of two, over the same steps.
 *
 * @import { History } from "../types.js"
 */

/** @typedef {readonly (number | null | undefined)[]} Column */
/** @typedef {Pick<History, "step" | "train_loss" | "test_loss">} Curve */

/**
 * Columns for a chart: steps, training, test, and the same of a second run. Where only the other run has a point it is
 * undefined: the line goes on.
 *
 * @param {Curve} main
 * @param {Curve | null} [other]
 * @returns {readonly Column[]}
 */
export function curvesOf(main, other = null) {
  if (!other) return [main.step, main.train_loss, main.test_loss];
  const steps = [...new Set([...main.step, ...other.step])].sort((a, b) => a - b);
  return [
    steps,
    along(steps, main.step, main.train_loss),
    along(steps, main.step, main.test_loss),
    along(steps, other.step, other.train_loss),
    along(steps, other.step, other.test_loss),
  ];
}

/** @param {readonly number[]} steps @param {readonly number[]} own @param {readonly (number | null)[]} values @returns {Column} */
function along(steps, own, values) {
  const known = new Map(own.map((step, index) => [step, values[index]]));
  return steps.map((step) => known.get(step));
}

/**
 * With a last point where the run stands, if its history has not come so far: of large networks it has few.
 *
 * @param {Curve} curve
 * @param {number} step
 * @param {{ train_loss: number | null, test_loss: number | null } | null} now
 * @returns {Curve}
 */
export function upTo(curve, step, now) {
  if (step <= (curve.step.at(-1) ?? -1) || typeof now?.train_loss !== "number") return curve;
  return {
    step: [...curve.step, step],
    train_loss: [...curve.train_loss, now.train_loss],
    test_loss: [...curve.test_loss, now.test_loss ?? null],
  };
}

/** The point of a curve that is nearest to this step; -1 if there is none. @param {readonly number[]} steps @param {number} step @returns {number} */
export function nearest(steps, step) {
  let best = -1;
  for (const [index, each] of steps.entries())
    if (best < 0 || Math.abs(each - step) < Math.abs((steps[best] ?? 0) - step)) best = index;
  return best;
}
