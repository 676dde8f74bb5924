/**
 * Units as discs: their heat map, or the colour of their activation. A unit lights up as its operation runs.
 *
 * @import { DrawCommand, LayerBox, UnitBox } from "../types.js"
 * @import { LayerNumbers } from "./reading.js"
 * @import { Now } from "./now.js"
 */

import { layersInSight, unitsInSight } from "../layout/sight.js";
import { signInk, strength } from "./now.js";

/** How far the glow of a unit reaches beyond its disc. */
const GLOW = 9;
const DIM = 0.28;
/** On smaller discs a heat map cannot be read. */
const LEAST_MAP = 10;

/** @param {Now} now @param {(layer: string) => boolean} wanted @returns {DrawCommand[]} */
export function units(now, wanted) {
  const { layout } = now.view;
  return layersInSight(layout)
    .filter((box) => wanted(box.id) && box.tier !== "strip")
    .flatMap((box) => unitsInSight(layout, box).flatMap((unit) => disc(now, box, unit)));
}

/** @param {Now} now @param {LayerBox} box @param {UnitBox} unit @returns {DrawCommand[]} */
function disc(now, box, unit) {
  const numbers = now.numbers(box.id);
  const { x, y, r } = unit;
  const dropped = numbers.mask?.[unit.unit] === 0 && now.progress(`${box.id}.mask`) > 0.5;
  return [
    { kind: "disc", x, y, r: r + 2, fill: "paper", alpha: 1 },
    ...(dropped ? cross(unit) : face(now, box, unit, numbers)),
    ...rim(now, box, unit),
  ];
}

/** What the disc is filled with. @param {Now} now @param {LayerBox} box @param {UnitBox} unit @param {LayerNumbers} numbers @returns {DrawCommand[]} */
function face(now, box, unit, { a, map }) {
  const { x, y, r } = unit;
  const p = now.progress(`${box.id}.a`);
  if (map && r >= LEAST_MAP) return [heatMap(now, box, unit, map, DIM + (1 - DIM) * p)];
  const value = a?.[unit.unit];
  /** @type {DrawCommand} */
  const blank = { kind: "disc", x, y, r, fill: "card", alpha: 1 };
  if (value === undefined || p === 0) return [blank];
  const s = strength(value - box.neutral, reachOf(box, a));
  return [blank, { kind: "disc", x, y, r, fill: signInk(s), alpha: p * (0.08 + 0.85 * (Math.abs(s) || 0)) }];
}

/**
 * The distance from the neutral value that has the full colour: the largest of the layer, but not less than a little.
 *
 * @param {LayerBox} box
 * @param {Float32Array | null} a
 * @returns {number}
 */
export function reachOf({ neutral }, a) {
  if (neutral > 0) return Math.max(neutral, 1 - neutral);
  let most = 0.25;
  for (const value of a ?? []) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

/** @param {Now} now @param {LayerBox} box @param {UnitBox} unit @param {NonNullable<LayerNumbers["map"]>} map @param {number} alpha @returns {DrawCommand} */
function heatMap(now, box, { unit, x, y, r }, map, alpha) {
  const [, rows = 1, columns = 1] = map.shape;
  const size = rows * columns;
  const data = /** @type {Uint8Array | Float32Array} */ (map.data);
  const [low, high] = [map.min ?? 0, map.max ?? 0];
  return {
    kind: "map",
    ...{ x: x - r, y: y - r, width: 2 * r, height: 2 * r, r, values: data.subarray(unit * size, (unit + 1) * size) },
    ...{ columns, rows, low, high, neutral: box.neutral, upwards: true, alpha },
    reach: Math.max(Math.abs(low - box.neutral), Math.abs(high - box.neutral), 1e-6),
    slot: `${box.id} ${unit}`,
    version: String(now.view.frame?.seq),
  };
}

/** A dropped unit: hollow and crossed. @param {UnitBox} unit @returns {DrawCommand[]} */
function cross({ x, y, r }) {
  const d = r * 0.55;
  /** @param {number} s @returns {DrawCommand} */
  const line = (s) => ({
    kind: "path",
    points: [
      { x: x - d, y: y - s * d },
      { x: x + d, y: y + s * d },
    ],
    ...{ radius: 0, ink: "ink3", width: 1.4, alpha: 1, dash: false },
  });
  return [{ kind: "disc", x, y, r, fill: "card", alpha: 1 }, line(1), line(-1)];
}

/** @param {Now} now @param {LayerBox} box @param {UnitBox} unit @returns {DrawCommand[]} */
function rim(now, box, { x, y, r }) {
  const computed = now.progress(`${box.id}.a`);
  const begun = Math.max(computed, now.progress(`${box.id}.z`));
  if (begun === 0) return [{ kind: "ring", x, y, r, ink: "ink3", width: 1.1, dash: true }];
  const ring = /** @type {DrawCommand} */ ({ kind: "ring", x, y, r, ink: "ink2", width: 1.2, dash: false });
  const { beat } = now;
  const written = beat && (beat.kind === "forward" || beat.kind === "vjp") && beat.node.startsWith(`${box.id}.`);
  if (!written || /\.[Wb]$/.test(beat.node)) return [ring];
  const ink = beat.kind === "forward" ? "forward" : "backward";
  const lit = now.view.beats.length > 0 ? now.progress(beat.key) : 1;
  /** @type {DrawCommand[]} */
  const glow = [
    { kind: "ring", x, y, r: r + GLOW * lit, ink, width: 2.5, dash: false, alpha: (1 - lit) * (lit > 0 ? 1 : 0) },
  ];
  return [
    ...(lit > 0 && lit < 1 ? glow : []),
    ring,
    { kind: "ring", x, y, r, ink, width: 2.4, dash: false, alpha: lit },
  ];
}
