/**
 * Numbers in cells that have their colour.
 *
 * @import { DrawCommand } from "../types.js"
 */

import { numeral } from "./marks.js";
import { powerFor, tight } from "./numbers.js";

/** On a colour that is stronger than this, type is light. */
const STRONG = 0.55;

/**
 * A number in a cell that has its colour.
 *
 * @param {import("../types.js").Area} area
 * @param {number} value
 * @param {number} reach the size that has the full colour
 * @param {boolean} [faint] whether the colours have stepped back
 * @returns {DrawCommand}
 */
export function inCell({ x, y, width, height }, value, reach, faint = false) {
  const strong = !faint && Math.abs(value) / (reach || 1) > STRONG;
  const size = Math.min(11, width / 3.7);
  return numeral(x + width / 2, y + height / 2, tight(value, powerFor(reach)), { ink: strong ? "card" : "ink", size });
}
