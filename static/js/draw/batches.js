/**
 * Lines by their look: one path and one stroke for all that are drawn alike.
 *
 * @import { Ink, Stroke } from "../types.js"
 */

import { partOf } from "../layout/curve.js";

/** @typedef {Pick<CanvasRenderingContext2D, "moveTo" | "bezierCurveTo">} Pen */
/** @typedef {Readonly<{ ink: Ink, width: number, alpha: number, dash: boolean, strokes: Stroke[] }>} Batch */

const WIDTHS = 4;
const ALPHAS = 20;
export const LEVELS = 8;

/**
 * Curves of one ink, nearly the same width and strength, together.
 *
 * @param {readonly Stroke[]} strokes
 * @returns {Batch[]}
 */
export function batches(strokes) {
  /** @type {Map<string, Batch>} */
  const found = new Map();
  for (const stroke of strokes) {
    const width = Math.max(1, Math.round(stroke.width * WIDTHS)) / WIDTHS;
    const alpha = Math.round(stroke.alpha * ALPHAS) / ALPHAS;
    const key = `${stroke.ink} ${width} ${alpha} ${stroke.dash}`;
    const batch = found.get(key);
    if (batch) batch.strokes.push(stroke);
    else found.set(key, { ink: stroke.ink, width, alpha, dash: stroke.dash, strokes: [stroke] });
  }
  return [...found.values()];
}

/** @param {Pen} pen @param {Stroke} stroke */
export function trace(pen, { from, to, begin = 0, end = 1 }) {
  if (end <= begin) return;
  if (begin > 0 || end < 1) {
    const [a, b, c, d] = partOf(from, to, begin, end);
    pen.moveTo(a.x, a.y);
    pen.bezierCurveTo(b.x, b.y, c.x, c.y, d.x, d.y);
    return;
  }
  const middle = (from.x + to.x) / 2;
  pen.moveTo(from.x, from.y);
  pen.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
}

/**
 * The places of a bundle's curves by sign and strength: LEVELS lists for negative ones, LEVELS for positive ones.
 *
 * @param {Float32Array} strengths -1 to 1
 * @returns {number[][]}
 */
export function byLevel(strengths) {
  /** @type {number[][]} */
  const levels = Array.from({ length: 2 * LEVELS }, () => []);
  for (let index = 0; index < strengths.length; index += 1) {
    const s = strengths[index] ?? 0;
    const level = Math.min(LEVELS - 1, Math.floor(Math.abs(s) * LEVELS)) || 0;
    levels[s < 0 ? level : LEVELS + level]?.push(index);
  }
  return levels;
}
