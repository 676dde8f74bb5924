/**
 * The card of one cell: a quantity at a time step, a pixel of a feature map, an attention weight. It stands beside the cell that
 * is selected, or else the one that one has gone up to.
 *
 * @import { Area, Card, CellSelection, Point, Selection, Size, StageLayout } from "../types.js"
 * @import { Rows } from "./sums.js"
 */

import { cardKey } from "../state/carded.js";
import { areaOf } from "./levels.js";
import { pickImage } from "./pickimages.js";
import { FOOT, HEAD, ROW } from "./sums.js";
import { SUM } from "./tiers.js";
import { isText, pickStep } from "./time.js";

/** A cell on the screen is near enough: of a time step, of an image that is selected, of one that is not. */
const NEAR = { step: { width: 60, height: 18 }, chosen: 28, pixel: 46 };
const APART = 22;
const EDGE = 8;
/** Where it begins above or below a wide cell. */
const ASIDE = 60;
/** Above it stand the names of the layers. */
const TOP = 54;
/** The foot of the stage. */
const BELOW = 66;
/** In the corner stands the plan of the whole. */
const PLAN = { width: 150, height: 116 };
/** Before one knows how many there are. */
const AT_FIRST = 3;

/** @typedef {Readonly<{ selected: Selection | null, at: Point }>} Attention */

/** @param {StageLayout} layout as it is seen @param {Size} view @param {Attention} attention @param {Rows} rows @returns {StageLayout} */
export function withCell(layout, view, { selected, at }, rows) {
  if (layout.layers.some(({ cards = [] }) => cards.length > 0)) return layout;
  const cell = near(layout, view, asCell(selected), NEAR.chosen) ?? near(layout, view, cellAt(layout, at), NEAR.pixel);
  return cell ? { ...layout, cell: cardOf(cell, view, rows) } : layout;
}

/** @param {StageLayout} layout @param {Point} at @returns {CellSelection | null} */
function cellAt(layout, { x, y }) {
  return asCell(pickImage(layout, x, y) ?? pickStep(layout.bands ?? [], x, y));
}

/** @param {Selection | null} selection @returns {CellSelection | null} */
function asCell(selection) {
  return selection?.kind === "step" || selection?.kind === "pixel" ? selection : null;
}

/** @typedef {Readonly<{ cell: CellSelection, anchor: Area }>} Near */

/** @param {StageLayout} layout @param {Size} view @param {CellSelection | null} cell @param {number} pixel @returns {Near | null} */
function near(layout, view, cell, pixel) {
  if (!cell || !isComputedThere(layout, cell)) return null;
  const anchor = areaOf(layout, cell);
  const least = cell.kind === "step" ? NEAR.step : { width: pixel, height: pixel };
  if (!anchor || anchor.width < least.width || anchor.height < least.height) return null;
  const [x, y] = [anchor.x + anchor.width / 2, anchor.y + anchor.height / 2];
  return x > 0 && x < view.width && y > 0 && y < view.height - BELOW ? { cell, anchor } : null;
}

/** What is given has no sum, and what is only a summary is no number of the network. @param {StageLayout} layout @param {CellSelection} cell */
function isComputedThere({ graph, bands = [] }, cell) {
  if (graph.layers.find(({ id }) => id === cell.layer)?.type === "input") return false;
  if (cell.kind === "pixel") return true;
  const lane = bands.flatMap(({ lanes }) => lanes).find(({ key, layer }) => layer === cell.layer && key === cell.key);
  return lane !== undefined && !isText(lane) && lane.role !== "norm";
}

/** @param {Near} near @param {Size} view @param {Rows} rows @returns {Card} */
function cardOf({ cell, anchor }, view, { told, scrolls }) {
  const unit = cell.kind === "step" ? cell.unit : cell.map;
  const key = cardKey({ layer: cell.layer, unit, cell });
  const { count, back } = told.get(key) ?? { count: AT_FIRST, back: false };
  const place = placeBeside(anchor, view);
  const rows = Math.max(1, Math.min(count, Math.floor((place.room - HEAD - FOOT) / ROW)));
  const first = Math.min(count - rows, Math.max(0, Math.round(scrolls.get(key) ?? 0)));
  const height = HEAD + rows * ROW + FOOT;
  const at = { x: place.x, y: place.y(height), width: SUM.width, height };
  return { layer: cell.layer, unit, cell, anchor, rows, first, count, back, ...at };
}

/** @typedef {Readonly<{ x: number, room: number, y: (height: number) => number }>} Place */

/** Beside a cell; above or below one that is as wide as the view. @param {Area} anchor @param {Size} view @returns {Place} */
function placeBeside({ x, y, width, height }, view) {
  const [left, right] = [x - APART - SUM.width, x + width + APART];
  const bottom = view.height - BELOW;
  const beside = right + SUM.width + EDGE < view.width ? right : left >= EDGE ? left : null;
  if (beside !== null) {
    const middle = (/** @type {number} */ tall) => y + height / 2 - tall / 2;
    const end = beside + SUM.width > view.width - PLAN.width ? bottom - PLAN.height : bottom;
    return { x: beside, room: end - TOP, y: (tall) => Math.max(TOP, Math.min(end - tall, middle(tall))) };
  }
  const [above, below] = [y - APART - TOP, bottom - y - height - APART];
  const start = Math.max(x + EDGE, Math.min(ASIDE, view.width - SUM.width - EDGE));
  if (below >= above) return { x: start, room: below, y: () => y + height + APART };
  return { x: start, room: above, y: (tall) => y - APART - tall };
}
