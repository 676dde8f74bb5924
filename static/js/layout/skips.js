/**
 * Lanes for what skips layers: below the network, as few as keep two connections from touching.
 */

/** @typedef {Readonly<{ from: number, to: number }>} Span from one column to a later one */

/**
 * The lane of each span, counted from the network down: the first one that is free from its beginning on.
 *
 * @param {readonly Span[]} spans
 * @returns {number[]}
 */
export function lanesOf(spans) {
  /** @type {number[]} where the last span of each lane ends */
  const ends = [];
  const lanes = new Array(spans.length).fill(0);
  const inOrder = [...spans.keys()].sort((a, b) => (spans[a]?.from ?? 0) - (spans[b]?.from ?? 0));
  for (const at of inOrder) {
    const { from, to } = /** @type {Span} */ (spans[at]);
    const free = ends.findIndex((end) => end < from);
    lanes[at] = free < 0 ? ends.length : free;
    ends[lanes[at]] = to;
  }
  return lanes;
}

/** How many lanes these spans need. @param {readonly Span[]} spans @returns {number} */
export function laneCount(spans) {
  return Math.max(0, ...lanesOf(spans).map((lane) => lane + 1));
}
