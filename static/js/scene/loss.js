/**
 * The loss: a card beside the outputs, with the prediction, the target, and the link between them.
 *
 * @import { DrawCommand, Ink, LayerBox, Point, StageLayout, UnitBox } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { CLASS_NAME } from "../layout/layout.js";
import { touches } from "../layout/sight.js";
import { fitted } from "../layout/text.js";
import { say } from "../words/say.js";
import { asKnown } from "./known.js";
import { curve, label, numeral, path, TYPE } from "./marks.js";
import { short } from "./numbers.js";
import { scalarOf, valuesOf } from "./reading.js";

const ROW = 18;
const HEAD = 54;
const PAD = 11;
/** The lines to it, and the names of the outputs. */
const AROUND = 400;

/** @typedef {Readonly<{ name: string, text: string, ink: Ink, alpha: number }>} Row */
/** @typedef {Readonly<{ unit: UnitBox, from: Point, to: Point }>} Link */

/** @param {StageLayout} layout @returns {LayerBox | undefined} */
function outputOf({ layers, graph }) {
  const id = graph.output.replace(/\.[az]$/, "");
  return layers.find((box) => box.id === id) ?? layers.find(({ role }) => role === "output");
}

/**
 * The lines from the outputs to the card: the loss flows along them, and the first gradient back.
 *
 * @param {StageLayout} layout
 * @returns {Link[]}
 */
export function links(layout) {
  const output = outputOf(layout);
  const { x, y, height } = layout.loss;
  const count = output?.units.length ?? 0;
  if (!output || count > 24) return [];
  return output.units.map((unit) => {
    const share = count === 1 ? 0.5 : 0.25 + (0.5 * unit.unit) / (count - 1);
    return { unit, from: { x: unit.x + output.right, y: unit.y }, to: { x, y: y + height * share } };
  });
}

/** @param {Now} now @returns {DrawCommand[]} */
export function loss(now) {
  const { layout, frame } = now.view;
  const value = scalarOf(frame, "loss");
  const p = now.progress("loss");
  const shown = rows(now);
  const area = areaOf(layout, shown.length);
  if (layout.sight && !touches(layout.sight, area, AROUND)) return [];
  const lines = links(layout).map(({ from, to }) =>
    curve(from, to, { ink: "ink3", width: 1.3, alpha: 0.8, dash: p === 0 }),
  );
  return [
    ...lines,
    ...targets(now),
    ...card(now, area, p > 0 ? value : null, p),
    ...shown.flatMap((row, index) => rowLine(area, row, index)),
  ];
}

/** @param {StageLayout} layout @param {number} count of rows */
export function areaOf({ loss: { x, y, width, height } }, count) {
  const tall = HEAD + ROW * Math.max(1, count) + 8;
  return { x, y: y + (height - tall) / 2, width, height: tall };
}

/** Where the card is drawn at this moment. @param {Now} now */
export function cardArea(now) {
  return areaOf(now.view.layout, rows(now).length);
}

/** @param {Now} now @param {ReturnType<typeof areaOf>} area @param {number | null} value @param {number} p @returns {DrawCommand[]} */
function card(now, { x, y, width, height }, value, p) {
  const middle = x + width / 2;
  const active = now.beat?.kind === "loss" && p < 1;
  const edge = { x, y, width, height, radius: 10 };
  const words = value === null ? say("scene.missing") : short(value);
  const ink = value === null ? "ink3" : Number.isFinite(value) ? "ink" : "warning";
  return [
    { kind: "bar", ...edge, fill: "card", alpha: 1 },
    { kind: "outline", ...edge, ink: active ? "ink" : value === null ? "ink3" : "line", dash: value === null },
    label(middle, y + 17, say("scene.loss"), { size: TYPE.small }),
    value === null
      ? label(middle, y + 37, words, { ink, size: TYPE.small })
      : numeral(middle, y + 37, words, { ink, size: 16, bold: true, alpha: p }),
    path(
      [
        { x: x + PAD, y: y + HEAD - 3 },
        { x: x + width - PAD, y: y + HEAD - 3 },
      ],
      "line",
      { width: 1 },
    ),
  ];
}

/** @param {Now} now @returns {Row[]} */
function rows(now) {
  const { layout, frame } = now.view;
  const output = outputOf(layout);
  const example = scalarOf(frame, "loss:example");
  const penalty = scalarOf(frame, "penalty");
  const p = now.progress("loss");
  const shown = output ? predictions(now, output) : [];
  if (example !== null && p > 0) shown.push({ name: say("scene.this"), text: short(example), ink: "ink2", alpha: p });
  if (penalty !== null && now.progress("penalty") > 0)
    shown.push({ name: say("scene.penalty"), text: short(penalty), ink: "ink2", alpha: now.progress("penalty") });
  return shown;
}

/** @param {Now} now @param {LayerBox} output @returns {Row[]} */
function predictions(now, output) {
  const { a } = now.numbers(output.id);
  const p = now.progress(`${output.id}.a`);
  const wanted = targetsOf(now);
  const alone = output.units.length === 1;
  const unit = alone ? 0 : best(wanted ?? a);
  const which = alone ? "" : `[${fitted(output.units[unit]?.name || String(unit + 1), TYPE.small, 46)}]`;
  const predicted =
    a && p > 0 ? asKnown(short(a[unit] ?? Number.NaN), now.view.frame?.tensors.get(`${output.id}.a`)) : "·";
  /** @type {Row[]} */
  const found = [{ name: `ŷ${which}`, text: predicted, ink: "forward", alpha: 1 }];
  const target = alone ? say("describe.target") : `t${which}`;
  if (wanted) found.push({ name: target, text: short(wanted[unit] ?? Number.NaN), ink: "ink", alpha: 1 });
  return found;
}

/** @param {Now} now @returns {Float32Array | null} */
function targetsOf({ view: { frame } }) {
  const encoded = valuesOf(frame?.tensors.get("target"));
  if (encoded) return encoded;
  return frame?.example?.target.length ? Float32Array.from(frame.example.target) : null;
}

/** Which entry is the largest. @param {Float32Array | null} values @returns {number} */
function best(values) {
  return values ? values.reduce((most, value, index) => (value > (values[most] ?? -Infinity) ? index : most), 0) : 0;
}

/** @param {ReturnType<typeof areaOf>} area @param {Row} row @param {number} index @returns {DrawCommand[]} */
function rowLine({ x, y, width }, { name, text, ink, alpha }, index) {
  const line = y + HEAD + ROW * (index + 0.5) + 2;
  return [
    label(x + PAD, line, name, { align: "left", size: TYPE.small, ink: ink === "forward" ? "forward" : "ink2" }),
    numeral(x + width - PAD, line, text, { align: "right", ink, alpha }),
  ];
}

/** What each of several outputs should be, beside its disc. @param {Now} now @returns {DrawCommand[]} */
function targets(now) {
  const output = outputOf(now.view.layout);
  const wanted = targetsOf(now);
  if (!output || output.units.length < 2 || output.tier !== "full") return [];
  return output.units.flatMap(({ unit, x, y, r, name }) => {
    const t = wanted?.[unit];
    const left = x + r + 8;
    const own = fitted(name, TYPE.small, CLASS_NAME);
    const target = t === undefined ? "" : `t ${short(t)}`;
    return [
      label(left, y - 11, own, { align: "left", size: TYPE.small, ink: "ink", plate: own !== "" }),
      numeral(left, y + 11, target, { align: "left", size: TYPE.small, ink: "ink2", plate: target !== "" }),
    ];
  });
}
