/**
 * The mark of where one stands on a strip of time: a ring, and a line through it that leaves words alone.
 */

import { svg } from "./dom.js";

/** What is left free beside a word. */
const AIR = 3;

/** @typedef {Readonly<{ left: number, right: number, from: number, to: number }>} Word where it stands: from side to side, from top to bottom */
/** @typedef {Readonly<{ x: number, from: number, to: number, at: number, r: number }>} Place the line from top to bottom, and the ring */

/**
 * The pieces of the line that are left between the words it meets, which stand one below the other.
 *
 * @param {Place} place
 * @param {readonly Word[]} words
 * @returns {readonly (readonly [number, number])[]}
 */
export function piecesOf({ x, from, to }, words) {
  const met = words.filter(({ left, right }) => right > left && x > left - AIR && x < right + AIR);
  const edges = [
    from,
    ...met.toSorted((one, other) => one.from - other.from).flatMap((word) => [word.from, word.to]),
    to,
  ];
  return edges
    .flatMap((edge, at) => (at % 2 === 0 ? [/** @type {const} */ ([edge, edges[at + 1] ?? to])] : []))
    .filter(([begin, end]) => end > begin);
}

/** @param {Place} place @param {readonly Word[]} words */
export function playhead(place, words) {
  const { x, at, r } = place;
  const line = piecesOf(place, words).map(([begin, end]) => `M${x} ${begin}V${end}`);
  return [svg("path", { d: line.join(""), class: "playhead" }), svg("circle", { cx: x, cy: at, r, class: "playhead" })];
}
