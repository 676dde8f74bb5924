/**
 * Which of the explanations of a unit, or of a cell, is told.
 *
 * @import { Sum } from "../types.js"
 * @import { Explanation } from "../wire.js"
 */

/**
 * What of a unit is told now: forward its sum; in the backward pass, once there is a gradient, the sum that this is, or how it
 * comes from the loss.
 *
 * @param {Sum | undefined} sum
 * @param {boolean} back
 * @returns {Explanation | null}
 */
export function toldOf(sum, back) {
  if (!sum) return null;
  if (!back || !sum.dz?.computed) return sum.z;
  return sum.da?.computed ? sum.da : sum.dz;
}
