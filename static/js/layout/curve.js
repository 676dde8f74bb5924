/**
 * The curve of a wire: it leaves and arrives level, so that a column of units reads as a column.
 *
 * @import { Point } from "../types.js"
 */

/**
 * A point of the cubic from (x, y) to (x, y) whose control points lie half way across, level with its ends.
 *
 * @param {Point} from
 * @param {Point} to
 * @param {number} t 0 at from, 1 at to
 * @returns {Point}
 */
export function pointAt(from, to, t) {
  const u = 1 - t;
  const middle = (from.x + to.x) / 2;
  const inner = 3 * u * t;
  return {
    x: u * u * u * from.x + inner * middle + t * t * t * to.x,
    y: (u * u * u + inner * u) * from.y + (t * t * t + inner * t) * to.y,
  };
}

/**
 * The direction of the curve there, in radians; 0 points right.
 *
 * @param {Point} from
 * @param {Point} to
 * @param {number} t
 * @returns {number}
 */
export function angleAt(from, to, t) {
  const u = 1 - t;
  const middle = (from.x + to.x) / 2;
  const dx = u * u * (middle - from.x) + t * t * (to.x - middle);
  const dy = 2 * u * t * (to.y - from.y);
  return Math.atan2(dy, dx);
}

/**
 * The control points of the part between two parameters (de Casteljau), as a cubic's four points.
 *
 * @param {Point} from
 * @param {Point} to
 * @param {number} begin
 * @param {number} end
 * @returns {readonly [Point, Point, Point, Point]}
 */
export function partOf(from, to, begin, end) {
  const a = pointAt(from, to, begin);
  const d = pointAt(from, to, end);
  const span = (end - begin) / 3;
  const [va, vd] = [velocityAt(from, to, begin), velocityAt(from, to, end)];
  const b = { x: a.x + span * va.x, y: a.y + span * va.y };
  const c = { x: d.x - span * vd.x, y: d.y - span * vd.y };
  return [a, b, c, d];
}

/** @param {Point} from @param {Point} to @param {number} t @returns {Point} */
function velocityAt(from, to, t) {
  const u = 1 - t;
  const half = (to.x - from.x) / 2;
  return { x: 3 * (u * u + t * t) * half, y: 6 * u * t * (to.y - from.y) };
}

const SAMPLES = 18;

/**
 * How far a point is from the curve, about.
 *
 * @param {Point} from
 * @param {Point} to
 * @param {number} x
 * @param {number} y
 * @returns {number}
 */
export function distanceTo(from, to, x, y) {
  let least = Infinity;
  let a = from;
  for (let index = 1; index <= SAMPLES; index += 1) {
    const b = pointAt(from, to, index / SAMPLES);
    least = Math.min(least, distanceToSegment(a, b, x, y));
    a = b;
  }
  return least;
}

/** @param {Point} a @param {Point} b @param {number} x @param {number} y @returns {number} */
function distanceToSegment(a, b, x, y) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy || 1;
  const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}
