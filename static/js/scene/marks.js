/**
 * Short forms of the draw commands that every visual uses.
 *
 * @import { DrawCommand, Ink, Point, Stroke } from "../types.js"
 */

export const TYPE = { number: 11.5, small: 11, text: 12, title: 13.5 };

/**
 * @typedef {Object} LabelOptions
 * @property {Ink} [ink]
 * @property {number} [size]
 * @property {"left" | "center" | "right"} [align]
 * @property {boolean} [mono]
 * @property {boolean} [bold]
 * @property {boolean} [plate]
 * @property {number} [alpha]
 */

/** @param {number} x @param {number} y @param {string} text @param {LabelOptions} [options] @returns {DrawCommand} */
export function label(x, y, text, options = {}) {
  const {
    ink = "ink2",
    size = TYPE.text,
    align = "center",
    mono = false,
    bold = false,
    plate = false,
    alpha = 1,
  } = options;
  return { kind: "label", x, y, text, ink, size, align, mono, bold, plate, alpha };
}

/** A number in the colour of what it is. @param {number} x @param {number} y @param {string} text @param {LabelOptions} [options] */
export function numeral(x, y, text, options = {}) {
  return label(x, y, text, { mono: true, size: TYPE.number, ...options });
}

/**
 * @param {Point} from
 * @param {Point} to
 * @param {Readonly<{ ink: Ink, width?: number, alpha?: number, dash?: boolean, begin?: number, end?: number }>} options
 * @returns {Stroke}
 */
export function curve(from, to, { ink, width = 1, alpha = 1, dash = false, begin = 0, end = 1 }) {
  return { kind: "curve", from, to, ink, width, alpha, dash, begin, end };
}

/** @param {readonly Point[]} points @param {Ink} ink @param {{ width?: number, alpha?: number, dash?: boolean, radius?: number }} [options] @returns {DrawCommand} */
export function path(points, ink, { width = 1.4, alpha = 1, dash = false, radius = 0 } = {}) {
  return { kind: "path", points, ink, width, alpha, dash, radius };
}
