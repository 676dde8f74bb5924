/**
 * Points drawn by hand: a list that only grows, shrinks or goes back; pure functions over it.
 *
 * @import { Spec } from "../wire.js"
 */

/** Across, up, and the class or the value. @typedef {readonly [number, number, number]} Point */

/** The plane reaches as far as that of the points that come with Deltaflow. */
export const REACH = 6;
export const MOST_POINTS = 1000;
export const MOST_CLASSES = 6;
const DIGITS = 100;

/** Two decimals are finer than a pixel. @param {number} value */
function rounded(value) {
  return Math.round(Math.max(-REACH, Math.min(REACH, value)) * DIGITS) / DIGITS;
}

/** @param {readonly Point[]} points @param {number} x @param {number} y @param {number} target @returns {readonly Point[]} */
export function withPoint(points, x, y, target) {
  return points.length >= MOST_POINTS ? points : [...points, [rounded(x), rounded(y), target]];
}

/**
 * A few points around a place, as a spray can scatters them.
 *
 * @param {readonly Point[]} points
 * @param {number} x
 * @param {number} y
 * @param {number} target
 * @param {() => number} random
 */
export function sprayed(points, x, y, target, random = Math.random) {
  let all = points;
  for (let drop = 0; drop < 3; drop += 1) {
    const [angle, radius] = [2 * Math.PI * random(), 0.7 * Math.sqrt(random())];
    all = withPoint(all, x + radius * Math.cos(angle), y + radius * Math.sin(angle), target);
  }
  return all;
}

/** Without those near this place. @param {readonly Point[]} points @param {number} x @param {number} y @param {number} reach */
export function erased(points, x, y, reach = 0.4) {
  const left = points.filter(([px, py]) => Math.hypot(px - x, py - y) > reach);
  return left.length === points.length ? points : left;
}

/**
 * As a dataset; null while there is nothing to learn from.
 *
 * @param {readonly Point[]} points
 * @param {"classification" | "regression"} task
 * @param {(number: number) => string} nameOf class
 */
export function pointsDataset(points, task, nameOf) {
  if (points.length < 2) return null;
  const columns = {
    inputs: points.map(([x, y]) => [x, y]),
    targets: points.map(([, , target]) => target),
    columns: ["x1", "x2"],
  };
  const classes = Array.from({ length: classCount(points) }, (_, at) => nameOf(at + 1));
  return { inline: task === "classification" ? { ...columns, classes } : columns, shuffle: true };
}

/** Whether there is something to learn: two answers, or two points of a height. @param {readonly Point[]} points @param {"classification" | "regression"} task */
export function canTeach(points, task) {
  return task === "regression" ? points.length > 1 : new Set(points.map(([, , target]) => target)).size > 1;
}

/** At least two: an answer needs something that it is not. @param {readonly Point[]} points */
export function classCount(points) {
  return Math.max(2, ...points.map(([, , target]) => target + 1));
}

/**
 * The points of a spec that were drawn, to go on with them.
 *
 * @param {Spec | null} spec
 * @returns {{ points: readonly Point[], task: "classification" | "regression" } | null}
 */
export function drawnPoints(spec) {
  const inline = /** @type {any} */ (spec?.dataset.inline);
  if (String(inline?.columns) !== "x1,x2" || typeof inline.targets[0] !== "number") return null;
  const points = inline.inputs.map((/** @type {number[]} */ row, /** @type {number} */ at) => [
    ...row,
    inline.targets[at],
  ]);
  return { points, task: inline.classes ? "classification" : "regression" };
}

/** A history to undo: each entry is the whole list, which shares its points with the others. */
export function createTrail(/** @type {readonly Point[]} */ first = []) {
  let trail = [first];
  let at = 0;
  return {
    now: () => trail[at] ?? [],
    /** @param {readonly Point[]} points */
    push: (points) => {
      trail = [...trail.slice(Math.max(0, at - 200), at + 1), points];
      at = trail.length - 1;
    },
    undo: () => {
      at = Math.max(0, at - 1);
    },
    redo: () => {
      at = Math.min(trail.length - 1, at + 1);
    },
    canUndo: () => at > 0,
    canRedo: () => at < trail.length - 1,
  };
}
