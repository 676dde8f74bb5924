/**
 * The one multiplication: what lay under the window times the kernel, entry by entry, as the server's explanation has it. What
 * is no such product is told as its largest terms.
 *
 * @import { Area, DrawCommand, Ink, KernelBox } from "../types.js"
 * @import { Explanation, Factor, Term } from "../wire.js"
 * @import { Now } from "./now.js"
 */

import { entryName } from "../state/names.js";
import { say } from "../words/say.js";
import { inCell } from "./cells.js";
import { label, numeral } from "./marks.js";
import { powerFor, short, signed, unitsOf } from "./numbers.js";

const HEAD = 22;
const CELL = { most: 38, least: 14 };
const GAP = 38;
const EDGE = 28;
const LINES = 5;
const LINE = 21;
const RESULT = 140;

/** @param {Now} now @returns {DrawCommand[]} */
export function calculation(now) {
  const { why, focus, layout } = now.view;
  if (!why?.computed || !focus || why.node !== focus.node || String(why.index) !== String(focus.index)) return [];
  const [box] = layout.kernels;
  const products = box ? productsIn(why, box) : [];
  return products.length > 0 && box ? grids(now, why, box, products) : lines(now, why);
}

/** @typedef {Readonly<{ row: number, column: number, other: Factor, weight: Factor, value: number }>} Product */

/** The terms whose kernel entry is one of those that are shown. @param {Explanation} why @param {KernelBox} box @returns {Product[]} */
function productsIn({ terms, node }, { layer, filter, first }) {
  if (node === `${layer}.kernel`) return [];
  return terms.flatMap((term) => {
    const weight = term.factors.find((factor) => factor.node === `${layer}.kernel` && factor.quantity === "value");
    const other = term.factors.find((factor) => factor !== weight && factor.index.length === 4);
    const [f, c, row = 0, column = 0] = weight?.index ?? [];
    if (!weight || !other || f !== filter || c !== first) return [];
    return [{ row, column, other, weight, value: term.value ?? Number.NaN }];
  });
}

/** @param {Now} now @param {Explanation} why @param {KernelBox} box @param {readonly Product[]} products @returns {DrawCommand[]} */
function grids(now, why, box, products) {
  const { width, height, foot } = now.view.layout;
  const back = why.quantity === "gradient";
  const cell = Math.max(
    CELL.least,
    Math.min(
      CELL.most,
      (height - foot - HEAD - 30) / box.rows,
      (width - 2 * EDGE - RESULT - 2 * GAP) / (3 * box.columns),
    ),
  );
  const [w, h] = [cell * box.columns, cell * box.rows];
  const left = Math.max(EDGE, (width - 3 * w - 3 * GAP - RESULT) / 2);
  const y = foot + HEAD;
  const at = (/** @type {number} */ index) => ({ x: left + index * (w + GAP), y, width: w, height: h });
  const version = `${now.view.frame?.seq} ${why.node} ${why.index} ${why.quantity} ${box.first}`;
  const ink = back ? "backward" : "forward";
  const folded = why.terms.some(({ count }) => count > 1);
  const parts = /** @type {const} */ ([
    [back ? say("scene.window.back") : say("scene.window"), (/** @type {Product} */ { other }) => other.value],
    [say("scene.kernel"), (/** @type {Product} */ { weight }) => weight.value],
    [say("scene.products"), (/** @type {Product} */ { value }) => value],
  ]);
  const drawn = parts.flatMap(([name, pick], index) =>
    grid(at(index), box, products, pick, { name, version, ink: index === 2 ? ink : "ink2", folded }),
  );
  const signs = ["×", "="].map((sign, index) => operator(at(index), sign));
  return [...drawn, ...signs, ...result(why, products, at(2), ink)];
}

/** @param {Area} area @param {string} sign */
function operator({ x, y, width, height }, sign) {
  return label(x + width + GAP / 2, y + height / 2, sign, { size: 17, ink: "ink" });
}

/**
 * @param {Area} area
 * @param {KernelBox} box
 * @param {readonly Product[]} products
 * @param {(product: Product) => number | null} pick
 * @param {Readonly<{ name: string, version: string, ink: Ink, folded: boolean }>} look folded: what is missing is among terms that stand in one
 * @returns {DrawCommand[]}
 */
function grid(area, { rows, columns }, products, pick, { name, version, ink, folded }) {
  const values = new Float32Array(rows * columns);
  for (const product of products) values[product.row * columns + product.column] = pick(product) ?? Number.NaN;
  const reach = values.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0) || 1;
  const [w, h] = [area.width / columns, area.height / rows];
  const known = new Set(products.map((product) => product.row * columns + product.column));
  const gaps = Array.from(values, (_, place) => place).filter((place) => folded && !known.has(place));
  const dots = gaps.map((place) =>
    label(area.x + ((place % columns) + 0.5) * w, area.y + (Math.floor(place / columns) + 0.5) * h, "…", { size: 11 }),
  );
  const cells = products.map((product) => {
    const cell = { x: area.x + product.column * w, y: area.y + product.row * h, width: w, height: h };
    return inCell(cell, pick(product) ?? Number.NaN, reach);
  });
  return [
    label(area.x + area.width / 2, area.y - 11, `${name} ${unitsOf(powerFor(reach))}`.trim(), { size: 11 }),
    {
      kind: "map",
      ...{ ...area, r: 0, values, columns, rows, low: -reach, high: reach, neutral: 0, reach },
      ...{ upwards: false, alpha: 1, slot: `lens ${name}`, version: `${version} ${name}` },
    },
    ...cells,
    ...dots,
    { kind: "outline", ...area, radius: 2, ink, dash: false, thickness: 1.2 },
  ];
}

/** Their sum with what else there is. @param {Explanation} why @param {readonly Product[]} products @param {Area} last @param {Ink} ink @returns {DrawCommand[]} */
function result(why, products, { x, y, width, height }, ink) {
  const left = x + width + 16;
  const bias = why.terms.find(({ label: name }) => name === "bias");
  const others = why.terms.reduce((sum, { count }) => sum + count, 0) - products.length - (bias ? 1 : 0);
  const notes = [
    say("scene.sum"),
    ...(others > 0 ? [say("scene.further", { count: others })] : []),
    ...(bias ? [say("scene.bias", { value: signed(bias.value ?? Number.NaN) })] : []),
  ];
  const middle = y + height / 2;
  return [
    numeral(left, middle - 14, `= ${short(why.value ?? Number.NaN)}`, { ink, size: 16, bold: true, align: "left" }),
    ...notes.map((words, at) => label(left, middle + 8 + 15 * at, words, { size: 10.5, align: "left" })),
  ];
}

/** The largest terms, one below the other. @param {Now} now @param {Explanation} why @returns {DrawCommand[]} */
function lines(now, why) {
  const { foot, width } = now.view.layout;
  const ink = why.quantity === "gradient" ? "backward" : why.quantity === "delta" ? "update" : "forward";
  const sorted = [...why.terms].sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0)).slice(0, LINES);
  const rest = why.terms.reduce((sum, { count }) => sum + count, 0) - sorted.reduce((sum, { count }) => sum + count, 0);
  const left = Math.max(EDGE, width / 2 - 250);
  const head = numeral(left, foot + 8, `${nameOf(why)} = ${short(why.value ?? Number.NaN)}`, {
    ink,
    size: 14,
    bold: true,
    align: "left",
  });
  const shown = sorted.flatMap((term, at) => line(term, left, foot + HEAD + 12 + at * LINE, at));
  const more =
    rest > 0
      ? [
          label(left, foot + HEAD + 14 + sorted.length * LINE, say("scene.smaller", { count: rest }), {
            align: "left",
            size: 11,
          }),
        ]
      : [];
  return [head, ...shown, ...more];
}

/** Of a node the example's row is left out. @param {Explanation} why */
function nameOf({ node, quantity, index }) {
  const prefix = quantity === "gradient" ? "d " : quantity === "delta" ? "delta " : "";
  return prefix + entryName(node, /\.(kernel|W|b)$/.test(node) ? index : index.slice(1));
}

/** @param {Term} term @param {number} x @param {number} y @param {number} at @returns {DrawCommand[]} */
function line({ label: name, factors, value }, x, y, at) {
  const product = factors.map((factor) => short(factor.value ?? Number.NaN)).join(" × ");
  return [
    label(x, y, `${at ? "+" : " "} ${name}`, { align: "left", size: 11.5 }),
    numeral(x + 380, y, product, { align: "right" }),
    numeral(x + 500, y, `= ${signed(value ?? Number.NaN)}`, { align: "right", ink: "ink" }),
  ];
}
