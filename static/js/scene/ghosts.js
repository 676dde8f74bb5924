/**
 * What would be, beside what is: of each unit that would move the old value, hollow and dotted, and the new one, filled. All
 * numbers are the server's answer.
 *
 * @import { DrawCommand, LayerBox, UnitBox } from "../types.js"
 * @import { Ghost, WhatIfReply } from "../wire.js"
 * @import { Now } from "./now.js"
 */

import { pointAt } from "../layout/curve.js";
import { widthOf } from "../layout/text.js";
import { say } from "../words/say.js";
import { cardArea } from "./loss.js";
import { numeral, TYPE } from "./marks.js";
import { signInk, strength } from "./now.js";
import { short } from "./numbers.js";
import { reachOf } from "./units.js";

/** Bold type is wider by this. */
const BOLD = 1.1;
const BELOW = 11;
const BESIDE = 6;
/** Beside a disc stand its gradient and its value. */
const TWO_LINES = 28;
/** The radius of one of the pair of little discs. */
const PAIR = 5;
/** Above the wires that leave a unit. */
const LIFT = 8;

/** @param {Now} now @returns {DrawCommand[]} */
export function ghosts(now) {
  const answer = now.view.ghosts;
  if (!answer) return [];
  const layers = now.view.layout.layers.flatMap((box) => ofLayer(box, answer.nodes[`${box.id}.a`]));
  return [...layers, ...changedWire(now, answer), ...loss(now, answer)];
}

/** 0.42 → 0.51 @param {unknown} old @param {unknown} next */
export function arrow(old, next) {
  return say("whatif.arrow", { old: short(Number(old)), new: short(Number(next)) });
}

/** @param {LayerBox} box @param {Ghost | undefined} ghost @returns {DrawCommand[]} */
function ofLayer(box, ghost) {
  if (!ghost || ghost.moved === 0) return [];
  const each = Array.isArray(ghost.old) && Array.isArray(ghost.new) && ghost.shape.length === 1;
  if (!each || (box.tier !== "full" && box.tier !== "row")) return summary(box, ghost);
  const [old, next] = [numbersIn(ghost.old), numbersIn(ghost.new)];
  const reach = reachOf(box, Float32Array.from([...old, ...next]));
  return box.units.flatMap((unit) => {
    const [before, after] = [old[unit.unit], next[unit.unit]];
    if (before === undefined || after === undefined || before === after) return [];
    return [...pair(unit, box, before, after, reach), ...told(box, unit, arrow(before, after))];
  });
}

/** @param {unknown} values @returns {number[]} */
function numbersIn(values) {
  return Array.isArray(values) ? values.map(Number) : [];
}

/** What was, hollow; what would be, filled. @param {UnitBox} unit @param {LayerBox} box @param {number} before @param {number} after @param {number} reach @returns {DrawCommand[]} */
function pair(unit, box, before, after, reach) {
  const { neutral } = box;
  const { x: left, y: top } = placeOfPair(unit, box);
  const [was, is] = [strength(before - neutral, reach), strength(after - neutral, reach)];
  return [
    { kind: "disc", x: left, y: top, r: PAIR + 1.5, fill: "paper", alpha: 1 },
    { kind: "ring", x: left, y: top, r: PAIR, ink: signInk(was), width: 1.6, dash: true },
    { kind: "disc", x: left + 2.4 * PAIR, y: top - 1, r: PAIR + 1.5, fill: "paper", alpha: 1 },
    { kind: "disc", x: left + 2.4 * PAIR, y: top - 1, r: PAIR, fill: signInk(is), alpha: 0.25 + 0.7 * Math.abs(is) },
    { kind: "ring", x: left + 2.4 * PAIR, y: top - 1, r: PAIR, ink: "selection", width: 1.6, dash: false },
  ];
}

/** Where no number stands: above and below, or else beside a unit. @param {UnitBox} unit @param {LayerBox} box */
function placeOfPair({ x, y, r }, { tier, role }) {
  if (tier === "full" && role !== "input") return { x: x + r + BESIDE + PAIR, y: y - LIFT };
  return { x: x - r * 0.75 - PAIR, y: y - r * 0.75 - PAIR };
}

/** In the place of the unit's own number. @param {LayerBox} box @param {UnitBox} unit @param {string} text @returns {DrawCommand[]} */
function told({ role, tier, pitch }, { x, y, r }, text) {
  if (role === "input") return words(x - r - 10, y + (pitch < 30 ? 0 : 8), text, { align: "right" });
  if (tier === "full") return words(x, y + r + BELOW, text);
  return words(x + r + BESIDE, y, text, { align: "left", size: TYPE.small, tall: Math.min(pitch - 1, TWO_LINES) });
}

/**
 * On a plate that hides what stood there.
 *
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {import("./marks.js").LabelOptions & { fill?: import("../types.js").Ink, tall?: number }} [options]
 * @returns {DrawCommand[]}
 */
function words(x, y, text, { fill = "paper", tall = 16, ...options } = {}) {
  const { align = "center", size = TYPE.number } = options;
  const width = widthOf(text, size, true) * BOLD + 8;
  const left = { left: x - 4, center: x - width / 2, right: x - width + 4 }[align];
  return [
    { kind: "bar", x: left, y: y - tall / 2, width, height: tall, radius: 3, fill, alpha: 1 },
    numeral(x, y, text, { ink: "selection", bold: true, ...options }),
  ];
}

/** Of maps, sequences and wide layers: what would move most. @param {LayerBox} box @param {Ghost} ghost @returns {DrawCommand[]} */
function summary({ x, titleY }, { largest }) {
  return largest ? words(x, titleY + 33, arrow(largest.old, largest.new), { size: TYPE.small }) : [];
}

/** The weight that would be another. @param {Now} now @param {WhatIfReply} answer @returns {DrawCommand[]} */
function changedWire({ view: { layout } }, { changes }) {
  return changes.flatMap(({ parameter, index: [row, to], old, new: next }) => {
    const wire = layout.wires.find((each) => `${each.layer}.W` === parameter && each.row === row && each.to === to);
    if (!wire) return [];
    const { x, y } = pointAt(wire.from, wire.end, 0.5);
    return words(x, y - 13, `W ${arrow(old, next)}`);
  });
}

/** In the place of the number on its card. @param {Now} now @param {WhatIfReply} answer @returns {DrawCommand[]} */
function loss(now, { loss: { old, new: next } }) {
  if (old === null || next === null || old === next) return [];
  const { x, y, width } = cardArea(now);
  return words(x + width / 2, y + 37, arrow(old, next), { size: 13, fill: "card" });
}
