/**
 * Data points in a plane: where they stand and how they look. A class has a shape and a colour of its own.
 *
 * @import { Inks } from "./tokens.js"
 */

/** @typedef {Readonly<{ low: number, high: number }>} Range */
/** @typedef {Readonly<{ x: number, y: number, target: number, test: boolean, index: number }>} Dot in pixels */
/** @typedef {Readonly<{ width: number, height: number, x: Range, y: Range }>} Frame2d */

const SHAPES = ["square", "circle", "triangle", "diamond", "cross", "bar"];
const CLASS_INKS = ["neg", "pos", "class2", "class3", "class4", "class5"];
/** The engine shows this part of the range beyond the data on its maps: points and map must agree. */
const MARGIN = 0.1;

/** Two classes are the two signs; further ones have colours of their own. @param {number} index */
export function classInk(index) {
  return CLASS_INKS[index % CLASS_INKS.length] ?? "ink2";
}

/** @param {number} index @returns {string} */
export function shapeOf(index) {
  return SHAPES[index % SHAPES.length] ?? "circle";
}

/** The range of these numbers with some air around it. @param {readonly number[]} values @returns {Range} */
export function rangeOf(values) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!Number.isFinite(low)) return { low: 0, high: 1 };
  const air = (high - low || 1) * MARGIN;
  return { low: low - air, high: high + air };
}

/** @param {Frame2d} frame @param {number} x @param {number} y @returns {[number, number]} */
export function toPixels(frame, x, y) {
  const u = (x - frame.x.low) / (frame.x.high - frame.x.low);
  const v = (y - frame.y.low) / (frame.y.high - frame.y.low);
  return [u * frame.width, (1 - v) * frame.height];
}

/**
 * The dot nearest to a point, if it is near enough to be meant.
 *
 * @param {readonly Dot[]} dots
 * @param {number} x
 * @param {number} y
 * @param {number} [reach]
 * @returns {Dot | null}
 */
export function nearest(dots, x, y, reach = 14) {
  let best = null;
  let closest = reach;
  for (const dot of dots) {
    const distance = Math.hypot(dot.x - x, dot.y - y);
    if (distance <= closest) [best, closest] = [dot, distance];
  }
  return best;
}

/**
 * Test examples are hollow: the network does not learn from them.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Dot[]} dots
 * @param {Object} look
 * @param {Inks} look.ink
 * @param {boolean} look.classes
 * @param {(target: number) => string} look.color
 * @param {number | null} look.followed index in the training part
 */
export function drawDots(context, dots, { ink, classes, color, followed }) {
  const r = dots.length > 400 ? 2.4 : dots.length > 120 ? 3.2 : 4.4;
  for (const dot of dots) {
    path(context, classes ? shapeOf(dot.target) : "circle", dot.x, dot.y, r);
    context.fillStyle = dot.test ? ink("card") : color(dot.target);
    context.strokeStyle = dot.test ? color(dot.target) : ink("card");
    context.lineWidth = dot.test ? 1.6 : 1.2;
    context.fill();
    context.stroke();
  }
  const chosen = dots.find((dot) => !dot.test && dot.index === followed);
  if (!chosen) return;
  for (const [radius, width, name] of /** @type {const} */ ([
    [r + 5, 4, "card"],
    [r + 5, 2, "sel"],
  ])) {
    context.beginPath();
    context.arc(chosen.x, chosen.y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = ink(name);
    context.stroke();
  }
}

/**
 * @param {Pick<CanvasRenderingContext2D, "beginPath" | "arc" | "rect" | "moveTo" | "lineTo" | "closePath">} context
 * @param {string} shape
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
export function path(context, shape, x, y, r) {
  const corners = CORNERS[shape];
  context.beginPath();
  if (!corners) {
    context.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], at) => {
    if (at === 0) context.moveTo(x + dx * r, y + dy * r);
    else context.lineTo(x + dx * r, y + dy * r);
  });
  context.closePath();
}

/** @type {Record<string, readonly (readonly [number, number])[]>} */
const CORNERS = {
  square: [
    [-0.92, -0.92],
    [0.92, -0.92],
    [0.92, 0.92],
    [-0.92, 0.92],
  ],
  triangle: [
    [0, -1.15],
    [1.1, 0.9],
    [-1.1, 0.9],
  ],
  diamond: [
    [0, -1.3],
    [1.1, 0],
    [0, 1.3],
    [-1.1, 0],
  ],
  cross: [
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
    [-1.2, -0.4],
    [-0.4, -0.4],
  ],
  bar: [
    [-1.3, -0.55],
    [1.3, -0.55],
    [1.3, 0.55],
    [-1.3, 0.55],
  ],
};
