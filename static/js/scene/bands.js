/**
 * Layers over time: each quantity a lane of cells, step by step, and below it the size of its gradient. What is not
 * computed is dotted.
 *
 * @import { Band, DrawCommand, Lane } from "../types.js"
 * @import { LaneNumbers } from "./lanes.js"
 * @import { Now } from "./now.js"
 */

import { touches } from "../layout/sight.js";
import { GUTTER, isText, stepWidth, stepX } from "../layout/time.js";
import { activeStep, highlight } from "./active.js";
import { columnsOf, isNear, laneNumbers, runs } from "./lanes.js";
import { label, TYPE } from "./marks.js";
import { textLane } from "./tokens.js";
import { tracks } from "./tracks.js";

/** Narrower columns stand without gaps, and no arrow fits between them. */
const APART = 12;
const ARROWS = 20;
/** Arrows and outlines stand out by this. */
const REACH = 16;
const PADDED = 0.62;

/** @param {Now} now @param {(layer: string) => boolean} wanted @returns {DrawCommand[]} */
export function bands(now, wanted) {
  const { bands: all = [], sight } = now.view.layout;
  const shown = all.filter((band) => wanted(band.layer) && (!sight || touches(sight, band, REACH)));
  return shown.flatMap((band) => oneBand(now, { ...band, lanes: sight ? lanesIn(band, sight) : band.lanes }));
}

/** @param {Band} band @param {import("../types.js").Area} sight */
function lanesIn({ lanes }, sight) {
  return lanes.filter(({ x, y, width, height, track }) =>
    touches(sight, { x: x - GUTTER, y, width: width + GUTTER, height: height + track.height }, REACH),
  );
}

/** @param {Now} now @param {Band} band @returns {DrawCommand[]} */
function oneBand(now, band) {
  const active = activeStep(now);
  return [
    ...frame(now, band),
    ...heading(band),
    ...highlight(now, band, active),
    ...band.lanes.flatMap((lane) => oneLane(now, lane)),
    ...gaps(band),
    ...tracks(now, band),
    ...band.lanes.flatMap((lane) => arrows(now, lane)),
    ...padding(now, band),
  ];
}

/** @param {Now} now @param {Band} band @returns {DrawCommand[]} */
function frame({ beat }, { layer, x, y, width, height, foldable }) {
  if (!foldable) return [];
  const whole = beat?.kind === "vjp" && beat.node.startsWith(`${layer}.`) && !/\[\d+\]$/.test(beat.node);
  const edge = { x: x - 6, y: y - 3, width: width + 14, height: height + 6, radius: 9 };
  return [
    { kind: "bar", ...edge, fill: "card", alpha: 0.55 },
    { kind: "outline", ...edge, ink: whole ? "backward" : "line", dash: false, thickness: whole ? 1.8 : 1 },
  ];
}

/** @param {Band} band @returns {DrawCommand[]} */
function heading({ x, y, title, subtitle, folded, foldable }) {
  if (!title) return [];
  const sign = foldable ? (folded ? "▸ " : "▾ ") : "";
  const name = `${sign}${title}`;
  return [
    label(Math.max(8, x + 2), y + 10, name, { bold: true, ink: "ink", size: TYPE.title, align: "left" }),
    label(Math.max(18, x + 12) + name.length * 8.6, y + 10.5, subtitle, { align: "left", size: TYPE.text }),
  ];
}

/** @param {Now} now @param {Lane} lane @returns {DrawCommand[]} */
function oneLane(now, lane) {
  const name = nameOf(now, lane);
  if (isText(lane)) return [...name, ...textLane(now, lane)];
  const numbers = laneNumbers(now, lane);
  if (lane.role === "norm") return [...name, ...summary(lane, numbers)];
  return [...missing(lane, numbers), ...cells(now, lane, numbers), ...name];
}

/** At its left; where that is out of sight, it stands in the margin. @param {Now} now @param {Lane} lane @returns {DrawCommand[]} */
function nameOf({ view: { layout } }, lane) {
  if (isNear(lane, layout.scale)) return [];
  const { x, y, height, label: words } = lane;
  return [label(x - 9, y + height / 2, words, { align: "right", size: TYPE.small, ink: "ink2" })];
}

/** @param {Lane} lane @param {LaneNumbers} numbers @returns {DrawCommand[]} */
function missing(lane, numbers) {
  return runs(lane.steps, (t) => numbers.progress(t) === 0).map(([from, to]) => {
    const x = stepX(lane, from);
    const place = { x: x + 1, y: lane.y + 1, width: stepX(lane, to) - x - 2, height: lane.height - 2, radius: 3 };
    return { kind: "outline", ...place, ink: "ink3", dash: true, thickness: 1 };
  });
}

/** @param {Now} now @param {Lane} lane @param {LaneNumbers} numbers @returns {DrawCommand[]} */
function cells(now, lane, numbers) {
  const done = runs(lane.steps, (t) => numbers.progress(t) >= 1);
  const coming = runs(lane.steps, (t) => numbers.progress(t) > 0 && numbers.progress(t) < 1);
  return [
    ...done.flatMap(([from, to], at) => image(now, lane, numbers, from, to, 1, `done ${at}`)),
    ...coming.flatMap(([from, to], at) => image(now, lane, numbers, from, to, numbers.progress(from), `coming ${at}`)),
  ];
}

/**
 * @param {Now} now
 * @param {Lane} lane
 * @param {LaneNumbers} numbers
 * @param {number} from
 * @param {number} to
 * @param {number} alpha
 * @param {string} slot
 * @returns {DrawCommand[]}
 */
function image(now, lane, { values, width, reach }, from, to, alpha, slot) {
  if (!values) return [];
  const x = stepX(lane, from);
  return [
    {
      kind: "map",
      ...{ x, y: lane.y, width: stepX(lane, to) - x, height: lane.height, r: 0 },
      ...{ values: columnsOf(values, width, from, to), columns: to - from, rows: width },
      ...{ low: -reach, high: reach, neutral: 0, reach, upwards: false, alpha },
      slot: `${lane.key} ${slot}`,
      version: `${now.view.frame?.seq} ${from} ${to}`,
    },
  ];
}

/** Folded: the size of the state at each time step. @param {Lane} lane @param {LaneNumbers} numbers @returns {DrawCommand[]} */
function summary(lane, numbers) {
  const most = Math.max(1e-9, ...Array.from({ length: lane.steps }, (_, t) => numbers.norm(t) || 0));
  const wide = stepWidth(lane);
  const bars = runs(lane.steps, (t) => numbers.progress(t) > 0).flatMap(([from, to]) =>
    Array.from({ length: to - from }, (_, at) => {
      const height = (lane.height * (numbers.norm(from + at) || 0)) / most;
      const place = { x: stepX(lane, from + at) + wide * 0.12, y: lane.y + lane.height - height, width: wide * 0.76 };
      return /** @type {DrawCommand} */ ({
        kind: "bar",
        ...{ ...place, height, radius: 1, fill: "forward", alpha: 0.85 * numbers.progress(from + at) },
      });
    }),
  );
  return [...missing(lane, numbers), ...bars];
}

/** Columns are apart where there is room. @param {Band} band @returns {DrawCommand[]} */
function gaps({ lanes }) {
  return lanes.flatMap((lane) => {
    if (stepWidth(lane) < APART || isText(lane) || lane.role === "norm") return [];
    const gap = stepWidth(lane) > ARROWS ? 3 : 1.5;
    return Array.from({ length: lane.steps - 1 }, (_, t) => ({
      kind: /** @type {const} */ ("bar"),
      ...{ x: stepX(lane, t + 1) - gap / 2, y: lane.y - 1, width: gap, height: lane.height + 2, radius: 0 },
      ...{ fill: /** @type {const} */ ("paper"), alpha: 1 },
    }));
  });
}

/** A state is handed to the next step; its gradient comes back. @param {Now} now @param {Lane} lane @returns {DrawCommand[]} */
function arrows(now, lane) {
  if (lane.role !== "state" || stepWidth(lane) < ARROWS) return [];
  const numbers = laneNumbers(now, lane);
  const y = lane.y + lane.height / 2;
  const forwards = lane.reverse ? Math.PI : 0;
  return Array.from({ length: lane.steps - 1 }, (_, t) => {
    const earlier = lane.reverse ? t + 1 : t;
    const back = now.phase === "backward" && numbers.gradientProgress(earlier) > 0.5;
    const ink = back ? "backward" : numbers.progress(earlier) > 0.5 ? "forward" : "ink3";
    const at = { x: stepX(lane, t + 1), y };
    return /** @type {DrawCommand[]} */ ([
      { kind: "disc", ...at, r: 5.5, fill: "paper", alpha: 0.9 },
      {
        kind: "chevron",
        ...at,
        size: 3,
        angle: back ? forwards + Math.PI : forwards,
        ink,
        alpha: ink === "ink3" ? 0.6 : 1,
      },
    ]);
  }).flat();
}

/** Behind an example's end nothing happens: its columns step back. @param {Now} now @param {Band} band @returns {DrawCommand[]} */
function padding({ view: { frame: shown, layout } }, band) {
  const mask = shown?.tensors.get(`${layout.graph.layers[0]?.id ?? "input"}.mask`);
  const [lane] = band.lanes;
  if (!mask?.data || !lane || mask.data.length !== lane.steps) return [];
  return runs(lane.steps, (t) => mask.data?.[t] === 0).map(([from, to]) => {
    const x = stepX(lane, from);
    const bottom = Math.max(...band.lanes.map(({ track }) => track.y + track.height));
    return {
      kind: "bar",
      x,
      y: lane.y,
      width: stepX(lane, to) - x,
      height: bottom - lane.y,
      radius: 0,
      fill: "paper",
      alpha: PADDED,
    };
  });
}
