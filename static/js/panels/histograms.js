/**
 * How the weights of each parameter, and its updates, are spread over time. Asked for while the tab is open.
 *
 * @import { HistogramsReply, ParameterStrips, Strip } from "../wire.js"
 * @import { Kind } from "./strips.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Store } from "../state/store.js"
 */

import { computed, signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { asked } from "./asked.js";
import { el, follow, text } from "./dom.js";
import { selectField } from "./fields.js";
import { number, whole } from "./format.js";
import { watch } from "./lifetime.js";
import { drawStrip, edgesOf, placeAt, shownBins } from "./strips.js";
import { inks } from "./tokens.js";
import { widthOf } from "./width.js";

const EVERY_MS = 900;
const HEIGHT = 88;
/** So many parameters the server tells of if none is named. */
const MOST = 16;

/** @param {Store} store @param {Actions} actions */
export function histogramsTab(store, actions) {
  const layer = signal("");
  const learned = computed(() => parametersOf(store));
  const question = () => learned.value.filter((name) => layer.value && layerOf(name) === layer.value).slice(0, MOST);
  const found = asked(store, question, actions.histograms, EVERY_MS);
  watch(() => {
    if (layer.value && !learned.value.some((name) => layerOf(name) === layer.value)) layer.value = "";
  });
  const names = computed(() => (found.value ? Object.keys(found.value.parameters).join("\n") : null));
  const cards = follow(el("div", { class: "strips" }), () => {
    if (names.value === null) return [];
    if (!names.value) return [el("p", { class: "say" }, say("histograms.frozen"))];
    return names.value.split("\n").map((name) => card(name, () => found.value?.parameters[name], store));
  });
  return el(
    "div",
    { class: "histograms" },
    el(
      "div",
      { class: "tab-controls" },
      layerField(layer, learned),
      el("span", { class: "say" }, say("histograms.intro")),
    ),
    cards,
  );
}

/** @param {Store} store @returns {readonly string[]} */
function parametersOf(store) {
  return (store.graph.value?.layers ?? []).flatMap(({ parameters }) => parameters.map(({ name }) => name));
}

/** @param {string} parameter */
function layerOf(parameter) {
  return parameter.slice(0, parameter.lastIndexOf("."));
}

/**
 * @param {import("@preact/signals-core").Signal<string>} layer
 * @param {{ readonly value: readonly string[] }} learned
 */
function layerField(layer, learned) {
  return selectField({
    label: say("histograms.layer"),
    options: () => {
      const many = learned.value.length > MOST;
      const all = many ? say("histograms.layers.first", { n: MOST }) : say("histograms.layers");
      const layers = [...new Set(learned.value.map(layerOf))];
      return [{ value: "", label: all }, ...layers.map((name) => ({ value: name, label: name }))];
    },
    value: () => layer.value,
    onChange: (value) => {
      layer.value = value;
    },
  });
}

/** @param {string} name @param {() => ParameterStrips | undefined} strips @param {Store} store */
function card(name, strips, store) {
  // Read in texts of their own: a card that were made anew with each answer would close its table and lose the focus.
  const title = text(() => say("histograms.name", { name, n: strips()?.entries ?? 0 }));
  const note = text(() => {
    const { entries = 0, counted = 0 } = strips() ?? {};
    return counted < entries ? say("histograms.counted", { n: whole(counted) }) : "";
  });
  const table = el("details", { class: "more" }, el("summary", null, say("histograms.table")));
  const place = el("div");
  table.append(place);
  const open = signal(false);
  table.addEventListener("toggle", () => {
    open.value = table.open;
  });
  follow(place, () => {
    const now = open.value ? strips() : undefined;
    return now ? [figuresTable(now.weights, "weights"), figuresTable(now.updates, "updates")] : [];
  });
  return el(
    "section",
    { class: "strip-card", attributes: { "aria-label": name } },
    el("div", { class: "head" }, el("h3", { class: "strip-title" }, title), el("span", { class: "none" }, note)),
    el(
      "div",
      { class: "strip-pair" },
      figure(name, "weights", () => strips()?.weights, store),
      figure(name, "updates", () => strips()?.updates, store),
    ),
    table,
  );
}

/** @param {string} name @param {Kind} kind @param {() => Strip | undefined} strip @param {Store} store */
function figure(name, kind, strip, store) {
  const canvas = el("canvas", { class: "strip", tabIndex: 0, attributes: { role: "img" } });
  const width = widthOf(canvas);
  watch(() => {
    void [store.theme.value, width.value];
    const now = strip();
    if (now && width.value) drawStrip(canvas, now, { width: width.value, height: HEIGHT }, inks());
    const what = say(`histograms.${kind}`);
    canvas.ariaLabel = say("histograms.alt", { what, name, n: now?.steps.length ?? 0, figures: figuresOf(now) });
  });
  const readout = reader(canvas, kind, strip);
  const head = el("span", { class: "strip-kind" }, say(`histograms.${kind}`), " ");
  head.append(el("small", { class: "none" }, say(`histograms.${kind}.scale`)));
  return el(
    "div",
    { class: "strip-figure" },
    head,
    el("div", { class: "strip-box" }, canvas, ...labels(kind, strip)),
    readout,
  );
}

/** What the upper and the lower edge, the first and the last column are. @param {Kind} kind @param {() => Strip | undefined} strip */
function labels(kind, strip) {
  /** @param {string} place @param {(strip: Strip) => string} words */
  const label = (place, words) => {
    const node = el("span", { class: `strip-label ${place}`, attributes: { "aria-hidden": "true" } });
    watch(() => {
      const now = strip();
      node.textContent = now?.steps.length ? words(now) : "";
    });
    return node;
  };
  const edge = (/** @type {Strip} */ now) => {
    const { last } = shownBins(now);
    const [inner, outer] = edgesOf(kind, last, now.reach);
    return Number.isFinite(outer) ? outer : inner;
  };
  return [
    label("top", (now) => `+${number(edge(now), 2)}`),
    label("bottom", (now) => number(-edge(now), 2)),
    label("left", ({ steps }) => say("histograms.step", { step: whole(steps[0] ?? 0) })),
    label("right", ({ steps }) => say("histograms.step", { step: whole(steps.at(-1) ?? 0) })),
  ];
}

/** What lies at the place that is pointed at, or gone to by the arrow keys; else the present figures. @param {HTMLCanvasElement} canvas @param {Kind} kind @param {() => Strip | undefined} strip */
function reader(canvas, kind, strip) {
  const place = signal(/** @type {Readonly<{ at: number, bin: number }> | null} */ (null));
  canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
    const now = strip();
    place.value = now ? placeAt(now, offsetX / canvas.clientWidth, offsetY / canvas.clientHeight) : null;
  });
  for (const event of /** @type {const} */ (["pointerleave", "blur"]))
    canvas.addEventListener(event, () => {
      place.value = null;
    });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const now = strip();
    if (!step || !now) return;
    event.preventDefault();
    place.value = moved(now, place.peek(), step);
  });
  const words = el("p", { class: "strip-says mono" });
  // It speaks when one goes to a place, not whenever the network has learned.
  watch(() => words.setAttribute("aria-live", place.value ? "polite" : "off"));
  watch(() => {
    const now = strip();
    words.textContent = now && place.value ? cellWords(now, kind, place.value) : figuresOf(now);
  });
  return words;
}

/**
 * One place further; the first key goes to the last column, just above 0.
 *
 * @param {Strip} strip
 * @param {Readonly<{ at: number, bin: number }> | null} from
 * @param {readonly number[]} step
 */
export function moved(strip, from, [across = 0, up = 0]) {
  const { first, last } = shownBins(strip);
  if (!from) return { at: strip.steps.length - 1, bin: (first + last + 1) / 2 };
  return {
    at: Math.max(0, Math.min(strip.steps.length - 1, from.at + across)),
    bin: Math.max(first, Math.min(last, from.bin + up)),
  };
}

/** @param {Strip} strip @param {Kind} kind @param {Readonly<{ at: number, bin: number }>} place */
export function cellWords({ steps, counts, reach }, kind, { at, bin }) {
  const column = counts[at] ?? [];
  const [low, high] = edgesOf(kind, bin, reach).map((edge) => number(edge, 2));
  const all = column.reduce((total, n) => total + n, 0);
  const values = { n: whole(column[bin] ?? 0), all: whole(all), low: low ?? "", high: high ?? "" };
  return say("histograms.cell", { step: whole(steps[at] ?? 0), ...values });
}

/** Of the last column. @param {Strip | undefined} strip */
export function figuresOf(strip) {
  const last = strip?.figures.at(-1);
  if (!last) return say("histograms.none.yet");
  const [mean, std, low, high, zeros = 0] = last;
  const values = { mean: number(mean, 3), std: number(std, 3), low: number(low, 3), high: number(high, 3) };
  return say("histograms.figures", { ...values, zeros: share(zeros) });
}

/** @param {number} part */
function share(part) {
  return `${Math.round(100 * part)} %`;
}

/** The text twin. @param {Strip} strip @param {Kind} kind */
function figuresTable({ steps, figures }, kind) {
  const head = ["step", "mean", "std", "low", "high", "zeros"].map((name) =>
    el("th", { scope: "col", class: "head" }, say(/** @type {"histograms.head.step"} */ (`histograms.head.${name}`))),
  );
  const rows = steps.map((step, at) => {
    const [mean, std, low, high, zeros = 0] = figures[at] ?? [];
    const cells = [mean, std, low, high].map((value) => el("td", null, number(value, 3)));
    return el("tr", null, el("th", { scope: "row" }, whole(step)), ...cells, el("td", null, share(zeros)));
  });
  return el(
    "table",
    { class: "figures mono" },
    el("caption", null, say(`histograms.${kind}`)),
    el("thead", null, el("tr", null, ...head)),
    el("tbody", null, ...rows),
  );
}
