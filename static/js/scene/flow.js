/**
 * What travels in either pass: which wires the running call uses, and how much each of them carries.
 *
 * @import { Beat, MatrixBox, Point, Wire } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { TRAVEL, weightAt } from "./now.js";

/** On more wires than this only the largest carry a mark. */
const MOST_MARKS = 40;
/** Where marks come to rest on a wire: one on each, if there are many. */
const RESTS = { few: [0.3, 0.5, 0.68], many: [0.5] };
const MANY = 26;

/** @typedef {Readonly<{ from: Point, end: Point, share: number, rests: readonly number[] }>} Carrier */

/**
 * The wires that the call uses with the share, 0 to 1, that each carries of the largest.
 *
 * @param {Now} now
 * @param {Beat} beat
 * @param {(wire: Wire) => number} carried
 * @returns {Carrier[]}
 */
export function carriers(now, beat, carried) {
  const found = now.view.layout.wires
    .filter(({ layer }) => layer === beat.layer)
    .map((wire) => ({ wire, size: Math.abs(carried(wire)) || 0 }));
  const most = found.reduce((max, { size }) => Math.max(max, size), 0) || 1;
  const shown = found.length > MOST_MARKS ? [...found].sort((a, b) => b.size - a.size).slice(0, MOST_MARKS) : found;
  const rests = found.length > MANY ? RESTS.many : RESTS.few;
  return shown.map(({ wire: { from, end }, size }) => ({ from, end, share: size / most, rests }));
}

/** The part of a unit's pre-activation that comes over this wire: a · W. @param {Now} now @param {Wire} wire */
export function forwardShare(now, { source, layer, row, to, weighted }) {
  const value = now.numbers(source).a?.[row] ?? 0;
  return weighted ? value * weightAt(now, now.numbers(layer), row, to) : value;
}

/** The part of a unit's gradient that comes back over this wire: dz · W. @param {Now} now @param {Wire} wire */
export function backwardShare(now, { layer, row, to, weighted }) {
  const { dz, da } = now.numbers(layer);
  const value = (dz ?? da)?.[to] ?? 0;
  return weighted ? value * weightAt(now, now.numbers(layer), row, to) : value;
}

/** @param {Now} now @param {Beat} beat @returns {readonly MatrixBox[]} */
export function matricesOf(now, beat) {
  return now.view.layout.matrices.filter(({ layer }) => layer === beat.layer);
}

/** Where the leading mark is. @param {number} p how far the beat is */
export function lead(p) {
  return Math.min(1, p / TRAVEL);
}

/** A line between an output and the loss, as something that carries. @param {Point} from @param {Point} end @returns {Carrier} */
export function carrier(from, end) {
  return { from, end, share: 0.5, rests: RESTS.many };
}
