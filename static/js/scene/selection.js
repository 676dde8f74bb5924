/**
 * What is selected or under the pointer: outlined, with its number.
 *
 * @import { DrawCommand, LayerBox, Point, Selection, StageLayout, UnitBox, Wire } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { pointAt } from "../layout/curve.js";
import { biasPlace } from "../layout/pick.js";
import { mapBiasPlace } from "../layout/tiles.js";
import { say } from "../words/say.js";
import { biasAt } from "./biases.js";
import { asKnown } from "./known.js";
import { markedKernel, markedPixel } from "./marked.js";
import { markedStep } from "./markedstep.js";
import { curve, numeral } from "./marks.js";
import { gradientShown, signInk, strength, weightAt } from "./now.js";
import { short, signed } from "./numbers.js";
import { entry } from "./reading.js";
import { backwardNumber, forwardNumber, worded } from "./values.js";
import { widthOf } from "./wires.js";

/** More wires than this into one unit are no longer told apart. */
const MOST_OF_FAN = 130;

/** @param {Now} now @returns {DrawCommand[]} */
export function selection(now) {
  const { selection: chosen, hover } = now.view;
  const same = JSON.stringify(chosen) === JSON.stringify(hover);
  const wires = chosen?.kind === "unit" ? fan(now, chosen.layer, chosen.unit) : [];
  return [...wires, ...(chosen ? marked(now, chosen, true) : []), ...(hover && !same ? marked(now, hover, false) : [])];
}

/** @param {Now} now @param {Selection} what @param {boolean} firm @returns {DrawCommand[]} */
function marked(now, what, firm) {
  switch (what.kind) {
    case "unit":
      return markedUnit(now, what.layer, what.unit, firm);
    case "bias":
      return markedBias(now, what.layer, what.unit, firm);
    case "weight":
      return markedWire(now, what, firm);
    case "step":
      return markedStep(now, what, firm);
    case "pixel":
      return markedPixel(now, what, firm);
    case "kernel":
      return markedKernel(now, what, firm);
    case "loss":
      return markedLoss(now, firm);
    default:
      throw new Error(`unknown selection: ${/** @satisfies {never} */ (what)}`);
  }
}

/** @param {Now} now @param {string} layer @param {number} unit @returns {{ box: LayerBox, disc: UnitBox } | null} */
function find(now, layer, unit) {
  const box = now.boxes.get(layer);
  const disc = box?.units[unit];
  return box && disc ? { box, disc } : null;
}

/** @param {Now} now @param {string} layer @param {number} unit @param {boolean} firm @returns {DrawCommand[]} */
function markedUnit(now, layer, unit, firm) {
  const found = find(now, layer, unit);
  if (!found) return [];
  const { box, disc } = found;
  const { x, y, r } = disc;
  const width = firm ? 2.6 : 1.6;
  if (box.tier !== "strip")
    return [
      { kind: "ring", x, y, r: r + (r > 10 ? 4 : 2.5), ink: "selection", width, dash: false },
      ...tag(now, box, disc),
    ];
  const cell = { x: x - r - 2, y: y - box.pitch / 2 - 1, width: 2 * r + 4, height: box.pitch + 2, radius: 2 };
  return [{ kind: "outline", ...cell, ink: "selection", dash: false, thickness: width }, ...tag(now, box, disc)];
}

/**
 * The weights of a unit, drawn over all the others: where there are many, or they lie in an image, they cannot be told apart.
 *
 * @param {Now} now
 * @param {string} layer
 * @param {number} unit
 * @returns {DrawCommand[]}
 */
function fan(now, layer, unit) {
  const { layout } = now.view;
  const source = now.boxes.get(layout.matrices.find((matrix) => matrix.layer === layer)?.source ?? "");
  const wires = layout.wires.filter((wire) => wire.weighted && wire.layer === layer && wire.to === unit);
  const rows = source ? source.units.map((_, row) => row) : wires.map(({ row }) => row);
  if (rows.length > MOST_OF_FAN) return [];
  return rows.flatMap((row) => {
    const found = wireOf(layout, { kind: "weight", layer, from: row, to: unit });
    const s = shownStrength(now, layer, row, unit);
    return found
      ? [curve(found.from, found.end, { ink: signInk(s), width: widthOf(s), alpha: 0.4 + 0.6 * Math.abs(s || 0) })]
      : [];
  });
}

/** The weight of a wire or its gradient, on its scale. @param {Now} now @param {string} layer @param {number} row @param {number} to @returns {number} */
function shownStrength(now, layer, row, to) {
  const numbers = now.numbers(layer);
  const gradients = gradientShown(now, layer) > 0.5 && numbers.dW;
  if (gradients) return strength(entry(gradients, row, to), now.gradientScale);
  return strength(weightAt(now, numbers, row, to), now.weightScale);
}

/** The numbers of a unit that is too small to carry them. @param {Now} now @param {LayerBox} box @param {UnitBox} disc @returns {DrawCommand[]} */
function tag(now, box, { unit, x, y, r, name }) {
  if (box.tier === "full" || box.tier === "sum" || (box.tier === "row" && box.role !== "input")) return [];
  const forward = forwardNumber(now, box, unit);
  const backward = backwardNumber(now, box, unit);
  const own = box.role === "input" && box.tier === "row" ? "" : `${name || say("scene.unit", { unit: unit + 1 })} `;
  const left = x + r + 8;
  const first = `${own}${forward ? `${forward.text} ${worded(now, forward, short, unit)}` : say("numbers.missing")}`;
  const lines = [numeral(left, backward ? y - 8 : y, first, { ink: "forward", align: "left", plate: true })];
  if (backward)
    lines.push(
      numeral(left, y + 8, `${backward.text} ${worded(now, backward, signed, unit)}`, {
        ink: "backward",
        align: "left",
        plate: true,
      }),
    );
  return lines;
}

/** @param {Now} now @param {string} layer @param {number} unit @param {boolean} firm @returns {DrawCommand[]} */
function markedBias(now, layer, unit, firm) {
  const place = placeOfBias(now, layer, unit);
  if (!place) return [];
  const half = place.size / 2 + 3;
  const { db, deltaB } = now.numbers(layer);
  const text = numberText(
    now,
    `${layer}.b`,
    biasAt(now, layer, unit),
    db?.[unit],
    deltaB?.[unit],
    now.progress(`${layer}.b:gradient`) > 0.5,
  );
  const square = { x: place.x - half, y: place.y - half, width: 2 * half, height: 2 * half, radius: 4 };
  return [
    { kind: "outline", ...square, ink: "selection", dash: false, thickness: firm ? 2.4 : 1.6 },
    numeral(place.x - half - 5, place.y + 9, text.text, { ink: text.ink, align: "right", plate: true }),
  ];
}

/** On a disc's rim, or in the corner of a tile. @param {Now} now @param {string} layer @param {number} unit */
function placeOfBias(now, layer, unit) {
  const tile = now.boxes.get(layer)?.tiles.find(({ map }) => map === unit);
  if (tile) return mapBiasPlace(tile);
  const found = find(now, layer, unit);
  return found && (biasPlace(found.box, found.disc) ?? { x: found.disc.x - found.disc.r, y: found.disc.y, size: 6 });
}

/** @param {StageLayout} layout @param {Extract<Selection, { kind: "weight" }>} what @returns {{ from: Point, end: Point, wire: Wire | null } | null} */
function wireOf({ wires, matrices, layers }, what) {
  const wire = wires.find(({ layer, row, to }) => layer === what.layer && row === what.from && to === what.to);
  if (wire) return { from: wire.from, end: wire.end, wire };
  const matrix = matrices.find(({ layer }) => layer === what.layer);
  const [source, target] = [layers.find(({ id }) => id === matrix?.source), layers.find(({ id }) => id === what.layer)];
  const [a, b] = [source?.units[what.from], target?.units[what.to]];
  if (!source || !target || !a || !b) return null;
  return { from: { x: a.x + source.right, y: a.y }, end: { x: b.x - target.left, y: b.y }, wire: null };
}

/** @param {Now} now @param {Extract<Selection, { kind: "weight" }>} what @param {boolean} firm @returns {DrawCommand[]} */
function markedWire(now, what, firm) {
  const found = wireOf(now.view.layout, what);
  const numbers = now.numbers(what.layer);
  if (!found || !numbers.W) return [];
  const weight = weightAt(now, numbers, what.from, what.to);
  const gradient = numbers.dW ? entry(numbers.dW, what.from, what.to) : undefined;
  const delta = numbers.deltaW ? entry(numbers.deltaW, what.from, what.to) : undefined;
  const turned = gradientShown(now, what.layer) > 0.5 && gradient !== undefined;
  const s = turned ? strength(gradient, now.gradientScale) : strength(weight, now.weightScale);
  const width = widthOf(s) + 1;
  const text = numberText(now, `${what.layer}.W`, weight, gradient, delta, turned);
  const middle = pointAt(found.from, found.end, 0.5);
  return [
    curve(found.from, found.end, { ink: "selection", width: width + (firm ? 4.5 : 3), alpha: firm ? 0.9 : 0.5 }),
    curve(found.from, found.end, { ink: "paper", width: width + 1.6 }),
    curve(found.from, found.end, { ink: signInk(s), width }),
    ...cellOf(now, what),
    numeral(middle.x, middle.y - 13, text.text, { ink: text.ink, plate: true, bold: firm }),
  ];
}

/** The entry in an image of weights. @param {Now} now @param {Extract<Selection, { kind: "weight" }>} what @returns {DrawCommand[]} */
function cellOf(now, { layer, from, to }) {
  return now.view.layout.matrices
    .filter((box) => box.layer === layer)
    .map(({ x, y, width, height, rows, columns }) => {
      const [w, h] = [Math.max(5, width / columns), Math.max(5, height / rows)];
      const place = { x: x + ((to + 0.5) * width) / columns - w / 2, y: y + ((from + 0.5) * height) / rows - h / 2 };
      return {
        kind: "outline",
        ...place,
        width: w,
        height: h,
        radius: 1,
        ink: "selection",
        dash: false,
        thickness: 1.6,
      };
    });
}

/**
 * The number that matters in this pass: weight, gradient, or the weight with what is added to it.
 *
 * @param {Now} now
 * @param {string} parameter
 * @param {number} value
 * @param {number | undefined} gradient
 * @param {number | undefined} delta
 * @param {boolean} turned
 * @returns {{ text: string, ink: import("../types.js").Ink }}
 */
function numberText(now, parameter, value, gradient, delta, turned) {
  const name = parameter.slice(parameter.lastIndexOf(".") + 1);
  const told = (/** @type {string} */ words, quantity = "") =>
    asKnown(words, now.view.frame?.tensors.get(`${parameter}${quantity}`));
  if (now.phase === "update" && delta !== undefined)
    return { text: `${name} ${told(short(value))} ${told(signed(delta), ":delta")}`, ink: "update" };
  if (now.phase === "backward" && turned && gradient !== undefined)
    return { text: `d${name} ${told(signed(gradient), ":gradient")}`, ink: "backward" };
  return { text: `${name} ${told(short(value))}`, ink: signInk(value) };
}

/** @param {Now} now @param {boolean} firm @returns {DrawCommand[]} */
function markedLoss(now, firm) {
  const { x, y, width, height } = now.view.layout.loss;
  return [
    { kind: "outline", x, y, width, height, radius: 12, ink: "selection", dash: false, thickness: firm ? 2.4 : 1.5 },
  ];
}
