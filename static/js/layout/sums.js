/**
 * The card of a unit that is near enough to be read as what it is: a row for each product, their sum, the function of it.
 *
 * @import { Area, Card, Layer, LayerBox, Size, StageLayout, UnitBox } from "../types.js"
 */

import { cardKey } from "../state/carded.js";
import { unitsInSight } from "./sight.js";
import { SUM } from "./tiers.js";

export const ROW = 20;
export const HEAD = 32;
export const FOOT = 50;
/** Between the cards of two units. */
const AIR = 16;
/** An explanation has at most as many terms: the smallest of the rest stand in one. */
const MOST_TERMS = 64;
const TALLEST = 0.96;
/** The foot of the stage. */
const BELOW = 62;

/**
 * What is told on cards, by their keys: how many rows there are, whether of a gradient; and how far they are scrolled.
 *
 * @typedef {Readonly<{ told: ReadonlyMap<string, { count: number, back: boolean }>, scrolls: ReadonlyMap<string, number> }>} Rows
 */
/** @type {Rows} */
export const NO_ROWS = { told: new Map(), scrolls: new Map() };

/**
 * How many rows a unit's sums may have, before they are told: forward its inputs and its bias, back what it leads to.
 *
 * @param {StageLayout["graph"]} graph
 * @param {string} id
 */
function termsOf({ layers }, id) {
  const layer = layers.find((one) => one.id === id);
  const forward = fanIn(layer) + (layer?.parameters.some(({ name }) => name.endsWith(".b")) ? 1 : 0);
  const back = layers.filter(({ inputs }) => inputs.includes(id)).reduce((sum, { units }) => sum + units, 0);
  return Math.min(MOST_TERMS, Math.max(forward, back));
}

/** How many rows are weights, in their order; none where the smallest terms stand in one. @param {StageLayout["graph"]} graph @param {string} id */
export function rowsOfWeights({ layers }, id) {
  const rows = fanIn(layers.find((one) => one.id === id));
  return rows < MOST_TERMS ? rows : 0;
}

/** @param {Layer | undefined} layer */
function fanIn(layer) {
  return layer?.parameters.find(({ name }) => name.endsWith(".W"))?.shape[0] ?? 0;
}

/**
 * The cards of the units that can be seen.
 *
 * @param {LayerBox} box as it is seen
 * @param {StageLayout["graph"]} graph
 * @param {Area} sight
 * @param {Rows} rows
 * @returns {Card[]}
 */
export function cardsOf(box, graph, sight, rows) {
  if (box.tier !== "sum") return [];
  const count = termsOf(graph, box.id);
  return unitsInSight({ sight }, { ...box, left: box.left + box.r }).map((unit) =>
    cardOf(box, unit, count, sight, rows),
  );
}

/** @param {LayerBox} box @param {UnitBox} unit @param {number} most @param {Size} view @param {Rows} rows @returns {Card} */
function cardOf(box, { layer, unit, x, y, r }, most, view, { told, scrolls }) {
  const key = cardKey({ layer, unit });
  const { count, back } = told.get(key) ?? { count: most, back: false };
  const room = Math.min(box.pitch - AIR, (view.height - BELOW) * TALLEST) - HEAD - FOOT;
  const rows = Math.max(1, Math.min(count, Math.floor(room / ROW)));
  const height = HEAD + rows * ROW + FOOT;
  const first = Math.min(count - rows, Math.max(0, Math.round(scrolls.get(key) ?? 0)));
  const place = { x: x - r - SUM.gutter - SUM.width, y: y - height / 2, width: SUM.width, height };
  return { layer, unit, rows, first, count, back, ...place };
}

/**
 * Where a row's wire arrives: beside it, or at the edge that it is scrolled behind. Where the rows are not the inputs, all arrive
 * in the middle.
 *
 * @param {Card} card
 * @param {number} row
 */
export function rowY({ y, height, rows, first, back }, row) {
  if (back) return y + height / 2;
  return y + HEAD + ROW * Math.min(rows, Math.max(0, row - first + 0.5));
}

/** Which input's row is at this height; null if none is. @param {Card} card @param {number} y @returns {number | null} */
export function rowAt({ y: top, rows, first, back }, y) {
  if (back) return null;
  const row = Math.floor((y - top - HEAD) / ROW);
  return row >= 0 && row < rows ? row + first : null;
}

/** @param {StageLayout} layout @returns {readonly Card[]} */
export function cardsIn({ layers, cell }) {
  const cards = layers.flatMap(({ cards: own = [] }) => own);
  return cell ? [...cards, cell] : cards;
}

/** @param {StageLayout} layout @param {number} x @param {number} y @returns {Card | null} */
export function cardAt(layout, x, y) {
  const cards = cardsIn(layout);
  return (
    cards.find((card) => x >= card.x && x < card.x + card.width && y >= card.y && y < card.y + card.height) ?? null
  );
}

/**
 * The cards that are looked at, those nearest to the middle first.
 *
 * @param {StageLayout} layout
 * @param {Size} view
 * @param {number} most
 * @returns {readonly Card[]}
 */
export function cardsLookedAt(layout, { width, height }, most) {
  const away = (/** @type {Card} */ { x, y, width: w, height: h }) =>
    Math.hypot(x + w / 2 - width / 2, y + h / 2 - height / 2);
  const seen = cardsIn(layout).filter(
    ({ x, y, width: w, height: h }) => x < width && x + w > 0 && y < height && y + h > 0,
  );
  return seen.sort((a, b) => away(a) - away(b)).slice(0, most);
}
