/**
 * What a hand has laid on the network: a lock beside the title of a frozen layer, a vice around a unit that is held, and
 * a stroke through one that is killed.
 *
 * @import { Area, DrawCommand, Layer, LayerBox } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { widthOf } from "../layout/text.js";
import { say } from "../words/say.js";
import { path } from "./marks.js";
import { short } from "./numbers.js";

/** Bold type is wider by this. */
const BOLD = 1.14;
const JAW = 3.5;
/** On smaller discs a vice cannot be told from a ring. */
const LEAST = 3;

/** @param {Now} now @returns {DrawCommand[]} */
export function signs(now) {
  const { graph, layers } = now.view.layout;
  return graph.layers.flatMap((layer) => {
    const box = layers.find(({ id }) => id === layer.id);
    return box ? [...(isFrozen(layer) ? lock(box) : []), ...held(layer, box)] : [];
  });
}

/** Only what learns can be frozen. @param {Layer | undefined} layer */
export function isFrozen(layer) {
  return layer !== undefined && layer.trainable === false && layer.parameters.length > 0;
}

/** What a unit is held at; undefined if it is free. @param {Layer | undefined} layer @param {number} unit @returns {number | undefined} */
export function heldAt(layer, unit) {
  return layer?.clamps?.[String(unit)];
}

/** Killed, or held at 0.5; nothing where it is free. @param {Layer | undefined} layer @param {number} unit @returns {string | null} */
export function heldWords(layer, unit) {
  const value = heldAt(layer, unit);
  if (value === undefined) return null;
  return value === 0 ? say("whatif.killed") : say("whatif.held", { value: short(value) });
}

/** @param {LayerBox} box @returns {DrawCommand[]} */
function lock({ x, titleY, title, titleSize }) {
  const left = x - (widthOf(title, titleSize) * BOLD) / 2 - 14;
  const [y, half] = [titleY - 1, 4.5];
  const shackle = [
    { x: left - 2.8, y },
    { x: left - 2.8, y: y - 6 },
    { x: left + 2.8, y: y - 6 },
    { x: left + 2.8, y },
  ];
  return [
    path(shackle, "ink", { width: 1.6, radius: 2.8 }),
    { kind: "bar", x: left - half, y: y - 1, width: 2 * half, height: 7, radius: 1.5, fill: "ink", alpha: 1 },
  ];
}

/** @param {Layer} layer @param {LayerBox} box @returns {DrawCommand[]} */
function held(layer, box) {
  return Object.entries(layer.clamps ?? {}).flatMap(([unit, value]) => {
    const area = areaOf(box, Number(unit));
    return area ? [...vice(area), ...(value === 0 ? stroke(area) : [])] : [];
  });
}

/** Where a unit or a map is drawn. @param {LayerBox} box @param {number} unit @returns {Area | null} */
function areaOf(box, unit) {
  const tile = box.tiles.find(({ map }) => map === unit);
  if (tile) return { x: tile.x, y: tile.y, width: tile.width, height: tile.height };
  const disc = box.units.find((each) => each.unit === unit);
  if (!disc || disc.r < LEAST) return null;
  return { x: disc.x - disc.r, y: disc.y - disc.r, width: 2 * disc.r, height: 2 * disc.r };
}

/** Two jaws, above and below. @param {Area} area @returns {DrawCommand[]} */
function vice({ x, y, width, height }) {
  const [left, right] = [x + width * 0.1, x + width * 0.9];
  /** @param {number} at @param {number} towards @returns {DrawCommand} */
  const jaw = (at, towards) =>
    path(
      [
        { x: left, y: at + towards },
        { x: left, y: at },
        { x: right, y: at },
        { x: right, y: at + towards },
      ],
      "ink",
      { width: 2.2 },
    );
  return [jaw(y - 2, JAW), jaw(y + height + 2, -JAW)];
}

/** @param {Area} area @returns {DrawCommand[]} */
function stroke({ x, y, width, height }) {
  const points = [
    { x: x + width * 0.12, y: y + height * 0.88 },
    { x: x + width * 0.88, y: y + height * 0.12 },
  ];
  return [path(points, "paper", { width: 4.4 }), path(points, "ink", { width: 2.2 })];
}
