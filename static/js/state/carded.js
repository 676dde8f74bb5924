/**
 * Under which name the sum of a unit, or of a cell, is known.
 *
 * @import { Carded } from "../types.js"
 */

/** @param {Carded} of @returns {string} */
export function cardKey({ layer, unit, cell }) {
  return cell ? Object.values(cell).join(" ") : `${layer} ${unit}`;
}
