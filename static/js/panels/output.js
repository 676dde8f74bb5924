/**
 * What comes out: the network's answer everywhere in the plane with the data on it, the accuracy, who is taken for whom.
 *
 * @import { Dataset, Frame, Tensor } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { hasAnswers, holdsImages, holdsSequences, saysSteps } from "../state/contents.js";
import { columnName } from "../state/names.js";
import { say } from "../words/say.js";
import { boundaryImage } from "./boundary.js";
import { el, follow, section, text } from "./dom.js";
import { number } from "./format.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { classInk, drawDots, nearest, rangeOf } from "./plot.js";
import { dotsOf, scale } from "./scatter.js";
import { twin } from "./tables.js";
import { inks, sharp } from "./tokens.js";
import { widthOf } from "./width.js";

const HEIGHT = 172;

const bars = lazily(() => import("./answers.js"));
const steps = lazily(() => import("./said.js"));
const twins = lazily(() => import("./twins.js"));
const confusion = lazily(() => import("./confusion.js"));

/** How the answer is shown. @param {Store} store @returns {"map" | "bars" | "steps" | "text" | "words"} */
function shape(store) {
  const [dataset, graph] = [store.dataset.value, store.graph.value];
  if (!dataset || dataset.plot !== null) return "map";
  if (hasAnswers(dataset, graph)) return "bars";
  if (saysSteps(dataset, graph)) return "steps";
  return holdsSequences(dataset) || holdsImages(dataset) ? "text" : "words";
}

/** @param {Store} store @param {Actions} actions */
export function outputPanel(store, actions) {
  const plot = el(
    "div",
    { class: "plot" },
    mapCanvas(store, actions),
    axisName(store, "y", "↑"),
    axisName(store, "x", "→"),
    ...twin(say("output.title"), twins, (made) => made.mapTable(store)),
  );
  const shown = computed(() => shape(store));
  const answer = follow(el("div", { class: "sometimes" }), () => {
    if (shown.value === "bars") return [bars.now()?.answers(store)];
    if (shown.value === "steps") return [steps.now()?.said(store)];
    return shown.value === "words" ? [el("p", { class: "say placeholder" }, WITHOUT_MAP)] : [];
  });
  const details = takenFor(store, actions);
  watch(() => {
    plot.hidden = shown.value !== "map";
    details.open = shown.value !== "map" && shown.value !== "bars";
  });
  const words = el("span", { class: "mono score", id: "score" });
  words.append(text(() => score(store)));
  return section(say("output.title"), words, plot, answer, details);
}

/** Which class is taken for which. @param {Store} store @param {Actions} actions */
function takenFor(store, actions) {
  const open = signal(false);
  const classified = computed(() => store.dataset.value?.task === "classification");
  const table = follow(el("div"), () =>
    open.value && classified.value ? [confusion.now()?.confusionTable(store, actions)] : [],
  );
  const details = el("details", { class: "more" }, el("summary", null, say("output.taken")), table);
  details.addEventListener("toggle", () => {
    open.value = details.open;
  });
  watch(() => {
    details.hidden = !classified.value;
  });
  return details;
}

const WITHOUT_MAP = say("output.nomap");

/** @param {Store} store @param {Actions} actions */
function mapCanvas(store, actions) {
  const canvas = el("canvas", { class: "scatter", attributes: { role: "img" } });
  const width = widthOf(canvas, 324);
  watch(() => paint(canvas, store, width.value));
  watch(() => {
    canvas.ariaLabel = say("output.map", { score: score(store) });
  });
  canvas.addEventListener("click", (event) => {
    const dataset = store.dataset.value;
    const dot = dataset && nearest(mapDots(dataset, width.value), event.offsetX, event.offsetY);
    if (dot && !dot.test) actions.follow(dot.index);
  });
  return canvas;
}

/** @param {Store} store @param {"x" | "y"} which @param {string} arrow */
function axisName(store, which, arrow) {
  return follow(el("span", { class: `axis-name axis-${which}`, attributes: { "aria-hidden": "true" } }), () => {
    const name = store.dataset.value?.plot?.[which];
    return name ? [`${columnName(name)} ${arrow}`] : [];
  });
}

/** @param {Store} store @returns {Tensor | null} */
function outputMap(store) {
  const output = store.graph.value?.output;
  const tensor = store.frame.value?.tensors.get(`${output}:map`);
  return tensor?.data ? tensor : null;
}

/** `accuracy 36 / 38`, `train 27 / 28 · test 9 / 10`, or the loss where there are no classes. @param {Store} store */
export function score(store) {
  const [metrics, dataset] = [store.metrics.value, store.dataset.value];
  if (!metrics || !dataset) return "";
  if (dataset.task === "regression")
    return (metrics.train_loss ?? null) === null ? "" : say("output.loss", { loss: number(metrics.train_loss, 3) });
  const part = (/** @type {"train" | "test"} */ name) => {
    const share = metrics[`${name}_accuracy`];
    const count = dataset[name].count;
    if (dataset.task === "sequence" && share !== null && share !== undefined && count)
      return `${(100 * share).toFixed(1)} %`;
    return share === null || share === undefined || !count ? null : `${Math.round(share * count)} / ${count}`;
  };
  const [train, test] = [part("train"), part("test")];
  if (!train) return "";
  const of = dataset.task === "sequence" ? ".symbols" : "";
  return test ? say(`output.parts${of}`, { train, test }) : say(`output.accuracy${of}`, { share: train });
}

/** @param {Dataset} dataset @param {number} width */
function mapDots(dataset, width) {
  const plot = dataset.plot;
  return plot ? dotsOf(dataset, plot.x, plot.y, width, HEIGHT) : [];
}

/** @param {HTMLCanvasElement} canvas @param {Store} store @param {number} width */
function paint(canvas, store, width) {
  void store.look.value;
  const [dataset, graph] = [store.dataset.value, store.graph.value];
  const context = sharp(canvas, width, HEIGHT);
  if (!context || !dataset || !graph) return;
  const ink = inks();
  const map = outputMap(store);
  if (map) paintMap(context, map, dataset, graph.layers.at(-1)?.activation ?? null, width, ink);
  const classes = dataset.task === "classification";
  const dots = mapDots(dataset, width);
  const color = classes
    ? (/** @type {number} */ target) => ink(classInk(target))
    : scale(ink, rangeOf(dots.map(({ target }) => target)));
  drawDots(context, dots, {
    ink,
    classes,
    color,
    followed: /** @type {Frame | null} */ (store.frame.value)?.example?.example ?? null,
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Tensor} map
 * @param {Dataset} dataset
 * @param {string | null} activation
 * @param {number} width
 * @param {import("./tokens.js").Inks} ink
 */
function paintMap(context, map, dataset, activation, width, ink) {
  const picture = boundaryImage(map, { task: dataset.task, activation, ink });
  if (!picture) return;
  const small = el("canvas", { width: picture.width, height: picture.height });
  small.getContext("2d")?.putImageData(picture, 0, 0);
  context.imageSmoothingEnabled = true;
  // The map's values stand at the middles of its pixels, the outer ones on the edges of the plot.
  context.drawImage(small, 0.5, 0.5, picture.width - 1, picture.height - 1, 0, 0, width, HEIGHT);
}
