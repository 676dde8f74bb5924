/**
 * A cell of a lane that is selected or under the pointer: its column, its unit, its numbers.
 *
 * @import { DrawCommand, Lane, Selection } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { widthOf } from "../layout/text.js";
import { stepWidth, stepX } from "../layout/time.js";
import { say } from "../words/say.js";
import { asKnown } from "./known.js";
import { entryAt, laneNumbers } from "./lanes.js";
import { numeral, TYPE } from "./marks.js";
import { short, signed } from "./numbers.js";
import { readTokens, visible } from "./tokens.js";

const LEAST_CELL = 5;

/** @param {Now} now @param {Extract<Selection, { kind: "step" }>} what @param {boolean} firm @returns {DrawCommand[]} */
export function markedStep(now, { key, t, unit }, firm) {
  const lane = now.view.layout.bands
    ?.flatMap(({ lanes }) => lanes)
    .find((one) => one.key === key && one.role !== "said");
  if (!lane || t >= lane.steps) return [];
  const [x, width] = [stepX(lane, t), stepWidth(lane)];
  const pitch = lane.height / lane.units;
  const height = Math.max(LEAST_CELL, pitch);
  const y = lane.y + (unit + 0.5) * pitch - height / 2;
  const column = { x, y: lane.y - 1, width, height: lane.height + 2, radius: 2 };
  return [
    { kind: "outline", ...column, ink: "selection", dash: false, thickness: firm ? 1.3 : 0.8 },
    {
      kind: "outline",
      x: x - 1,
      y: y - 1,
      width: width + 2,
      height: height + 2,
      radius: 2,
      ink: "selection",
      dash: false,
      thickness: firm ? 2.4 : 1.5,
    },
    ...tag(now, lane, t, unit),
  ];
}

/** @param {Now} now @param {Lane} lane @param {number} t @param {number} unit @returns {DrawCommand[]} */
function tag(now, lane, t, unit) {
  const { name, value, gradient } = wordsAt(now, lane, t, unit);
  const first = `${name} ${value ?? say("numbers.missing")}`;
  const second = gradient === null ? "" : `d${name} ${gradient}`;
  const right = isAtRight(now, lane, t, widthOf(first.length > second.length ? first : second, TYPE.text, true));
  const x = right ? stepX(lane, t) - 7 : stepX(lane, t) + stepWidth(lane) + 7;
  const look = /** @type {const} */ ({ align: right ? "right" : "left", plate: true, bold: true });
  const y = lane.y + lane.height / 2;
  const lines = [numeral(x, gradient === null ? y : y - 8, first, { ...look, ink: "forward" })];
  if (gradient !== null) lines.push(numeral(x, y + 8, second, { ...look, ink: "backward" }));
  return lines;
}

/** Whether there is more room at the left of a step for what it says. @param {Now} now @param {Lane} lane @param {number} t @param {number} width of the words */
function isAtRight({ view: { layout } }, lane, t, width) {
  const end = stepX(lane, t) + stepWidth(lane) + 7 + width;
  if ((layout.scale ?? 1) > 1) return end > layout.width && stepX(lane, t) - 7 - width > 0;
  return stepX(lane, t) > lane.x + lane.width / 2;
}

/**
 * The name, value and gradient of one cell in words, as far as the frame knows them; a token's value is its text.
 *
 * @param {Now} now
 * @param {Lane} lane
 * @param {number} t
 * @param {number} unit
 * @returns {{ name: string, value: string | null, gradient: string | null }}
 */
export function wordsAt(now, lane, t, unit) {
  const numbers = laneNumbers(now, lane);
  const name = `${lane.key.split(".").slice(1).join(".")}[${t}]`;
  if (lane.role === "tokens") {
    const token = readTokens(now.view.frame, lane.key)[t];
    const text = token === undefined ? null : visible(now.view.layout.tokens?.[token] ?? "");
    return { name: say("scene.token", { t }), value: text, gradient: null };
  }
  const gradients = laneNumbers(now, { ...lane, key: `${lane.key}:gradient` });
  const computed = numbers.gradientProgress(t) > 0;
  return {
    name,
    value: numbers.progress(t) > 0 ? asKnown(short(entryAt(numbers, lane, t, unit)), numbers.tensor, unit) : null,
    gradient: computed ? asKnown(signed(entryAt(gradients, lane, t, unit)), gradients.tensor, unit) : null,
  };
}
