/**
 * Which part of the data is looked at: what it learns from, or what it never sees.
 *
 * @import { Signal } from "@preact/signals-core"
 */

import { say } from "../words/say.js";
import { segment } from "./segment.js";

/** @typedef {"train" | "test"} Part */

/** @param {Signal<Part>} part @param {string} name @param {(chosen: Part) => void} [choose] */
export function partSwitch(part, name, choose) {
  /** @type {{ value: Part, label: string }[]} */
  const parts = [
    { value: "train", label: say("confusion.train") },
    { value: "test", label: say("confusion.test") },
  ];
  return segment(say("confusion.part"), parts, part, name, choose);
}
