/**
 * What is selected, in one sentence: the stage for those who hear it.
 *
 * @import { Frame, LayerBox, Selection, StageLayout } from "../types.js"
 */

import { describeKernel, describePixel } from "./describeimages.js";
import { describeStep } from "./describestep.js";
import { entryOrNull } from "./now.js";
import { short, signed } from "./numbers.js";
import { numbersOf, scalarOf, valuesOf } from "./reading.js";

/**
 * @param {StageLayout} layout
 * @param {Frame | null} frame
 * @param {Selection} selection
 * @returns {string}
 */
export function describe(layout, frame, selection) {
  switch (selection.kind) {
    case "unit":
      return describeUnit(layout, frame, selection.layer, selection.unit);
    case "weight":
      return describeWeight(layout, frame, selection);
    case "bias":
      return describeBias(frame, selection.layer, selection.unit);
    case "pixel":
      return describePixel(layout, frame, selection);
    case "kernel":
      return describeKernel(layout, frame, selection);
    case "step":
      return describeStep(layout, frame, selection);
    case "loss":
      return describeLoss(frame);
    default:
      throw new Error(`unknown selection: ${/** @satisfies {never} */ (selection)}`);
  }
}

/** @param {string} name @param {number | null | undefined} value @param {(x: number) => string} [words] */
function fact(name, value, words = short) {
  return value === null || value === undefined ? `${name} not computed yet` : `${name} ${words(value)}`;
}

/** hidden1, the third of 6; an input by its name. @param {LayerBox | undefined} box @param {number} unit */
function nameOf(box, unit) {
  const disc = box?.units[unit];
  if (disc?.name) return `${box?.title === "inputs" ? "input" : (box?.title ?? "")} ${disc.name}`;
  return `${box?.id ?? "layer"} unit ${unit + 1} of ${box?.units.length ?? 0}`;
}

/** @param {StageLayout} layout @param {string} id */
function boxOf({ layers }, id) {
  return layers.find((box) => box.id === id);
}

/** @param {StageLayout} layout @param {Frame | null} frame @param {string} layer @param {number} unit */
function describeUnit(layout, frame, layer, unit) {
  const { z, a, dz, da, mask } = numbersOf(frame, layer);
  const box = boxOf(layout, layer);
  const has = (/** @type {string} */ key) => frame?.tensors.has(`${layer}.${key}`);
  const facts = [
    mask?.[unit] === 0 ? "dropped in this step" : null,
    has("z") ? fact("pre-activation", z?.[unit]) : null,
    fact(box?.role === "input" ? "value" : "activation", a?.[unit]),
    has("a:gradient") && box?.role !== "input" ? fact("gradient of the activation", da?.[unit], signed) : null,
    has("z:gradient") ? fact("gradient of the pre-activation", dz?.[unit], signed) : null,
  ];
  return `${nameOf(box, unit)}: ${facts.filter(Boolean).join(", ")}.`;
}

/** @param {StageLayout} layout @param {Frame | null} frame @param {Extract<Selection, { kind: "weight" }>} weight */
function describeWeight(layout, frame, { layer, from, to }) {
  const { W, dW, deltaW } = numbersOf(frame, layer);
  const source = layout.wires.find((wire) => wire.layer === layer && wire.row === from)?.source;
  const sourceId = source ?? layout.matrices.find((matrix) => matrix.layer === layer)?.source ?? "";
  const facts = [
    fact("value", entryOrNull(W, from, to)),
    fact("gradient over the batch", entryOrNull(dW, from, to), signed),
    fact("delta", entryOrNull(deltaW, from, to), signed),
  ];
  return `Weight from ${nameOf(boxOf(layout, sourceId), from)} to ${nameOf(boxOf(layout, layer), to)}: ${facts.join(", ")}.`;
}

/** @param {Frame | null} frame @param {string} layer @param {number} unit */
function describeBias(frame, layer, unit) {
  const { b, db, deltaB } = numbersOf(frame, layer);
  const facts = [
    fact("value", b?.[unit]),
    fact("gradient over the batch", db?.[unit], signed),
    fact("delta", deltaB?.[unit], signed),
  ];
  return `Bias of ${layer} unit ${unit + 1}: ${facts.join(", ")}.`;
}

/** @param {Frame | null} frame */
function describeLoss(frame) {
  const target = valuesOf(frame?.tensors.get("target"));
  const facts = [fact("Loss of the batch", scalarOf(frame, "loss"))];
  const example = scalarOf(frame, "loss:example");
  if (example !== null) facts.push(fact("of the followed example", example));
  if (target) facts.push(`target ${[...target].map(short).join(", ")}`);
  return `${facts.join(", ")}.`;
}
