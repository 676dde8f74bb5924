/**
 * A unit as what it is: each product of an input and a weight, the bias, their sum, the function of it; in the backward pass
 * each product that its gradient is the sum of. Every number is the server's.
 *
 * @import { Card, DrawCommand, Ink, Point, Sum, View } from "../types.js"
 * @import { Explanation, Term } from "../wire.js"
 * @import { Now } from "./now.js"
 */

import { cardsIn, HEAD, ROW } from "../layout/sums.js";
import { fitted } from "../layout/text.js";
import { cardKey } from "../state/carded.js";
import { columnName } from "../state/names.js";
import { toldOf } from "../state/told.js";
import { say } from "../words/say.js";
import { cellNumbers } from "./cellnumbers.js";
import { endsOfCell, isProduct, kindOfCell, nameInLayer, nameOfCell, WEIGHTS } from "./cellsums.js";
import { isExact } from "./known.js";
import { margins } from "./margin.js";
import { label, numeral, path } from "./marks.js";
import { moment, signInk } from "./now.js";
import { short, signed } from "./numbers.js";

const PAD = 12;
/** The columns of a row, from the card's left edge. */
const COLUMN = { product: 218 };
const BAR = { width: 64, alpha: 0.16 };
const NAME = 96;
const STALE = 0.45;

/** @param {View} view @returns {DrawCommand[]} */
export function sums(view) {
  const now = moment(view);
  return [...cellNumbers(now), ...margins(now), ...cardsIn(view.layout).flatMap((card) => drawn(now, card))];
}

/** @param {Now} now @param {Card} card @returns {DrawCommand[]} */
function drawn(now, card) {
  const sum = now.view.sums?.get(cardKey(card));
  const told = toldOf(sum, now.phase === "backward");
  const back = told?.quantity === "gradient";
  const ink = back ? "backward" : "forward";
  const computed = told?.computed ?? false;
  const alpha = sum && sum.seq !== now.view.frame?.seq ? STALE : 1;
  return [
    ...plate(card, computed ? ink : "ink3", !computed),
    ...(told && computed ? rowsOf(card, told, ink, alpha) : [absent(card, sum)]),
    ...(computed && told ? heads(now, card, told, ink) : heads(now, card, null, "ink2")),
    ...(computed && sum && told ? results(now, card, sum, back, alpha) : []),
  ];
}

/** @param {Card} card @param {Ink} ink @param {boolean} dash @returns {DrawCommand[]} */
function plate(card, ink, dash) {
  const { x, y, width, height } = card;
  const edge = { x, y, width, height, radius: 10 };
  return [
    ...(card.anchor ? [ring(card.anchor)] : []),
    path(leadOf(card), ink, { width: 2, dash }),
    { kind: "bar", ...edge, fill: "card", alpha: 1 },
    { kind: "outline", ...edge, ink: ink === "ink3" ? "ink3" : "line", dash, thickness: 1.2 },
  ];
}

/** From the card to what it is the sum of: the disc at its right, or the cell beside it. @param {Card} card @returns {Point[]} */
function leadOf({ x, y, width, height, anchor }) {
  const middle = y + height / 2;
  if (!anchor)
    return [
      { x: x + width, y: middle },
      { x: x + width + 23, y: middle },
    ];
  const [left, top] = [anchor.x + anchor.width <= x, anchor.y + anchor.height <= y];
  const across = Math.min(y + height - 12, Math.max(y + 12, anchor.y + anchor.height / 2));
  if (left) return [corner(anchor.x + anchor.width, across), corner(x, across)];
  if (anchor.x >= x + width) return [corner(x + width, across), corner(anchor.x, across)];
  const edges = top ? [anchor.y + anchor.height, y] : [y + height, anchor.y];
  return edges.map((edge) => corner(x + 24, edge));
}

/** @param {number} x @param {number} y @returns {Point} */
function corner(x, y) {
  return { x, y };
}

/** @param {import("../types.js").Area} cell @returns {DrawCommand} */
function ring({ x, y, width, height }) {
  return { kind: "outline", x, y, width, height, radius: 2, ink: "selection", dash: false, thickness: 1.8 };
}

/** What is added up. @param {Now} now @param {Card} card @param {Explanation | null} told @param {Ink} ink @returns {DrawCommand[]} */
function heads({ view }, { layer, unit, cell, x, y, width, rows, first, count }, told, ink) {
  const own = view.layout.layers.find(({ id }) => id === layer)?.units[unit]?.name || `${layer} ${unit + 1}`;
  const name = cell ? nameOfCell(cell, false) : own;
  const words = cell ? kindOfCell(told) : kindOfUnit(told);
  const total = told?.terms.length ?? count;
  const range =
    total > rows ? say("sum.range", { from: first + 1, to: Math.min(total, first + rows), count: total }) : "";
  return [
    label(
      x + PAD,
      y + 16,
      fitted(name, 12, Math.min(190, width - 2 * PAD - 5.8 * (words.length + (range ? range.length + 3 : 0)))),
      { align: "left", bold: true, ink: "ink", size: 12 },
    ),
    label(x + width - PAD, y + 16, `${words}${range ? ` · ${range}` : ""}`, { align: "right", size: 10.5, ink }),
  ];
}

/** @param {Card} card @param {Explanation} told @param {Ink} ink @param {number} alpha @returns {DrawCommand[]} */
function rowsOf(card, told, ink, alpha) {
  const most = Math.max(1e-12, ...told.terms.map(({ value }) => Math.abs(value ?? 0)));
  const shown = told.terms.slice(card.first, card.first + card.rows);
  return [...shown.flatMap((term, at) => row(card, term, at, most, { ink, alpha })), ...thumb(card, told.terms.length)];
}

/** @param {Card} card @param {Term} term @param {number} at @param {number} most @param {{ ink: Ink, alpha: number }} look @returns {DrawCommand[]} */
function row({ x, y, width, cell }, term, at, most, { ink, alpha }) {
  const middle = y + HEAD + ROW * (at + 0.5);
  const right = x + width - PAD - 6;
  const value = term.value ?? Number.NaN;
  const long = BAR.width * (Math.abs(value) / most || 0);
  const factors = term.factors.map((factor) => short(factor.value ?? Number.NaN)).join(" × ");
  return [
    {
      kind: "bar",
      ...{ x: right - long, y: middle - 8, width: long, height: 16, radius: 2 },
      ...{ fill: signInk(value), alpha: BAR.alpha * alpha },
    },
    label(x + PAD, middle, fitted(cell ? nameInLayer(nameOf(term)) : nameOf(term), 11, NAME), {
      align: "left",
      size: 11,
      alpha,
    }),
    numeral(x + COLUMN.product, middle, factors, { align: "right", size: 11, ink, alpha }),
    numeral(right, middle, signed(value), { align: "right", size: 11.5, ink: "ink", alpha }),
  ];
}

/** What a unit's rows are. @param {Explanation | null} told */
function kindOfUnit(told) {
  if (told?.quantity !== "gradient") return say("sum.forward");
  return told.node.endsWith(".a") ? say("sum.back") : say("sum.first");
}

/** What is multiplied by a weight, or what stands alone. @param {Term} term */
function nameOf({ label: words, factors }) {
  if (isProduct(factors)) return factors.map(({ name }) => nameInLayer(name)).join(" × ");
  const other = factors.find(({ node }) => node && !WEIGHTS.test(node));
  if (factors.length < 2 || !other) return words;
  return other.node === "input.a" ? columnName(other.name) : other.name;
}

/** Which part of the rows is seen. @param {Card} card @param {number} total @returns {DrawCommand[]} */
function thumb({ x, y, width, rows, first }, total) {
  if (total <= rows) return [];
  const track = rows * ROW;
  const place = { x: x + width - 7, y: y + HEAD + (track * first) / total, width: 3 };
  return [{ kind: "bar", ...place, height: (track * rows) / total, radius: 1.5, fill: "ink3", alpha: 0.6 }];
}

/** Below the rows: their sum, and what becomes of it. @param {Now} now @param {Card} card @param {Sum} sum @param {boolean} back @param {number} alpha @returns {DrawCommand[]} */
function results(now, card, sum, back, alpha) {
  const { x, y, width, height } = card;
  const ink = back ? "backward" : "forward";
  const right = x + width - PAD - 6;
  const line = y + height - 44;
  const parts = card.cell ? endsOfCell(sum, back) : back ? gradients(sum) : forwards(now, card, sum);
  return [
    path(
      [
        { x: x + PAD, y: line },
        { x: x + width - PAD, y: line },
      ],
      "line",
      { width: 1 },
    ),
    ...parts.flatMap(([words, value], at) => {
      if (words === null) return [];
      const middle = line + 13 + 18 * at;
      return [
        numeral(x + PAD, middle, String(words), { align: "left", size: 11.5, ink: "ink2", alpha }),
        numeral(right, middle, shown(value), { align: "right", size: 12.5, bold: true, ink, alpha }),
      ];
    }),
  ];
}

/** @param {string | number | null | undefined} value */
function shown(value) {
  return value === null || value === undefined ? say("sum.absent") : short(Number(value));
}

/** @param {Now} now @param {Card} card @param {Sum} sum @returns {[string | null, number | null][]} */
function forwards(now, card, sum) {
  return [["= z", sum.z?.value ?? null], activation(now, card, sum)];
}

/** The function of the sum, once it is there. @param {Now} now @param {Card} card @param {Sum} sum @returns {[string | null, number | null]} */
function activation(now, { layer, unit }, { seq }) {
  const name = now.view.layout.graph.layers.find(({ id }) => id === layer)?.activation ?? "linear";
  const value = now.numbers(layer).a?.[unit];
  const exact = isExact(now.view.frame?.tensors.get(`${layer}.a`));
  const here = value !== undefined && exact && now.progress(`${layer}.a`) === 1 && now.view.frame?.seq === seq;
  return [`a = ${name}(z)`, here ? value : null];
}

/** The gradient of the activation, and through the function's slope that of the sum. @param {Sum} sum @returns {[string | null, number | null][]} */
function gradients({ da, dz }) {
  const [term] = dz?.terms ?? [];
  const product =
    dz?.terms.length === 1 && term ? term.factors.map(({ value }) => short(value ?? Number.NaN)).join(" × ") : "";
  return [da?.computed ? ["= da", da.value] : [null, null], [product ? `dz = ${product}` : "= dz", dz?.value ?? null]];
}

/** @param {Card} card @param {Sum | undefined} sum @returns {DrawCommand} */
function absent({ x, y, width, height }, sum) {
  return label(x + width / 2, y + height / 2, sum ? say("sum.absent") : "…", { size: 11.5 });
}
