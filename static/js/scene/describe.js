/**
 * What is selected, in one sentence: the stage for those who hear it.
 *
 * @import { Frame, LayerBox, Selection, StageLayout } from "../types.js"
 */

import { say } from "../words/say.js";
import { describeKernel, describePixel } from "./describeimages.js";
import { describeStep } from "./describestep.js";
import { asKnown } from "./known.js";
import { entryOrNull } from "./now.js";
import { short, signed } from "./numbers.js";
import { numbersOf, scalarOf, valuesOf } from "./reading.js";
import { heldWords } from "./signs.js";

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
  return value === null || value === undefined
    ? say("describe.fact.missing", { name })
    : say("describe.fact", { name, value: words(value) });
}

/** How a number of this tensor is told. @param {Frame | null} frame @param {string} key @param {(x: number) => string} words @param {number | null} [unit] @returns {(x: number) => string} */
function knownAs(frame, key, words, unit = null) {
  return (x) => asKnown(words(x), frame?.tensors.get(key), unit);
}

/** @param {string} what @param {readonly (string | null)[]} facts */
function told(what, facts) {
  return say("describe.told", { what, facts: facts.filter(Boolean).join(", ") });
}

/** hidden1, the third of 6; an input by its name. @param {LayerBox | undefined} box @param {number} unit */
function nameOf(box, unit) {
  const disc = box?.units[unit];
  if (disc?.name)
    return box?.title === say("layers.inputs")
      ? say("describe.input", { name: disc.name })
      : `${box?.title ?? ""} ${disc.name}`;
  const [layer, count] = [box?.id ?? say("describe.layer"), box?.units.length ?? 0];
  return say("describe.unit", { layer, unit: unit + 1, count });
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
  const known = (/** @type {string} */ key, /** @type {(x: number) => string} */ words) =>
    knownAs(frame, `${layer}.${key}`, words, unit);
  const facts = [
    heldWords(
      layout.graph.layers.find(({ id }) => id === layer),
      unit,
    ),
    mask?.[unit] === 0 ? say("describe.dropped") : null,
    has("z") ? fact(say("describe.z"), z?.[unit], known("z", short)) : null,
    fact(box?.role === "input" ? say("numbers.value") : say("describe.a"), a?.[unit], known("a", short)),
    has("a:gradient") && box?.role !== "input"
      ? fact(say("describe.da"), da?.[unit], known("a:gradient", signed))
      : null,
    has("z:gradient") ? fact(say("describe.dz"), dz?.[unit], known("z:gradient", signed)) : null,
  ];
  return told(nameOf(box, unit), facts);
}

/** @param {StageLayout} layout @param {Frame | null} frame @param {Extract<Selection, { kind: "weight" }>} weight */
function describeWeight(layout, frame, { layer, from, to }) {
  const { W, dW, deltaW } = numbersOf(frame, layer);
  const source = layout.wires.find((wire) => wire.layer === layer && wire.row === from)?.source;
  const sourceId = source ?? layout.matrices.find((matrix) => matrix.layer === layer)?.source ?? "";
  const facts = [
    fact(say("numbers.value"), entryOrNull(W, from, to), knownAs(frame, `${layer}.W`, short)),
    fact(say("describe.batch"), entryOrNull(dW, from, to), knownAs(frame, `${layer}.W:gradient`, signed)),
    fact(say("numbers.delta"), entryOrNull(deltaW, from, to), knownAs(frame, `${layer}.W:delta`, signed)),
  ];
  const ends = { from: nameOf(boxOf(layout, sourceId), from), to: nameOf(boxOf(layout, layer), to) };
  return told(say("describe.weight", ends), facts);
}

/** @param {Frame | null} frame @param {string} layer @param {number} unit */
function describeBias(frame, layer, unit) {
  const { b, db, deltaB } = numbersOf(frame, layer);
  const facts = [
    fact(say("numbers.value"), b?.[unit], knownAs(frame, `${layer}.b`, short, unit)),
    fact(say("describe.batch"), db?.[unit], knownAs(frame, `${layer}.b:gradient`, signed, unit)),
    fact(say("numbers.delta"), deltaB?.[unit], knownAs(frame, `${layer}.b:delta`, signed, unit)),
  ];
  return told(say("describe.bias", { layer, unit: unit + 1 }), facts);
}

/** @param {Frame | null} frame */
function describeLoss(frame) {
  const target = valuesOf(frame?.tensors.get("target"));
  const facts = [fact(say("describe.loss"), scalarOf(frame, "loss"))];
  const example = scalarOf(frame, "loss:example");
  if (example !== null) facts.push(fact(say("describe.loss.example"), example));
  if (target)
    facts.push(say("describe.fact", { name: say("describe.target"), value: [...target].map(short).join(", ") }));
  return `${facts.join(", ")}.`;
}
