/**
 * The size of a gradient at each time step, on a scale of powers of ten that all lanes of a layer share: where it vanishes
 * or explodes, one sees it.
 *
 * @import { Band, DrawCommand, Lane } from "../types.js"
 * @import { LaneNumbers } from "./lanes.js"
 * @import { Now } from "./now.js"
 */

import { stepWidth, stepX } from "../layout/time.js";
import { isNear, laneNumbers, runs } from "./lanes.js";
import { label, numeral, path } from "./marks.js";
import { short } from "./numbers.js";

const DECADES = { least: 4, most: 14 };
const NUMBER = 44;
const TYPE = 9.5;
/** From this height on numbers stand above the bars. */
const TALL = 17;
const HEAD = 10;

/** @typedef {Readonly<{ top: number, decades: number }>} LogScale powers of ten */

/** @param {Now} now @param {Band} band @returns {DrawCommand[]} */
export function tracks(now, band) {
  const scale = logScale(normsOf(now, band));
  return band.lanes.filter(isWide).flatMap((lane) => {
    const apart = isNear(lane, now.view.layout.scale);
    return track(lane, laneNumbers(now, lane), scale, apart);
  });
}

/** What the tracks of a band are measured by; null if no gradient is there yet. @param {Now} now @param {Band} band @returns {LogScale | null} */
export function scaleOf(now, band) {
  const found = normsOf(now, band);
  return found.length > 0 ? logScale(found) : null;
}

/** @param {Now} now @param {Band} band */
function normsOf(now, band) {
  return band.lanes.filter(isWide).flatMap((lane) => norms(lane, laneNumbers(now, lane)));
}

/** @param {Lane} lane */
function isWide({ track: { height } }) {
  return height > 3;
}

/** @param {Lane} lane @param {LaneNumbers} numbers @returns {number[]} of the steps that are computed */
export function norms(lane, numbers) {
  const found = Array.from({ length: lane.steps }, (_, t) =>
    numbers.gradientProgress(t) > 0 ? numbers.gradientNorm(t) : 0,
  );
  return found.filter((norm) => norm > 0 && Number.isFinite(norm));
}

/** From the power of ten above the largest to that below the smallest. @param {readonly number[]} values @returns {LogScale} */
export function logScale(values) {
  if (values.length === 0) return { top: 0, decades: DECADES.least };
  const top = Math.ceil(Math.log10(Math.max(...values)) + 1e-9);
  const bottom = Math.floor(Math.log10(Math.min(...values)));
  return { top, decades: Math.min(DECADES.most, Math.max(DECADES.least, top - bottom)) };
}

/** 0 to 1. @param {LogScale} scale @param {number} value */
export function logShare({ top, decades }, value) {
  if (!(value > 0)) return 0;
  return Math.min(1, Math.max(0.02, (Math.log10(value) - top + decades) / decades));
}

/** @param {Lane} lane @param {LaneNumbers} numbers @param {LogScale} scale @param {boolean} apart whether its name stands elsewhere @returns {DrawCommand[]} */
function track(lane, numbers, scale, apart) {
  const { y, height } = lane.track;
  const floor = y + height;
  const computed = Array.from({ length: lane.steps }, (_, t) => numbers.gradientProgress(t));
  const some = computed.some((p) => p > 0);
  const floors = (/** @type {boolean} */ done) => runs(lane.steps, (t) => (computed[t] ?? 0) > 0 === done);
  const line = (/** @type {[number, number]} */ [from, to]) => [
    { x: stepX(lane, from), y: floor },
    { x: stepX(lane, to), y: floor },
  ];
  return [
    ...floors(true).map((run) => path(line(run), "line", { width: 1 })),
    ...floors(false).map((run) => path(line(run), "ink3", { width: 1, dash: true, alpha: 0.55 })),
    ...(some && !apart ? caption(lane, scale, lane.x) : []),
    ...computed.flatMap((p, t) => (p > 0 ? bar(lane, numbers.gradientNorm(t), t, p, scale) : [])),
    ...computed.flatMap((p, t) => (p > 0.5 ? number(lane, numbers.gradientNorm(t), t) : [])),
  ];
}

/** @param {Lane} lane @param {LogScale} scale @param {number} x where the lane, or its margin, begins @returns {DrawCommand[]} */
export function caption({ label: name, role, track: { y, height } }, { top, decades }, x) {
  if (height <= 3) return [];
  const what = `‖d${role === "norm" ? "h" : (name.split(" ").at(-1) ?? "")}‖`;
  const text = height >= TALL ? `${what} ${power(top - decades)}…${power(top)}` : what;
  return [label(x - 9, y + height / 2 + 1, text, { align: "right", size: TYPE, ink: "backward" })];
}

/** @param {number} exponent @returns {string} */
export function power(exponent) {
  return `10${[...String(exponent)].map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)] ?? "⁻").join("")}`;
}

/** @param {Lane} lane @param {number} norm @param {number} t @param {number} p @param {LogScale} scale @returns {DrawCommand[]} */
function bar(lane, norm, t, p, scale) {
  const wide = stepWidth(lane);
  const { y, height } = lane.track;
  if (!Number.isFinite(norm))
    return [label(stepX(lane, t) + wide / 2, y + height / 2, "!", { ink: "warning", bold: true })];
  const tall = (height - (height >= TALL ? HEAD : 0)) * logShare(scale, norm) * p;
  const inset = wide > 10 ? 0.16 : 0.06;
  const place = { x: stepX(lane, t) + wide * inset, y: y + height - tall, width: wide * (1 - 2 * inset), height: tall };
  return [{ kind: "bar", ...place, radius: 1, fill: "backward", alpha: norm === 0 ? 0.25 : 0.55 }];
}

/** Of states, and as often as there is room for. @param {Lane} lane @param {number} norm @param {number} t @returns {DrawCommand[]} */
function number(lane, norm, t) {
  const { y, height } = lane.track;
  const every = Math.ceil(NUMBER / stepWidth(lane));
  if (height < TALL || (lane.steps - 1 - t) % every !== 0) return [];
  return [
    numeral(stepX(lane, t) + stepWidth(lane) / 2, y + HEAD / 2 - 1, short(norm), {
      ink: "backward",
      size: TYPE,
    }),
  ];
}
