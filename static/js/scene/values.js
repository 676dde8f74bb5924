/**
 * The numbers of a unit: forward ones below its disc (or first beside it), gradients above.
 *
 * @import { DrawCommand, LayerBox, UnitBox } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { layersInSight, unitsInSight } from "../layout/sight.js";
import { asKnown, grainOf } from "./known.js";
import { label, numeral, path, TYPE } from "./marks.js";
import { short, signed } from "./numbers.js";

const BELOW = 11;
const ABOVE = 9.5;
const BESIDE = 6;
/** Beside a disc two lines fit if there is this much room. */
const TWO_LINES = 27;
const LEAST_NAMED = 7;

/** @typedef {Readonly<{ text: string, value: number, p: number, key: string }>} Shown */

/** @param {Now} now @param {(layer: string) => boolean} wanted @returns {DrawCommand[]} */
export function values(now, wanted) {
  return layersInSight(now.view.layout)
    .filter(({ id }) => wanted(id))
    .flatMap((box) => valuesOfLayer(now, box));
}

/** @param {Now} now @param {LayerBox} box @returns {DrawCommand[]} */
function valuesOfLayer(now, box) {
  const units = unitsInSight(now.view.layout, box);
  if (box.role === "input")
    return box.tier === "strip" || box.tier === "small" ? [] : units.flatMap((u) => named(now, box, u));
  if (box.tier === "full" || box.tier === "sum") return units.flatMap((unit) => around(now, box, unit));
  if (box.tier === "row") return units.flatMap((unit) => beside(now, box, unit));
  if (box.tier === "small") return units.flatMap(within);
  return [];
}

/**
 * The forward number of a unit: its activation, or before that its pre-activation.
 *
 * @param {Now} now
 * @param {LayerBox} box
 * @param {number} unit
 * @returns {Shown | null}
 */
export function forwardNumber(now, box, unit) {
  const { z, a } = now.numbers(box.id);
  const [pa, pz] = [now.progress(`${box.id}.a`), now.progress(`${box.id}.z`)];
  const name = box.role === "output" ? "ŷ" : "a";
  if (a && pa > 0) return { text: name, value: a[unit] ?? Number.NaN, p: pa, key: `${box.id}.a` };
  return z && pz > 0 ? { text: "z", value: z[unit] ?? Number.NaN, p: pz, key: `${box.id}.z` } : null;
}

/**
 * The gradient of a unit: of its pre-activation, or before that of its activation.
 *
 * @param {Now} now
 * @param {LayerBox} box
 * @param {number} unit
 * @returns {Shown | null}
 */
export function backwardNumber(now, box, unit) {
  const { dz, da } = now.numbers(box.id);
  const [pz, pa] = [now.progress(`${box.id}.z:gradient`), now.progress(`${box.id}.a:gradient`)];
  if (dz && pz > 0) return { text: "dz", value: dz[unit] ?? Number.NaN, p: pz, key: `${box.id}.z:gradient` };
  return da && pa > 0 ? { text: "da", value: da[unit] ?? Number.NaN, p: pa, key: `${box.id}.a:gradient` } : null;
}

/** A mean over many units is no number of this one. @param {Now} now @param {Shown | null} shown */
function own({ view: { frame } }, shown) {
  return shown && grainOf(frame?.tensors.get(shown.key)) !== "means" ? shown : null;
}

/** @param {Now} now @param {Shown} shown @param {(x: number) => string} words @param {number | null} [unit] */
export function worded({ view: { frame } }, { value, key }, words, unit = null) {
  return asKnown(words(value), frame?.tensors.get(key), unit);
}

/** @param {Now} now @param {LayerBox} box @param {UnitBox} unit @returns {DrawCommand[]} */
function around(now, box, { unit, x, y, r }) {
  const below = own(now, forwardNumber(now, box, unit));
  const above = own(now, backwardNumber(now, box, unit));
  const commands = [];
  if (below) {
    const text = `${below.text} ${worded(now, below, short)}`;
    commands.push(numeral(x, y + r + BELOW, text, { ink: inkOf(below.value, "forward"), alpha: below.p, plate: true }));
  }
  if (above) {
    const text = `${above.text} ${worded(now, above, signed)}`;
    commands.push(
      numeral(x, y - r - ABOVE, text, { ink: inkOf(above.value, "backward"), alpha: above.p, plate: true }),
    );
  }
  return commands;
}

/** A short name stands in its disc: a digit's. @param {UnitBox} unit @returns {DrawCommand[]} */
function within({ x, y, r, name }) {
  if (name.length !== 1 || r < LEAST_NAMED) return [];
  return [numeral(x, y, name, { ink: "ink", size: TYPE.small, bold: true })];
}

/** @param {Now} now @param {LayerBox} box @param {UnitBox} unit @returns {DrawCommand[]} */
function beside(now, box, { unit, x, y, r }) {
  const forward = own(now, forwardNumber(now, box, unit));
  const backward = own(now, backwardNumber(now, box, unit));
  const both = forward && backward && box.pitch >= TWO_LINES;
  const thread = path(
    [
      { x: x + r + 2, y },
      { x: x + box.right, y },
    ],
    "ink3",
    { width: 1, alpha: 0.35 },
  );
  /** @param {Shown} shown @param {"forward" | "backward"} ink @param {number} dy */
  const line = (shown, ink, dy) => {
    const { value, p } = shown;
    /** @type {import("./marks.js").LabelOptions} */
    const look = { ink: inkOf(value, ink), align: "left", size: TYPE.small, alpha: p, plate: true };
    return numeral(x + r + BESIDE, y + dy, worded(now, shown, ink === "backward" ? signed : short), look);
  };
  if (both) return [thread, line(backward, "backward", -6.5), line(forward, "forward", 6.5)];
  if (backward && now.phase === "backward") return [thread, line(backward, "backward", 0)];
  return forward ? [thread, line(forward, "forward", 0)] : [thread];
}

/** An input: its name, and the number that the network receives. @param {Now} now @param {LayerBox} box @param {UnitBox} unit @returns {DrawCommand[]} */
function named(now, box, { unit, x, y, r, name }) {
  const left = x - r - 10;
  const tensor = now.view.frame?.tensors.get(`${box.id}.a`);
  const value = grainOf(tensor) === "means" ? undefined : now.numbers(box.id).a?.[unit];
  const p = now.progress(`${box.id}.a`);
  const size = box.pitch >= 30 ? 12.5 : TYPE.small;
  if (box.pitch < 30 || value === undefined || p === 0)
    return [label(left, y, name, { align: "right", ink: "ink", size })];
  return [
    label(left, y - 8, name, { align: "right", ink: "ink", size }),
    numeral(left, y + 8, asKnown(short(value), tensor), { align: "right", ink: inkOf(value, "forward"), alpha: p }),
  ];
}

/** What is not finite is said in the colour of a warning. @param {number} value @param {"forward" | "backward"} ink */
function inkOf(value, ink) {
  return Number.isFinite(value) ? ink : "warning";
}
