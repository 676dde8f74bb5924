/**
 * How wide a text is, about: layout is pure, so it cannot ask a canvas.
 */

const SANS = 0.58;
const MONO = 0.602;

/** @param {string} text @param {number} size @param {boolean} [mono] @returns {number} */
export function widthOf(text, size, mono = false) {
  return [...text].length * size * (mono ? MONO : SANS);
}

/**
 * The text, or as much of it as there is room for. A number at its end stays: it tells hidden1 from hidden2.
 *
 * @param {string} text
 * @param {number} size
 * @param {number} room
 * @returns {string}
 */
export function fitted(text, size, room) {
  if (widthOf(text, size) <= room) return text;
  const [end = ""] = /\d*$/.exec(text) ?? [];
  const letters = Math.max(1, Math.floor(room / (size * SANS)) - 1 - end.length);
  return `${[...text].slice(0, letters).join("").trimEnd()}…${end}`;
}
