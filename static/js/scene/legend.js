/**
 * What the colours of the signs mean, and a line of words beside them.
 *
 * @import { DrawCommand } from "../types.js"
 */

import { say } from "../words/say.js";
import { label, TYPE } from "./marks.js";

const LEFT = 16;

/** @param {number} y @param {string} words @returns {DrawCommand[]} */
export function signs(y, words) {
  const x = LEFT;
  return [
    { kind: "bar", x, y: y - 1.5, width: 14, height: 3, radius: 1.5, fill: "positive", alpha: 0.9 },
    label(x + 19, y, "+", { align: "left", size: TYPE.small }),
    { kind: "bar", x: x + 34, y: y - 1.5, width: 14, height: 3, radius: 1.5, fill: "negative", alpha: 0.9 },
    label(x + 53, y, "−", { align: "left", size: TYPE.small }),
    label(x + 70, y, words, { align: "left", size: TYPE.small }),
  ];
}

/** Why the numbers are not those of the batch. @param {import("../types.js").Frame} frame @returns {string} */
export function absence({ example }) {
  if (!example?.own) return say("foot.absent");
  return example.target.length ? say("foot.own") : say("foot.own.values");
}
