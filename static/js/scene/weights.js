/**
 * What wires carry, written on them where there is room: the weight, and in the backward pass its gradient.
 *
 * @import { DrawCommand, Ink, Point, StageLayout, Wire } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { pointAt } from "../layout/curve.js";
import { asKnown } from "./known.js";
import { numeral } from "./marks.js";
import { gradientShown, signInk, weightAt } from "./now.js";
import { short, signed } from "./numbers.js";
import { entry } from "./reading.js";

/** More wires in view than this are told by their width alone. */
const MOST = 48;
/** From here on one has come nearer than the whole network is. */
const LEAST_SCALE = 1.4;
const NEAR = 105;
const PLACES = [0.5, 0.36, 0.64, 0.24, 0.76];
const CLEAR = { x: 66, y: 17 };
const EDGE = 30;

/** @typedef {Readonly<{ wire: Wire, at: Point }>} Spot */

/** @type {WeakMap<StageLayout, readonly Spot[]>} */
const found = new WeakMap();

/** @param {Now} now @returns {DrawCommand[]} */
export function weights(now) {
  const { layout, frame } = now.view;
  if (!frame || (layout.scale ?? 1) < LEAST_SCALE) return [];
  const spots = found.get(layout) ?? spotsOf(layout);
  found.set(layout, spots);
  return spots.flatMap(({ wire, at }) => written(now, wire, at));
}

/** Where a number can stand on its wire without touching another. @param {StageLayout} layout @returns {readonly Spot[]} */
function spotsOf({ wires, layers, width, foot }) {
  const near = new Set(layers.filter(({ pitch, units }) => units.length === 1 || pitch >= NEAR).map(({ id }) => id));
  const weighted = wires.filter((wire) => wire.weighted && (near.has(wire.layer) || near.has(wire.source)));
  if (weighted.length > MOST) return [];
  /** @type {Spot[]} */
  const spots = [];
  const inView = ({ x = 0, y = 0 }) => x > EDGE && x < width - EDGE && y > 1.6 * EDGE && y < foot - 12;
  for (const wire of weighted) {
    const at = PLACES.map((t) => pointAt(wire.from, wire.end, t)).find(
      (place) => inView(place) && spots.every((spot) => isClear(spot.at, place)),
    );
    if (at) spots.push({ wire, at });
  }
  return spots;
}

/** @param {Point} a @param {Point} b */
function isClear(a, b) {
  return Math.abs(a.x - b.x) > CLEAR.x || Math.abs(a.y - b.y) > CLEAR.y;
}

/** @param {Now} now @param {Wire} wire @param {Point} at @returns {DrawCommand[]} */
function written(now, { layer, row, to }, { x, y }) {
  const { selection, hover } = now.view;
  const marked = [selection, hover].some(
    (it) => it?.kind === "weight" && it.layer === layer && it.from === row && it.to === to,
  );
  const numbers = now.numbers(layer);
  if (marked || !numbers.W || numbers.W.grain === "means") return [];
  const weight = weightAt(now, numbers, row, to);
  const gradient =
    gradientShown(now, layer) > 0.5 && numbers.dW && numbers.dW.grain !== "means" ? entry(numbers.dW, row, to) : null;
  const known = (/** @type {string} */ words, /** @type {string} */ quantity) =>
    asKnown(words, now.view.frame?.tensors.get(`${layer}.W${quantity}`));
  /** @param {string} text @param {Ink} ink */
  const number = (text, ink) => numeral(x, y, text, { ink, size: 11, plate: true });
  return [
    gradient === null
      ? number(known(short(weight), ""), signInk(weight))
      : number(`d ${known(signed(gradient), ":gradient")}`, "backward"),
  ];
}
