/**
 * The loss by step: training solid, test dashed, and a line where we stand. Its x is that of the line of time, and it is a
 * slider like it: a click goes to that step. The losses of a second run stand beside them.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import Plot from "uplot";
import { curvesOf, nearest, upTo } from "../layout/curves.js";
import { placeAt, timeAt, timeOf } from "../layout/timeline.js";
import { say } from "../words/say.js";
import { setAttributes } from "./dom.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";
import { listenToDrags } from "./scrubbing.js";
import { timeKeys } from "./timekeys.js";
import { lineOf, zoom } from "./timeline.js";
import { inks } from "./tokens.js";

const HEIGHT = 116;

/** @typedef {Readonly<{ place: HTMLElement, tip: HTMLElement, width: Signal<number>, log: Signal<boolean> }>} Parts */

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {Parts} parts
 */
export function startChart(store, actions, { place, tip, width, log }) {
  /** @type {any} */
  let plot = null;
  watch(() => {
    void store.look.value;
    const [size, two] = [width.value, store.beside.value !== null];
    if (!size) return;
    plot?.destroy();
    plot = new Plot(optionsOf(size, log.value, store, two), dataOf(store), place);
  });
  watch(() => plot?.setData(dataOf(store)));
  watch(() => {
    void [store.position.value, store.beside.value?.store.position.value];
    const span = spanOf(store);
    if (span) plot?.setScale("x", { min: span.from, max: span.to });
    plot?.redraw(false);
  });
  watch(() => tell(store, place));
  if (store.owner.value) listen(store, actions, place, () => plot);
  hover(store, place, tip, () => plot);
}

/** The steps that the line of time shows. @param {Store} store */
function spanOf(store) {
  return lineOf(store, 1)?.span ?? null;
}

/** @param {Store} store @returns {any} */
function dataOf(store) {
  const other = store.beside.value?.store;
  return curvesOf(curveOf(store), other ? curveOf(other) : null);
}

/** @param {Store} store */
function curveOf(store) {
  return upTo(store.history.value, store.position.value.step, store.metrics.value);
}

/** @param {Store} store @param {HTMLElement} place */
function tell(store, place) {
  const step = store.position.value.step;
  setAttributes(place, {
    role: "slider",
    tabindex: 0,
    title: say("timeline.curve"),
    "aria-valuemin": 0,
    "aria-valuemax": Math.max(step, store.timeline.value?.newest ?? 0),
    "aria-valuenow": step,
    "aria-valuetext": valuesAt(store, step),
  });
}

/** What the losses are there, in words. @param {Store} store @param {number} step */
function valuesAt(store, step) {
  const curve = curveOf(store);
  const index = nearest(curve.step, step);
  const [train, test] = [curve.train_loss[index], curve.test_loss[index]];
  const losses = [
    typeof train === "number" ? say("timeline.curve.train", { loss: number(train, 3) }) : "",
    typeof test === "number" ? say("timeline.curve.test", { loss: number(test, 3) }) : "",
  ];
  return say("timeline.curve.value", { step: curve.step[index] ?? step, losses: losses.filter(Boolean).join(", ") });
}

/** @param {Store} store @param {Actions} actions @param {HTMLElement} place @param {() => any} chart */
function listen(store, actions, place, chart) {
  /** The line of time as the chart has it, and x within its frame. @param {number} x */
  function within(x) {
    const over = chart()?.over;
    const line = over && lineOf(store, over.clientWidth);
    return line ? { line, x: x - over.offsetLeft } : null;
  }
  listenToDrags(place, {
    begin: () => {
      store.scrubbing.value = true;
    },
    move: (x) => {
      const at = within(x);
      if (!at) return;
      const { step, op } = placeAt(at.line, at.x);
      actions.scrub(step, op, { dragging: true });
    },
    end: () => {
      store.scrubbing.value = false;
      actions.rest();
    },
    zoom: (factor, x) => {
      const at = within(x);
      if (at) zoom(store, factor, timeAt(at.line.span, at.line.width, at.x));
    },
  });
  timeKeys(place, store, actions, { zoom: (factor) => zoom(store, factor) });
}

/** Over the curve, the numbers below the pointer. @param {Store} store @param {HTMLElement} place @param {HTMLElement} tip @param {() => any} chart */
function hover(store, place, tip, chart) {
  place.addEventListener("pointermove", (event) => {
    const over = chart()?.over;
    const line = over && lineOf(store, over.clientWidth);
    if (!line) return;
    const time = timeAt(line.span, line.width, event.clientX - over.getBoundingClientRect().left);
    tip.textContent = valuesAt(store, Math.round(time));
    tip.hidden = false;
  });
  place.addEventListener("pointerleave", () => {
    tip.hidden = true;
  });
}

/** @param {number} width @param {boolean} log @param {Store} store @param {boolean} two @returns {any} */
function optionsOf(width, log, store, two) {
  const ink = inks();
  const axis = {
    stroke: ink("ink3"),
    font: "10px system-ui",
    grid: { stroke: ink("line2"), width: 1 },
    ticks: { show: false },
  };
  const line = { points: { show: false }, spanGaps: true };
  return {
    width,
    height: HEIGHT,
    padding: [6, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: () => rangeOf(store) }, y: log ? { distr: 3 } : { range: fromZero } },
    axes: [
      { ...axis, size: 20, gap: 2, space: 46 },
      {
        ...axis,
        size: 34,
        gap: 3,
        space: 26,
        values: (/** @type {any} */ _, /** @type {number[]} */ ticks) =>
          ticks.map((tick) => (tick === null ? "" : number(tick, 2))),
      },
    ],
    series: [
      {},
      { ...line, stroke: ink("fwd"), width: 2 },
      { ...line, stroke: ink("ink3"), width: 1.4, dash: [5, 4] },
      ...(two
        ? [
            { ...line, stroke: ink("ink"), width: 2, dash: [8, 3, 2, 3] },
            { ...line, stroke: ink("ink"), width: 1, dash: [2, 4] },
          ]
        : []),
    ],
    hooks: { draw: [(/** @type {any} */ plot) => drawNow(plot, store, ink("ink"))] },
  };
}

/** @param {Store} store @returns {[number, number]} */
function rangeOf(store) {
  const span = spanOf(store);
  return span ? [span.from, span.to] : [0, Math.max(1, store.history.peek().step.at(-1) ?? 1)];
}

/**
 * A loss has a floor at 0: the axis shows it.
 *
 * @param {unknown} _plot
 * @param {number | null} low
 * @param {number | null} high
 * @returns {[number, number]}
 */
function fromZero(_plot, low, high) {
  return [Math.min(0, low ?? 0), (high || 1) * 1.05];
}

/** Where we stand. @param {any} plot @param {Store} store @param {string} ink */
function drawNow(plot, store, ink) {
  const { left, top, width, height } = plot.bbox;
  const time = timeOf(store.position.peek(), store.calls.peek().length);
  const x = Math.round(plot.valToPos(time, "x", true));
  plot.ctx.fillStyle = ink;
  if (Number.isFinite(x) && x >= left && x <= left + width)
    plot.ctx.fillRect(x, top, Math.max(1, globalThis.devicePixelRatio), height);
}
