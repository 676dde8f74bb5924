/**
 * What one goes into, level by level: the network, a layer, one thing in it, the sum that this thing is.
 *
 * @import { Area, Band, Camera, LayerBox, Selection, Size, StageLayout } from "../types.js"
 */

import { homeCamera, lookingAt, panned, sightOf } from "./camera.js";
import { SUM } from "./tiers.js";
import { stepWidth, stepX } from "./time.js";
import { areaOn } from "./windows.js";

/** On the screen: a unit that is looked at, one whose sum is read, and a pixel with its number. */
const PITCH = { layer: 66, unit: 170, sum: 430, pixel: 30, entry: 34 };
const STEP = { width: 74, unit: 20 };
/** A level is reached if its scale is, nearly. */
const REACHED = 0.96;
/** What comes into a unit is seen as well: it stands this far right of the middle. */
const ASIDE = 150;
/** The foot of the stage covers as much. */
const FOOT = 62;
const NEAREST = { least: 4, more: 1.6 };

/** @type {WeakMap<StageLayout, number>} */
const nearests = new WeakMap();

/** Farther in there is nothing more to see. @param {StageLayout} layout @returns {number} scale */
export function nearest(layout) {
  const known = nearests.get(layout) ?? nearestOf(layout);
  nearests.set(layout, known);
  return known;
}

/** @param {StageLayout} layout */
function nearestOf({ layers, bands = [] }) {
  const pitches = layers.filter(({ units }) => units.length > 0).map(({ pitch }) => PITCH.sum / pitch);
  const pixels = layers.flatMap(({ tiles: [tile] }) => (tile ? [(2 * PITCH.pixel * tile.columns) / tile.width] : []));
  const steps = bands.flatMap(({ lanes }) => lanes.map((lane) => (lane.units * STEP.unit) / lane.height));
  return Math.max(NEAREST.least, NEAREST.more * Math.max(0, ...pitches, ...pixels, ...steps));
}

/**
 * The cameras of the levels on the way into what is selected, the widest first.
 *
 * @param {StageLayout} layout
 * @param {Selection | null} selection
 * @param {Size} view
 * @returns {readonly Camera[]}
 */
export function levels(layout, selection, view) {
  const home = homeCamera(layout, view);
  const clear = { width: view.width, height: view.height - FOOT };
  const area = selection && areaOf(layout, selection);
  if (!selection || !area) return [home];
  const scales = scalesOf(layout, selection, view).filter((scale) => scale > home.scale * 1.05);
  const deeper = scales.sort((a, b) => a - b).filter((scale, at, all) => at === 0 || scale > (all[at - 1] ?? 0) * 1.1);
  const left = /unit|bias|weight/.test(selection.kind) ? ASIDE : 0;
  return [home, ...deeper.map((scale) => panned(lookingAt(area, clear, scale), -left, 0))];
}

/** At which level a camera is: 0 is the network. @param {readonly Camera[]} found @param {Camera} camera */
export function levelOf(found, { scale }) {
  return Math.max(
    0,
    found.findLastIndex((level) => scale >= level.scale * REACHED),
  );
}

/** @param {StageLayout} layout @param {Selection} selection @param {Size} view @returns {number[]} */
function scalesOf(layout, selection, view) {
  if (selection.kind === "loss") return [2];
  const box = layout.layers.find(({ id }) => id === selection.layer);
  const band = layout.bands?.find(({ layer }) => layer === selection.layer);
  if (selection.kind === "step") return band ? stepScales(band, selection.key, view) : [];
  if (!box) return [];
  const [tile] = box.tiles;
  if (tile) return [Math.max(1.5, (PITCH.pixel * tile.columns) / tile.width)];
  const wide = view.width / (box.room + 2 * SUM.width);
  const unit = Math.max(PITCH.unit / box.pitch, 1.6);
  const sum = Math.max(PITCH.sum / box.pitch, SUM.gap / box.room);
  return [Math.min(unit, Math.max(PITCH.layer / box.pitch, wide)), unit, ...(box.role === "input" ? [] : [sum])];
}

/** @param {Band} band @param {string} key @param {Size} view @returns {number[]} */
function stepScales(band, key, view) {
  const lane = band.lanes.find((one) => one.key === key) ?? band.lanes[0];
  if (!lane) return [];
  const whole = Math.min(view.width / band.width, (view.height * 0.9) / band.height);
  return [whole, Math.max(STEP.width / stepWidth(lane), (STEP.unit * lane.units) / lane.height)];
}

/**
 * Where something stands on the stage; null if it is not there.
 *
 * @param {StageLayout} layout
 * @param {Selection} selection
 * @returns {Area | null}
 */
export function areaOf(layout, selection) {
  switch (selection.kind) {
    case "loss":
      return layout.loss;
    case "unit":
    case "bias":
      return unitArea(boxOf(layout, selection.layer), selection.unit);
    case "weight":
      return unitArea(boxOf(layout, selection.layer), selection.to);
    case "pixel":
      return pixelArea(boxOf(layout, selection.layer), selection);
    case "kernel":
      return (
        layout.kernels.find(({ layer, filter }) => layer === selection.layer && filter === selection.filter) ?? null
      );
    case "step":
      return stepArea(layout, selection);
    default:
      throw new Error(`unknown selection: ${/** @satisfies {never} */ (selection)}`);
  }
}

/** @param {StageLayout} layout @param {string} id @returns {LayerBox | undefined} */
function boxOf({ layers }, id) {
  return layers.find((box) => box.id === id);
}

/** With room for its sum at its left. @param {LayerBox | undefined} box @param {number} unit @returns {Area | null} */
function unitArea(box, unit) {
  const at = box?.units[unit];
  const tile = box?.tiles.find(({ map }) => map === unit);
  if (tile) return tile;
  return box && at ? { x: at.x - box.r, y: at.y - box.pitch / 2, width: 2 * box.r, height: box.pitch } : null;
}

/** @param {LayerBox | undefined} box @param {Extract<Selection, { kind: "pixel" }>} selection @returns {Area | null} */
function pixelArea(box, { map, row, column }) {
  const tile = box?.tiles.find((one) => one.map === map);
  return tile ? areaOn(tile, { row, column, rows: 1, columns: 1 }) : null;
}

/** @param {StageLayout} layout @param {Extract<Selection, { kind: "step" }>} selection @returns {Area | null} */
function stepArea({ bands = [] }, { layer, key, t, unit }) {
  const lanes = bands.find((band) => band.layer === layer)?.lanes ?? [];
  const lane = lanes.find((one) => one.key === key) ?? lanes[0];
  if (!lane) return null;
  const height = lane.height / lane.units;
  return { x: stepX(lane, t), y: lane.y + Math.min(unit, lane.units - 1) * height, width: stepWidth(lane), height };
}

/** What stands nearest to the middle of the view. @param {StageLayout} layout @param {Camera} camera @param {Size} view @returns {Selection | null} */
export function middleThing(layout, camera, view) {
  const sight = sightOf(camera, view);
  const [x, y] = [sight.x + sight.width / 2, sight.y + sight.height / 2];
  const boxes = layout.layers.filter(({ units }) => units.length > 0);
  const box = boxes.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0];
  if (!box) return null;
  const unit = Math.round((y - (box.units[0]?.y ?? 0)) / box.pitch);
  return { kind: "unit", layer: box.id, unit: Math.min(box.units.length - 1, Math.max(0, unit)) };
}
