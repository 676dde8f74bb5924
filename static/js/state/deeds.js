/**
 * What undo and redo would do, in words.
 *
 * @import { Turn } from "../wire.js"
 * @import { Key } from "../words/say.js"
 */

import { say } from "../words/say.js";

/** Options of a layer that are said in words of their own. @type {Readonly<Record<string, Key>>} */
const WIDTHS = { units: "undo.widen", filters: "undo.widen", clamps: "undo.clamps" };

/**
 * "hidden1 with 8 units", and how many steps of training would go with it.
 *
 * @param {Turn} turn
 * @param {number} step at which the session stands
 * @returns {string}
 */
export function turnWords(turn, step) {
  const n = Math.abs(step - turn.step);
  return n ? say("undo.steps", { deed: deedWords(turn), n }) : deedWords(turn);
}

/** @param {Omit<Turn, "step" | "op">} deed @returns {string} */
export function deedWords({ what, name, field, value }) {
  const said = { name, field: field.replaceAll("_", " "), value: valueText(value) };
  const some = value === null;
  switch (what) {
    case "layer":
      if (field === "trainable") return say(value ? "undo.thaw" : "undo.freeze", said);
      return say(WIDTHS[field] ?? (some ? "undo.layer.some" : "undo.layer"), { ...said, n: Number(value) });
    case "option":
      return say(some ? "undo.option.some" : "undo.option", { ...said, name: name.replaceAll("_", " ") });
    case "parameter":
      return say(some ? "undo.parameter.some" : "undo.parameter", said);
    case "add":
    case "remove":
    case "move":
    case "layers":
    case "options":
    case "rename":
    case "reset":
    case "visit":
      return say(`undo.${what}`, said);
    default:
      throw new Error(`unknown deed: ${/** @satisfies {never} */ (what)}`);
  }
}

/** @param {Turn["value"]} value @returns {string} */
function valueText(value) {
  if (typeof value !== "number") return String(value ?? "");
  return String(Number(value.toPrecision(4))).replace("-", "−");
}
