/**
 * The loss by step: training solid, test dashed, and a line where we stand. uPlot is fetched after the first paint.
 *
 * @import { History } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { el, section, text } from "./dom.js";
import { number } from "./format.js";
import { loadStyles } from "./formula.js";
import { watch } from "./lifetime.js";
import { inks } from "./tokens.js";

const HEIGHT = 116;

/** @param {Store} store */
export function lossPanel(store) {
  const place = el("div", { class: "chart", attributes: { role: "img" } });
  const width = signal(0);
  const log = signal(false);
  watch(() => {
    place.ariaLabel = describe(store.history.value);
  });
  new ResizeObserver(([entry]) => {
    width.value = Math.round(entry?.contentRect.width ?? 0);
  }).observe(place);
  let started = false;
  watch(() => {
    if (started || (store.position.value.step === 0 && store.history.value.step.length < 2)) return;
    started = true;
    startChart(store, place, width, log);
  });
  const box = el("div", { class: "chart-box" }, place, logToggle(log));
  return section(say("charts.loss"), el("span", { class: "chart-legend mono" }, ...legend(store)), box);
}

/** @param {Store} store */
function legend(store) {
  const value = (/** @type {"train_loss" | "test_loss"} */ name) => store.metrics.value?.[name];
  const train = el(
    "span",
    { class: "train" },
    text(() => say("charts.train", { loss: shown(value("train_loss")) })),
  );
  const test = el(
    "span",
    { class: "test" },
    text(() => ((value("test_loss") ?? null) === null ? "" : say("charts.test", { loss: shown(value("test_loss")) }))),
  );
  return [train, test];
}

/** @param {import("@preact/signals-core").Signal<boolean>} log */
function logToggle(log) {
  const button = el(
    "button",
    { class: "chip small", type: "button", title: say("charts.log.title") },
    say("charts.log"),
  );
  button.addEventListener("click", () => {
    log.value = !log.value;
  });
  watch(() => button.setAttribute("aria-pressed", String(log.value)));
  return button;
}

/** @param {number | null | undefined} value */
function shown(value) {
  return value === null || value === undefined ? "" : number(value, 3);
}

/** @param {History} history */
function describe({ step, train_loss: train }) {
  if (!step.length) return say("charts.nothing");
  const [first, last] = [number(train[0], 3), number(train.at(-1), 3)];
  return say("charts.course", { first, from: step[0] ?? 0, last, to: step.at(-1) ?? 0 });
}

/**
 * @param {Store} store
 * @param {HTMLElement} place
 * @param {import("@preact/signals-core").Signal<number>} width
 * @param {import("@preact/signals-core").Signal<boolean>} log
 */
async function startChart(store, place, width, log) {
  const [{ default: Plot }] = await Promise.all([import("uplot"), loadStyles("uplot")]);
  /** @type {any} */
  let plot = null;
  watch(() => {
    void store.look.value;
    const size = width.value;
    if (!size) return;
    plot?.destroy();
    plot = new Plot(
      optionsOf(size, log.value, () => store.position.peek().step),
      dataOf(store, store.history.peek()),
      place,
    );
  });
  watch(() => plot?.setData(dataOf(store, store.history.value)));
  watch(() => {
    void store.position.value;
    plot?.redraw(false);
  });
}

/** The history, and where we stand if it has not come so far: of large networks it has few points. @param {Store} store @param {History} history @returns {any} */
function dataOf(store, { step, train_loss, test_loss }) {
  const now = store.position.value.step;
  const { train_loss: train, test_loss: test } = store.metrics.value ?? {};
  if (now <= (step.at(-1) ?? -1) || typeof train !== "number") return [step, train_loss, test_loss];
  return [
    [...step, now],
    [...train_loss, train],
    [...test_loss, test ?? null],
  ];
}

/** @param {number} width @param {boolean} log @param {() => number} now @returns {any} */
function optionsOf(width, log, now) {
  const ink = inks();
  const axis = {
    stroke: ink("ink3"),
    font: "10px system-ui",
    grid: { stroke: ink("line2"), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    padding: [6, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: log ? { distr: 3 } : { range: fromZero } },
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
      { stroke: ink("fwd"), width: 2, points: { show: false }, spanGaps: true },
      { stroke: ink("ink3"), width: 1.4, dash: [5, 4], points: { show: false }, spanGaps: true },
    ],
    hooks: { draw: [(/** @type {any} */ plot) => drawNow(plot, now(), ink("ink"))] },
  };
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

/** @param {any} plot @param {number} step @param {string} color */
function drawNow(plot, step, color) {
  const x = Math.round(plot.valToPos(step, "x", true));
  const { left, top, width, height } = plot.bbox;
  if (!Number.isFinite(x) || x < left || x > left + width) return;
  plot.ctx.fillStyle = color;
  plot.ctx.fillRect(x, top, Math.max(1, globalThis.devicePixelRatio), height);
}
