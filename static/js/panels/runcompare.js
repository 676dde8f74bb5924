/**
 * Several runs beside each other: what differs between their specs, and their losses in one drawing.
 *
 * @import { Run } from "../state/runs.js"
 */

import { say } from "../words/say.js";
import { el, svg } from "./dom.js";
import { number, whole } from "./format.js";
import { accuracyOf, differences } from "./runwords.js";

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [560, 170, 50, 22, 8, 120];
const INKS = ["fwd", "bwd", "upd", "neg", "pos", "class4"];
/** A second mark beside the hue. */
const DASHES = ["", "7 3", "2 3", "10 3 2 3", "4 4", "1 4"];
export const MOST_COMPARED = INKS.length;

/** @param {readonly Run[]} runs two or more */
export function compared(runs) {
  return el(
    "section",
    { class: "runs-compared", attributes: { "aria-label": say("runs.compared", { n: runs.length }) } },
    el("div", null, el("h3", { class: "strip-title" }, say("runs.compared", { n: runs.length })), curves(runs)),
    differing(runs),
  );
}

/** @param {readonly Run[]} runs */
function differing(runs) {
  const rows = differences(runs.map(({ spec }) => spec));
  const results = /** @type {const} */ ([
    ["step", (/** @type {Run} */ run) => whole(run.step)],
    ["train_loss", (/** @type {Run} */ run) => number(run.train_loss, 3)],
    [
      "test_loss",
      (/** @type {Run} */ run) => (run.test_loss === null ? say("runs.missing") : number(run.test_loss, 3)),
    ],
    ["accuracy", accuracyOf],
  ]);
  const line = (/** @type {string} */ head, /** @type {readonly string[]} */ cells) =>
    el("tr", null, el("th", { scope: "row" }, head), ...cells.map((cell) => el("td", { class: "mono" }, cell)));
  const heads = runs.map(({ name }, at) => el("th", { scope: "col" }, swatch(at), " ", name));
  return el(
    "div",
    { class: "wide-table" },
    rows.length ? null : el("p", { class: "say" }, say("runs.same")),
    el(
      "table",
      { class: "examples" },
      el("thead", null, el("tr", null, el("th", { scope: "col" }, say("runs.differ")), ...heads)),
      el(
        "tbody",
        null,
        ...rows.map(({ path, values }) =>
          line(
            path,
            values.map((value) => value ?? say("runs.missing")),
          ),
        ),
        ...results.map(([name, value]) => line(say(`runs.head.${name}`), runs.map(value))),
      ),
    ),
  );
}

/** @param {number} at */
function swatch(at) {
  const line = svg("line", { x1: 0, x2: 22, y1: 4, y2: 4, ...look(at) });
  return svg("svg", { viewBox: "0 0 22 8", width: 22, height: 8, "aria-hidden": "true" }, line);
}

/** @param {number} at */
function look(at) {
  return { class: `curve ink-${INKS[at % INKS.length]}`, "stroke-dasharray": DASHES[at % DASHES.length] ?? "" };
}

/**
 * Steps are counted from where each run began, so that runs that went on from elsewhere begin together.
 *
 * @param {readonly Run[]} runs
 */
export function placesOf(runs) {
  const losses = runs.flatMap(({ curve }) => curve.train.filter((loss) => loss !== null).map(Number));
  const [low, high] = [Math.min(0, ...losses), Math.max(...losses, 1e-12)];
  const most = Math.max(1, ...runs.map(({ from, step }) => step - from));
  return {
    most,
    high,
    /** @param {number} step */
    x: (step) => LEFT + (step / most) * (WIDTH - LEFT - RIGHT),
    /** @param {number} loss */
    y: (loss) => HEIGHT - BOTTOM - ((loss - low) / (high - low)) * (HEIGHT - BOTTOM - TOP),
  };
}

/** @param {readonly Run[]} runs */
function curves(runs) {
  const { x, y, most, high } = placesOf(runs);
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "rate-chart", role: "img" });
  drawing.ariaLabel = say("runs.chart", { names: runs.map(({ name }) => name).join(", ") });
  const floor = HEIGHT - BOTTOM;
  drawing.append(
    svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: floor, y2: floor, class: "grid" }),
    svg("text", { x: LEFT - 6, y: TOP + 8, class: "tick end" }, number(high, 2)),
    svg("text", { x: LEFT - 6, y: floor, class: "tick end" }, "0"),
    svg("text", { x: WIDTH - RIGHT, y: HEIGHT - 8, class: "tick end" }, whole(most)),
  );
  runs.forEach(({ name, curve, from }, at) => {
    const points = curve.step
      .map((step, place) => ({ step, loss: curve.train[place] ?? null }))
      .filter(({ loss }) => loss !== null)
      .map(({ step, loss }) => `${x(step - from).toFixed(1)},${y(Number(loss)).toFixed(1)}`);
    const height = TOP + 8 + 14 * at;
    drawing.append(
      svg("polyline", { points: points.join(" "), ...look(at) }),
      svg("line", { x1: WIDTH - RIGHT + 8, x2: WIDTH - RIGHT + 28, y1: height - 3, y2: height - 3, ...look(at) }),
      svg("text", { x: WIDTH - RIGHT + 33, y: height, class: "tick" }, name.slice(0, 16)),
    );
  });
  return el("div", { class: "rate-drawing" }, drawing);
}
