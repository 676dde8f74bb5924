/**
 * Where one takes hold of a layer, and what lies under the hand: in the stage's own coordinates.
 *
 * @import { Area, LayerBox, Point, Selection, StageLayout } from "../types.js"
 */

import { pointAt } from "./curve.js";
import { biasPlace } from "./pick.js";
import { kernelArea } from "./tiles.js";

/** Around a column that still is the column. */
const AIR = 10;

/** All that is drawn of a layer, without its titles. @param {LayerBox} box @returns {Area} */
export function columnOf({ x, left, right, top, bottom, r }) {
  const reach = Math.max(r, right, left, 8) + AIR / 2;
  return { x: x - reach, y: top - AIR / 2, width: 2 * reach, height: bottom - top + AIR };
}

/** The layer whose column, or whose title, is there. @param {StageLayout} layout @param {Point} point @returns {LayerBox | null} */
export function layerAt(layout, { x, y }) {
  return (
    layout.layers.find((box) => {
      const area = columnOf(box);
      const beside = Math.abs(x - box.x) <= Math.max(area.width / 2, AIR * 2);
      return beside && y >= box.titleY - 2 * AIR && y <= area.y + area.height + AIR;
    }) ?? null
  );
}

/** Whether this is the title of that layer. @param {LayerBox} box @param {Point} point */
export function isTitle(box, { y }) {
  return y < box.top - AIR / 2;
}

/** Layers that a rectangle touches. @param {StageLayout} layout @param {Area} area @returns {readonly string[]} */
export function layersIn(layout, area) {
  return layout.layers.filter((box) => touch(columnOf(box), area)).map(({ id }) => id);
}

/** @param {Area} a @param {Area} b */
function touch(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/**
 * Between which layers a place is: before which of the given ids (in the order of the network) a new one would stand, and
 * where between the columns that is.
 *
 * @param {StageLayout} layout
 * @param {readonly string[]} ids
 * @param {number} x
 * @returns {Readonly<{ at: number, x: number, top: number, bottom: number }> | null}
 */
export function gapAt(layout, ids, x) {
  const boxes = new Map(layout.layers.map((box) => [box.id, box]));
  const known = ids.filter((id) => boxes.has(id));
  if (!known.length) return null;
  const passed = known.filter((id) => (boxes.get(id)?.x ?? 0) < x).length;
  const before = Math.min(passed, known.length - 1); // nothing stands behind the output
  const next = boxes.get(known[before] ?? "");
  const last = layout.layers.filter((box) => next && box.x < next.x).at(-1);
  if (!next) return null;
  const middle = last ? (last.x + next.x) / 2 : next.x - 40;
  const tops = layout.layers.map((box) => box.top);
  const bottoms = layout.layers.map((box) => box.bottom);
  return { at: ids.indexOf(known[before] ?? ""), x: middle, top: Math.min(...tops), bottom: Math.max(...bottoms) };
}

/**
 * The same where layers are bands over time, which stand on each other from the bottom up: a line across them.
 *
 * @param {StageLayout} layout
 * @param {readonly string[]} ids
 * @param {Point} point
 * @returns {Readonly<{ at: number, left: number, right: number, y: number }> | null}
 */
export function levelAt({ bands = [] }, ids, { x, y }) {
  const known = ids.filter((id) => bands.some(({ layer }) => layer === id));
  const all = known.flatMap((id) => bands.find(({ layer }) => layer === id) ?? []);
  const [left, right] = [Math.min(...all.map((band) => band.x)), Math.max(...all.map((band) => band.x + band.width))];
  if (all.length === 0 || x < left || x > right) return null;
  const passed = all.filter((band) => band.y + band.height / 2 > y).length;
  const before = Math.min(ids.indexOf(known[passed - 1] ?? "") + 1, ids.length - 1); // nothing stands behind the output
  const next = bands.find(({ layer }) => layer === ids[before]);
  const edge = next ? next.y + next.height : Math.min(...all.map((band) => band.y));
  return { at: before, left, right, y: edge + (next ? AIR / 2 : -AIR / 2) };
}

/**
 * Where a selected weight can be taken: at its wire, its bias, its cell; else above its layer. Below the wire's middle: its
 * number stands above.
 *
 * @param {StageLayout} layout
 * @param {Selection | null} selection
 * @returns {Point & { below?: boolean } | null}
 */
export function weightPlace(layout, selection) {
  if (!selection || !("layer" in selection)) return null;
  const box = layout.layers.find(({ id }) => id === selection.layer);
  if (selection.kind === "weight")
    return wirePlace(layout, selection) ?? cellPlace(layout, selection) ?? (box ? above(box) : null);
  if (selection.kind === "bias" && box) {
    const unit = box.units.find((each) => each.unit === selection.unit);
    return (unit && biasPlace(box, unit)) ?? unit ?? above(box);
  }
  if (selection.kind !== "kernel") return null;
  return entryPlace(layout, selection) ?? (box ? above(box) : null);
}

/** The middle of a kernel's entry, if its channel is shown. @param {StageLayout} layout @param {Extract<Selection, { kind: "kernel" }>} selection @returns {Point | null} */
function entryPlace({ kernels }, { layer, filter, channel, row, column }) {
  const box = kernels.find((each) => each.layer === layer && each.filter === filter);
  if (!box || channel < box.first || channel >= box.first + box.shown) return null;
  const { x, y, width, height } = kernelArea(box, channel - box.first);
  return { x: x + ((column + 0.5) * width) / box.columns, y: y + ((row + 0.5) * height) / box.rows };
}

/** @param {LayerBox} box @returns {Point} */
function above({ x, top }) {
  return { x, y: top - AIR };
}

/** @param {StageLayout} layout @param {Extract<Selection, { kind: "weight" }>} selection */
function wirePlace({ wires }, { layer, from, to }) {
  const wire = wires.find((each) => each.layer === layer && each.row === from && each.to === to);
  if (!wire) return null;
  return { ...pointAt(wire.from, wire.end, 0.5), below: true };
}

/** @param {StageLayout} layout @param {Extract<Selection, { kind: "weight" }>} selection @returns {Point | null} */
function cellPlace({ matrices }, { layer, from, to }) {
  const box = matrices.find((each) => each.layer === layer);
  if (!box) return null;
  return { x: box.x + ((to + 0.5) * box.width) / box.columns, y: box.y + ((from + 0.5) * box.height) / box.rows };
}
