/**
 * Where a decoder looked, as a matrix: what was read across, what was written down, the more the stronger the colour.
 *
 * @import { Looked } from "../wire.js"
 * @import { Inks } from "./tokens.js"
 */

import { visible } from "../scene/tokens.js";

const LABEL = 18;
const CELL = { least: 4, most: 18, height: 15, low: 11 };
/** So many symbols are written in low rows. */
const MANY = 20;

/** @typedef {Readonly<{ x: number, y: number, text: string }>} Symbol */
/** @typedef {Readonly<{ x: number, y: number, share: number }>} Cell */
/**
 * @typedef {Readonly<{ width: number, height: number, cell: readonly [number, number], cells: readonly Cell[],
 *   rows: readonly Symbol[], columns: readonly Symbol[] }>} Matrix
 */

/**
 * Where each cell and each symbol stands; symbols by their middle.
 *
 * @param {Looked} looked
 * @param {number} width that there is
 * @returns {Matrix}
 */
export function matrixOf({ rows, columns, weights }, width) {
  const across = Math.floor((width - LABEL) / Math.max(1, columns.length));
  const w = Math.max(CELL.least, Math.min(CELL.most, across));
  const h = rows.length > MANY ? CELL.low : CELL.height;
  return {
    width: LABEL + w * columns.length,
    height: LABEL + h * rows.length,
    cell: [w, h],
    cells: weights.flatMap((row, y) => row.map((share, x) => ({ x: LABEL + w * x, y: LABEL + h * y, share }))),
    rows: rows.map((token, y) => ({ x: LABEL / 2, y: LABEL + h * (y + 0.5), text: visible(token) })),
    columns: columns.map((token, x) => ({ x: LABEL + w * (x + 0.5), y: LABEL / 2, text: visible(token) })),
  };
}

/**
 * What was looked at most while a symbol was written; the place counts from 1.
 *
 * @param {Looked} looked
 * @param {number} row
 */
export function strongest({ columns, weights }, row) {
  const looks = weights[row] ?? [];
  const at = looks.indexOf(Math.max(...looks));
  return { symbol: columns[at] ?? "", place: at + 1, share: looks[at] ?? 0 };
}

/**
 * @param {Pick<CanvasRenderingContext2D, "fillStyle" | "globalAlpha" | "font" | "textAlign" | "textBaseline" | "fillRect" | "fillText">} context
 * @param {Matrix} matrix
 * @param {Inks} ink
 */
export function drawMatrix(context, { cell: [w, h], cells, rows, columns }, ink) {
  const gap = w > 7 ? 1 : 0.5;
  for (const { x, y, share } of cells) {
    context.fillStyle = ink("line2");
    context.fillRect(x, y, w - gap, h - gap);
    context.globalAlpha = share;
    context.fillStyle = ink("fwd");
    context.fillRect(x, y, w - gap, h - gap);
    context.globalAlpha = 1;
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = ink("ink");
  for (const { x, y, text } of [...rows, ...columns]) {
    context.font = `${y > LABEL ? Math.min(12, h - 1) : Math.min(12, w + 2)}px ${ink("mono")}`;
    context.fillText(text, x, y);
  }
}
