/**
 * Curves of time: 0 to 0, 1 to 1.
 */

/** Starts and ends slowly. @param {number} t @returns {number} */
export function easeInOut(t) {
  return t < 0.5 ? 4 * t * t * t : 1 - (2 - 2 * t) ** 3 / 2;
}

/**
 * How far t is between begin and end, held within 0 and 1.
 *
 * @param {number} t
 * @param {number} begin
 * @param {number} end
 * @returns {number}
 */
export function within(t, begin, end) {
  if (end <= begin) return t >= end ? 1 : 0;
  return Math.min(1, Math.max(0, (t - begin) / (end - begin)));
}
