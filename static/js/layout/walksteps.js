/**
 * Bands by keys: left and right from step to step, up and down from unit to unit, over and under from lane to lane.
 *
 * @import { Band, Lane, Selection, StageLayout } from "../types.js"
 * @import { Direction } from "./walk.js"
 */

import { isText } from "./time.js";

/** @typedef {Extract<Selection, { kind: "step" }>} StepSelection */

/** The first cell of the lowest lane that holds numbers. @param {readonly Band[] | undefined} bands @returns {StepSelection | null} */
export function firstStep(bands) {
  const lane = lanesOf(bands)[0];
  return lane ? at(lane, 0, 0) : null;
}

/** Where one can walk, from the bottom up. @param {readonly Band[] | undefined} bands @returns {Lane[]} */
function lanesOf(bands) {
  return (bands ?? [])
    .flatMap(({ lanes }) => [...lanes].reverse())
    .filter((lane) => lane.role === "tokens" || !isText(lane));
}

/** @param {Lane} lane @param {number} t @param {number} unit @returns {StepSelection} */
function at(lane, t, unit) {
  const within = (/** @type {number} */ x, /** @type {number} */ count) => Math.min(count - 1, Math.max(0, x));
  return { kind: "step", layer: lane.layer, key: lane.key, t: within(t, lane.steps), unit: within(unit, lane.units) };
}

/** @param {StageLayout} layout @param {StepSelection} selection @param {Direction} direction @returns {Selection | null} */
export function fromStep({ bands }, selection, direction) {
  const lanes = lanesOf(bands);
  const index = lanes.findIndex(({ key }) => key === selection.key);
  const lane = lanes[index];
  if (!lane) return null;
  const { t, unit } = selection;
  switch (direction) {
    case "left":
      return at(lane, t - 1, unit);
    case "right":
      return t + 1 < lane.steps ? at(lane, t + 1, unit) : { kind: "loss" };
    case "up":
      return unit > 0 ? at(lane, t, unit - 1) : other(lanes[index + 1], t, Number.POSITIVE_INFINITY);
    case "down":
      return unit + 1 < lane.units ? at(lane, t, unit + 1) : other(lanes[index - 1], t, 0);
    case "over":
      return other(lanes[index + 1], t, unit);
    case "under":
      return other(lanes[index - 1], t, unit);
    default:
      throw new Error(`unknown direction: ${/** @satisfies {never} */ (direction)}`);
  }
}

/** @param {Lane | undefined} lane @param {number} t @param {number} unit */
function other(lane, t, unit) {
  return lane ? at(lane, t, unit) : null;
}
