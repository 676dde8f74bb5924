/**
 * The gradient on its way: by time step for each recurrent layer, by layer where a network is deep. A scale of powers of ten,
 * so that vanishing and exploding are seen; a curve can be kept to compare another network with it.
 *
 * @import { Block, Frame, Graph } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { signal } from "@preact/signals-core";
import { isComputed, normOf } from "../scene/lanes.js";
import { logScale, logShare, power } from "../scene/tracks.js";
import { DEEP } from "../state/contents.js";
import { titleOf } from "../state/names.js";
import { say } from "../words/say.js";
import { el, follow, section, sentence, svg } from "./dom.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";

const [WIDTH, HEIGHT] = [206, 92];
const PLOT = { left: 34, right: 4, top: 8, bottom: 16 };

/** A curve: NaN where nothing is computed. @typedef {Readonly<{ name: string, kind: "state" | "cell" | "kept", values: readonly number[] }>} Curve */
/** @typedef {Readonly<{ title: string, axis: string, curves: readonly Curve[] }>} Chart */

/** @param {Store} store */
export function throughTimePanel(store) {
  /** What was kept, by the chart's axis. */
  const kept = signal(/** @type {readonly (Chart & { about: string })[]} */ ([]));
  const charts = () => chartsOf(store.graph.value, store.frame.value, store.metrics.value?.signal_norms ?? {});
  const keep = el("button", { class: "tiny wide", type: "button", title: say("time.keep.title") }, say("time.keep"));
  keep.addEventListener("click", () => {
    const about = titleOf(store);
    kept.value = kept.value.length ? [] : charts().map((chart) => ({ ...chart, about }));
  });
  watch(() => {
    keep.textContent = kept.value.length ? say("time.release") : say("time.keep");
  });
  const body = follow(el("div", { class: "through" }), () =>
    charts().flatMap((chart) => drawn(withKept(chart, kept.value))),
  );
  const panel = section(say("time.way"), keep, body);
  watch(() => {
    panel.hidden = charts().length === 0;
  });
  return panel;
}

/** @param {Chart} chart @param {readonly Chart[]} kept @returns {Chart} */
function withKept(chart, kept) {
  const others = kept
    .filter(({ axis }) => axis === chart.axis)
    .flatMap(({ title, curves }) =>
      curves
        .slice(0, 1)
        .map((curve) => ({ ...curve, name: say("time.kept", { title }), kind: /** @type {const} */ ("kept") })),
    );
  return { ...chart, curves: [...chart.curves, ...others] };
}

/**
 * @param {Graph | null} graph
 * @param {Frame | null} frame
 * @param {Readonly<Record<string, number | null>>} norms of what arrives, by layer
 * @returns {readonly Chart[]}
 */
export function chartsOf(graph, frame, norms) {
  if (!graph) return [];
  const recurrent = graph.layers.flatMap(({ id, blocks = [] }) =>
    [id, `${id}.back`].flatMap((prefix) => {
      const curves = blocks.flatMap((block) => curveOf(prefix, block, frame));
      return curves.length ? [{ title: prefix, axis: say("describe.time"), curves }] : [];
    }),
  );
  const layers = graph.layers.filter(({ id }) => id in norms).map(({ id }) => id);
  const values = layers.map((id) => norms[id] ?? Number.NaN);
  const deep =
    layers.length >= DEEP
      ? [
          {
            title: say("time.layers"),
            axis: say("describe.layer"),
            curves: [{ name: "‖dz‖", kind: /** @type {const} */ ("state"), values }],
          },
        ]
      : [];
  return [...recurrent, ...deep];
}

/** @param {string} prefix @param {Block} block @param {Frame | null} frame @returns {Curve[]} */
function curveOf(prefix, { name, steps }, frame) {
  const which = name === `${prefix}.h` ? "h" : name === `${prefix}.c` ? "c" : "";
  if (!which) return [];
  const tensor = frame?.tensors.get(`${name}:gradient`);
  const values = Array.from({ length: steps }, (_, t) =>
    isComputed(tensor, t) ? normOf(tensor, steps, t) : Number.NaN,
  );
  return [{ name: `‖d${which}‖`, kind: which === "h" ? "state" : "cell", values }];
}

/** @param {Chart} chart @returns {Element[]} */
function drawn(chart) {
  const { title, axis, curves } = chart;
  const all = curves.flatMap(({ values }) => values).filter((value) => value > 0 && Number.isFinite(value));
  const words = inWords(chart);
  const head = el("p", { class: "through-head" }, ...sentence("time.by", { title: el("b", null, title), axis: axis }));
  if (all.length === 0) return [head, el("p", { class: "say" }, say("time.missing"))];
  const scale = logScale(all);
  const picture = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "through-time",
    role: "img",
    "aria-label": words,
  });
  picture.append(...grid(scale, curves[0]?.values.length ?? 1), ...curves.flatMap((curve) => line(curve, scale)));
  return [head, picture, key(curves), el("p", { class: "say" }, words)];
}

/** @param {readonly Curve[]} curves */
function key(curves) {
  return el(
    "p",
    { class: "through-key" },
    ...curves.map(({ name, kind }) => el("span", { class: `key ${kind}` }, name)),
  );
}

/** @param {import("../scene/tracks.js").LogScale} scale @param {number} count */
function grid({ top, decades }, count) {
  const every = Math.ceil(decades / 4);
  const exponents = Array.from({ length: decades + 1 }, (_, at) => top - at).filter((_, at) => at % every === 0);
  const lines = exponents.flatMap((exponent) => {
    const y = yOf((exponent - top + decades) / decades);
    return [
      svg("path", { d: `M${PLOT.left} ${y}H${WIDTH - PLOT.right}`, class: "axis" }),
      svg("text", { x: PLOT.left - 4, y: y + 3, "text-anchor": "end" }, power(exponent)),
    ];
  });
  const ends = [0, count - 1].map((at) =>
    svg("text", { x: xOf(at, count), y: HEIGHT - 4, "text-anchor": at ? "end" : "start" }, String(at)),
  );
  return [...lines, ...ends];
}

/** @param {Curve} curve @param {import("../scene/tracks.js").LogScale} scale */
function line({ kind, values }, scale) {
  const points = values.map((value, at) => ({
    value,
    x: xOf(at, values.length),
    y: yOf(value > 0 ? logShare(scale, value) : 0),
  }));
  // 0 has no place on such a scale: the curve has a gap there.
  const parts = points.map(({ value, x, y }, at) =>
    value > 0 ? `${(points[at - 1]?.value ?? 0) > 0 ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}` : "",
  );
  const dots =
    kind === "state" && values.length <= 40
      ? points
          .filter(({ value }) => value > 0)
          .map(({ x, y }) => svg("circle", { cx: x, cy: y, r: 1.8, class: "dot-now" }))
      : [];
  return [svg("path", { d: parts.join(""), class: `curve ${kind}` }), ...dots];
}

/** @param {number} at @param {number} count */
function xOf(at, count) {
  return PLOT.left + ((WIDTH - PLOT.left - PLOT.right) * at) / Math.max(1, count - 1);
}

/** @param {number} share */
function yOf(share) {
  return PLOT.top + (HEIGHT - PLOT.top - PLOT.bottom) * (1 - share);
}

/**
 * How much of the gradient is left at the other end.
 *
 * @param {Chart} chart
 * @returns {string}
 */
export function inWords({ axis, curves }) {
  const values = curves[0]?.values ?? [];
  const places = values.map((value, at) => (value > 0 && Number.isFinite(value) ? at : -1)).filter((at) => at >= 0);
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined || first === last) return say("time.begun");
  const [early, late] = [values[first] ?? 0, values[last] ?? 0];
  const ratio = early / late;
  const name = curves[0]?.name ?? "";
  const verdict =
    ratio < 1e-3
      ? say("time.vanishes")
      : ratio < 0.1
        ? say("time.fades")
        : ratio > 1e3
          ? say("time.explodes")
          : ratio > 10
            ? say("time.grows")
            : say("time.lives");
  const told = { name, axis, late: number(late, 2), last, early: number(early, 2), first, verdict };
  return say("time.course", told);
}
