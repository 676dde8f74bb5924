/**
 * The foot of bands: how far the pass has come through time, in which direction it goes, and what the colours mean.
 *
 * @import { DrawCommand, Lane } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { widthOf } from "../layout/text.js";
import { stepX } from "../layout/time.js";
import { say } from "../words/say.js";
import { laneNumbers, runs } from "./lanes.js";
import { absence, signs } from "./legend.js";
import { label, path, TYPE } from "./marks.js";

const LINE = 14;
const WORDS = 30;
const LEGEND = 51;
const EDGE = 16;
/** At the right stand the buttons of the stage. */
const BUTTONS = 160;

/** @param {Now} now @returns {DrawCommand[]} */
export function timeFoot(now) {
  const lanes = now.view.layout.bands?.flatMap((band) => band.lanes) ?? [];
  const lane = lanes.findLast(({ block, role }) => block && (role === "state" || role === "norm")) ?? lanes[0];
  return [...(lane ? progress(now, lane) : []), ...legend(now)];
}

/** @param {Now} now @param {Lane} lane @returns {DrawCommand[]} */
function progress(now, lane) {
  if (now.phase === "update") return [];
  const back = now.phase === "backward";
  const numbers = laneNumbers(now, lane);
  const done = runs(lane.steps, (t) => (back ? numbers.gradientProgress(t) : numbers.progress(t)) > 0);
  const coming = runs(lane.steps, (t) => (back ? numbers.gradientProgress(t) : numbers.progress(t)) === 0);
  const count = done.reduce((sum, [from, to]) => sum + to - from, 0);
  const y = now.view.layout.foot + LINE;
  const ink = back ? "backward" : "forward";
  const line = (/** @type {[number, number]} */ [from, to], /** @type {boolean} */ dash) =>
    path(
      [
        { x: stepX(lane, from) + 2, y },
        { x: stepX(lane, to) - 2, y },
      ],
      dash ? "ink3" : ink,
      { width: dash ? 1.6 : 2, dash, alpha: dash ? 0.7 : 1 },
    );
  const words = say(back ? "time.back" : "time.forward", { done: count, steps: lane.steps });
  const middle = middleOf(lane, widthOf(words, TYPE.small) / 2, now.view.layout.width);
  return [
    ...done.map((run) => line(run, false)),
    ...coming.map((run) => line(run, true)),
    ...head(lane, done, y, back),
    label(middle, y + WORDS - LINE, words, { ink: count ? ink : "ink2", size: TYPE.small }),
  ];
}

/** Below what is seen of the lane, as far as there is room. @param {Lane} lane @param {number} half of the words @param {number} width of the view */
function middleOf({ x, width: long }, half, width) {
  const middle = (Math.max(x, 0) + Math.min(x + long, width)) / 2;
  return Math.max(half + EDGE, Math.min(width - half - BUTTONS, middle));
}

/** @param {Lane} lane @param {[number, number][]} done @param {number} y @param {boolean} back @returns {DrawCommand[]} */
function head(lane, done, y, back) {
  const run = back === lane.reverse ? done.at(-1) : done[0];
  if (!run) return [];
  if (back)
    return [
      {
        kind: "chevron",
        x: stepX(lane, lane.reverse ? run[1] : run[0]) + 2,
        y,
        size: 5.5,
        angle: lane.reverse ? 0 : Math.PI,
        ink: "backward",
        alpha: 1,
      },
    ];
  return [{ kind: "disc", x: stepX(lane, lane.reverse ? run[0] : run[1]) - 2, y, r: 4.5, fill: "forward", alpha: 1 }];
}

/** @param {Now} now @returns {DrawCommand[]} */
function legend({ view: { layout, frame } }) {
  if (!frame) return [];
  const y = layout.foot + LEGEND;
  const absent = frame.example && !frame.example.in_batch ? absence(frame) : "";
  const gates = layout.bands?.some(({ lanes }) => lanes.some(({ open }) => open));
  const long = absent || say(gates ? "time.legend.gates" : "time.legend");
  const text = widthOf(long, TYPE.small) + 170 < layout.width ? long : say(gates ? "time.cells.gates" : "time.cells");
  return signs(y, text);
}
