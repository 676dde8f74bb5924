/**
 * The data as a scatter plot: click a point and the stage follows that example.
 *
 * @import { Dataset } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Dot, Frame2d } from "./plot.js"
 */

import { computed, signal } from "@preact/signals-core";
import { columnName } from "../state/names.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { selectField } from "./fields.js";
import { number } from "./format.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { classInk, drawDots, nearest, rangeOf, toPixels } from "./plot.js";
import { setter } from "./segment.js";
import { twin } from "./tables.js";
import { inks, rgb, sharp } from "./tokens.js";
import { widthOf } from "./width.js";

const HEIGHT = 150;

const twins = lazily(() => import("./twins.js"));

/** @param {Store} store @param {Actions} actions */
export function scatter(store, actions) {
  const canvas = el("canvas", { class: "scatter" });
  const width = widthOf(canvas, 216);
  const axes = { x: signal(""), y: signal("") };
  const tip = el("span", { class: "tip", hidden: true });
  const dots = computed(() => {
    const dataset = store.dataset.value;
    return dataset ? dotsOf(dataset, axes.x.value, axes.y.value, width.value, HEIGHT) : [];
  });
  watch(() => chooseAxes(store.dataset.value, axes));
  watch(() => paint(canvas, store, dots.value, width.value));
  watch(() => {
    canvas.ariaLabel = label(store.dataset.value, axes.x.value, axes.y.value);
  });
  canvas.setAttribute("role", "img");
  canvas.addEventListener("click", (event) => {
    const dot = nearest(dots.value, event.offsetX, event.offsetY);
    if (dot && !dot.test) actions.follow(dot.index);
  });
  canvas.addEventListener("pointermove", (event) =>
    showTip(tip, store, nearest(dots.value, event.offsetX, event.offsetY)),
  );
  canvas.addEventListener("pointerleave", () => showTip(tip, store, null));
  const numbers = twin(say("data.title"), twins, (made) => made.dataTable(store));
  return el("div", { class: "plot" }, canvas, axis(store, axes.y, "y"), axis(store, axes.x, "x"), tip, ...numbers);
}

/**
 * The plot's own choice of columns, as long as the dataset has the ones that were chosen.
 *
 * @param {Dataset | null} dataset
 * @param {{ x: import("@preact/signals-core").Signal<string>, y: import("@preact/signals-core").Signal<string> }} axes
 */
function chooseAxes(dataset, axes) {
  if (!dataset) return;
  const [first = "", second = ""] = dataset.plot ? [dataset.plot.x, dataset.plot.y] : tellingColumns(dataset);
  if (!dataset.columns.includes(axes.x.peek())) axes.x.value = first;
  if (!dataset.columns.includes(axes.y.peek())) axes.y.value = second;
}

/** Columns that spread the points, before those that hold only one or two values. @param {Dataset} dataset */
function tellingColumns({ columns, train }) {
  const values = columns.map((_, at) => new Set(train.raw.map((row) => row[at])).size);
  const telling = columns.filter((_, at) => (values[at] ?? 0) > 2);
  return [...telling, ...columns.filter((name) => !telling.includes(name))];
}

/** @param {Store} store @param {import("@preact/signals-core").Signal<string>} chosen @param {"x" | "y"} which */
function axis(store, chosen, which) {
  const arrow = which === "x" ? "→" : "↑";
  const options = () =>
    (store.dataset.value?.columns ?? []).map((name) => ({ value: name, label: `${columnName(name)} ${arrow}` }));
  const onChange = setter(chosen);
  const select = selectField({ options, value: () => chosen.value, onChange, label: say("data.axis", { which }) });
  select.classList.add("axis", `axis-${which}`);
  return select;
}

/**
 * @param {Dataset} dataset
 * @param {string} x
 * @param {string} y
 * @param {number} width
 * @param {number} height
 * @returns {readonly Dot[]}
 */
export function dotsOf(dataset, x, y, width, height) {
  const [i, j] = [dataset.columns.indexOf(x), dataset.columns.indexOf(y)];
  if (i < 0) return []; // images and texts have no columns, so no place in a plot
  const rows = [...dataset.train.raw, ...dataset.test.raw];
  const ranges = {
    x: rangeOf(rows.map((row) => row[i] ?? 0)),
    y: rangeOf(rows.map((row) => (j < 0 ? 0 : (row[j] ?? 0)))),
  };
  /** @type {Frame2d} */
  const frame = { width, height, ...ranges };
  /** @param {"train" | "test"} part */
  const part = (part) =>
    dataset[part].raw.map((row, index) => {
      const [px, py] = toPixels(frame, row[i] ?? 0, j < 0 ? 0 : (row[j] ?? 0));
      return { x: px, y: py, target: targetOf(dataset[part].targets[index]), test: part === "test", index };
    });
  return [...part("train"), ...part("test")];
}

/** A target may be a number or a row of numbers (one-hot: the place of the 1). @param {unknown} target @returns {number} */
export function targetOf(target) {
  if (!Array.isArray(target)) return Number(target ?? 0);
  return target.length > 1 ? target.indexOf(Math.max(...target)) : Number(target[0] ?? 0);
}

/** @param {HTMLCanvasElement} canvas @param {Store} store @param {readonly Dot[]} dots @param {number} width */
function paint(canvas, store, dots, width) {
  void store.look.value;
  const dataset = store.dataset.value;
  const followed = store.frame.value?.example?.example ?? null;
  const context = sharp(canvas, width, HEIGHT);
  if (!context || !dataset) return;
  const ink = inks();
  const classes = dataset.task === "classification";
  const targets = dots.map(({ target }) => target);
  const color = classes ? (/** @type {number} */ target) => ink(classInk(target)) : scale(ink, rangeOf(targets));
  drawDots(context, dots, { ink, classes, color, followed });
}

/**
 * A measured target: from orange over grey to blue.
 *
 * @param {import("./tokens.js").Inks} ink
 * @param {import("./plot.js").Range} range
 * @returns {(value: number) => string}
 */
export function scale(ink, range) {
  const [low, middle, high] = [rgb(ink("neg")), rgb(ink("none")), rgb(ink("pos"))];
  return (value) => {
    const t = (2 * (value - range.low)) / (range.high - range.low || 1) - 1;
    const [from, to, share] = t < 0 ? [middle, low, -t] : [middle, high, t];
    return `rgb(${from.map((part, at) => Math.round(part + ((to[at] ?? part) - part) * Math.min(1, share))).join(" ")})`;
  };
}

/** @param {HTMLElement} tip @param {Store} store @param {Dot | null} dot */
function showTip(tip, store, dot) {
  const dataset = store.dataset.value;
  tip.hidden = !dot;
  if (!dot || !dataset) return;
  const kind = dataset.classes[dot.target] ?? `${dataset.target_name} ${number(dot.target)}`;
  tip.textContent = say(dot.test ? "data.tip.test" : "data.tip", { kind });
}

/** @param {Dataset | null} dataset @param {string} x @param {string} y */
function label(dataset, x, y) {
  if (!dataset) return say("data.plot.none");
  const { train, test } = dataset;
  return say("data.plot", { train: train.count, test: test.count, x: columnName(x), y: columnName(y) });
}
