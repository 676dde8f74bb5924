/**
 * Matrices that are too large for lines: weights of recurrent layers, tables of embeddings, who looks at whom in attention;
 * each as an image, and beside it the same of its gradient.
 *
 * @import { Frame, Graph, Tensor } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { pixels, ramp } from "../draw/images.js";
import { readTheme } from "../draw/theme.js";
import { niceCeil, short } from "../scene/numbers.js";
import { valuesOf } from "../scene/reading.js";
import { visible } from "../scene/tokens.js";
import { matrixLayers } from "../state/contents.js";
import { say } from "../words/say.js";
import { el, follow, section } from "./dom.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { projectionFigure } from "./projection.js";
import { twin } from "./tables.js";

const twins = lazily(() => import("./twins.js"));

/** One image: `slice` of a tensor of several matrices (heads). @typedef {Readonly<{ name: string, key: string, slice: number }>} Image */

/**
 * @param {Graph | null} graph
 * @param {Frame | null} frame
 * @returns {readonly Image[]}
 */
export function imagesOf(graph, frame) {
  return matrixLayers(graph).flatMap(({ id, parameters }) => {
    const weights = parameters
      .filter(({ shape }) => shape.length === 2)
      .map(({ name }) => ({ name, key: name, slice: 0 }));
    const heads =
      frame?.tensors.get(`${id}.weights`)?.shape.length === 3 ? (frame.tensors.get(`${id}.weights`)?.shape[0] ?? 0) : 0;
    const looks = Array.from({ length: heads }, (_, head) => ({
      name: say("matrices.head", { layer: id, head: head + 1 }),
      key: `${id}.weights`,
      slice: head,
    }));
    return [...looks, ...weights];
  });
}

/** @param {Store} store @param {Actions} actions */
export function matricesPanel(store, actions) {
  const names = () => imagesOf(store.graph.value, store.frame.value);
  const open = signal(false);
  const body = follow(el("div", { class: "matrices" }), () =>
    open.value ? names().map((image) => pair(store, image)) : [],
  );
  const tables = computed(() =>
    matrixLayers(store.graph.value)
      .filter(({ type }) => type === "embedding")
      .map(({ id }) => `${id}.W`)
      .join(" "),
  );
  const planes = follow(el("div", { class: "matrices" }), () =>
    open.value && tables.value ? tables.value.split(" ").map((name) => projectionFigure(store, actions, name)) : [],
  );
  const details = el("details", { class: "more" }, el("summary", null, say("matrices.summary")), planes, body);
  details.addEventListener("toggle", () => {
    open.value = details.open;
  });
  const panel = section(say("matrices.title"), null, details);
  watch(() => {
    panel.hidden = names().length === 0;
  });
  return panel;
}

/** @param {Store} store @param {Image} image */
function pair(store, { name, key, slice }) {
  const frame = store.frame.value;
  const [value, gradient] = [frame?.tensors.get(key), frame?.tensors.get(`${key}:gradient`)];
  const size = sizeOf(value);
  const pictures = [value, gradient].map((tensor, at) =>
    picture(store, tensor, slice, at ? say("matrices.gradient", { name }) : name),
  );
  const values = { size, most: short(largest(value)) };
  const told = gradient?.data
    ? say("matrices.about", { ...values, gradient: short(largest(gradient)) })
    : say("matrices.about.missing", values);
  return el(
    "figure",
    { class: "matrix-pair" },
    el("figcaption", null, el("b", null, name), ` ${told} `, ...tables(store, [name, key, slice])),
    el("div", { class: "matrix-images" }, ...pictures),
  );
}

/** The numbers, and those of the gradient. @param {Store} store @param {readonly [string, string, number]} image */
function tables(store, [name, key, slice]) {
  const { tensors } = store.frame.value ?? {};
  return [key, `${key}:gradient`].flatMap((each, at) => {
    const title = at ? say("matrices.gradient", { name }) : name;
    const tensor = tensors?.get(each);
    return tensor?.data
      ? twin(title, twins, (made) => made.matrixTable(title, tensor, slice, namesOf(store, tensor)))
      : [];
  });
}

/** @param {Tensor | undefined} tensor */
function sizeOf(tensor) {
  return (tensor?.summary?.full_shape ?? tensor?.shape ?? []).slice(-2).join("×");
}

/** @param {Tensor | undefined} tensor */
function largest(tensor) {
  return Math.max(Math.abs(tensor?.min ?? 0), Math.abs(tensor?.max ?? 0));
}

/** @param {Store} store @param {Tensor | undefined} tensor @param {number} slice @param {string} label */
function picture(store, tensor, slice, label) {
  const values = valuesOf(tensor);
  const words = values ? label : say("matrices.missing", { label });
  const canvas = el("canvas", {
    class: `matrix-image${values ? "" : " missing"}`,
    attributes: { role: "img", "aria-label": words },
  });
  if (!tensor || !values) return canvas;
  void store.look.value;
  const [rows = 1, columns = 1] = tensor.shape.slice(-2);
  const reach = niceCeil(largest(tensor));
  const part = values.subarray(slice * rows * columns, (slice + 1) * rows * columns);
  [canvas.width, canvas.height] = [columns, rows];
  const map = { values: part, columns, rows, low: -reach, high: reach, neutral: 0, reach, upwards: false };
  queueMicrotask(() =>
    paint(canvas, /** @type {import("../draw/images.js").HeatMap} */ (/** @type {unknown} */ (map))),
  );
  canvas.title = rowNames(store, tensor) || label;
  return canvas;
}

/** A table of embeddings has a row for each token. @param {Store} store @param {Tensor} tensor */
function rowNames(store, tensor) {
  const names = namesOf(store, tensor);
  return names.length ? say("matrices.rows", { tokens: names.join(" ") }) : "";
}

/** @param {Store} store @param {Tensor} tensor @returns {readonly string[]} */
function namesOf(store, tensor) {
  const tokens = store.dataset.value?.tokens ?? [];
  return tokens.length === tensor.shape[0] ? tokens.map(visible) : [];
}

/** @param {HTMLCanvasElement} canvas @param {import("../draw/images.js").HeatMap} map */
function paint(canvas, map) {
  const colours = ramp(readTheme(document.documentElement));
  const data = new Uint8ClampedArray(/** @type {ArrayBuffer} */ (pixels(map, colours).buffer));
  canvas.getContext("2d")?.putImageData(new ImageData(data, map.columns, map.rows), 0, 0);
}
