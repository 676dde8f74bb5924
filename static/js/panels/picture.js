/**
 * A picture that learns, as it is now: drawn anew with every frame.
 *
 * @import { Graph, Tensor } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { CHANNELS, pictureOf } from "../state/contents.js";
import { say } from "../words/say.js";
import { el, section, text } from "./dom.js";
import { number, whole } from "./format.js";
import { watch } from "./lifetime.js";

/** @param {Store} store */
export function picturePanel(store) {
  const canvas = el("canvas", { class: "painting", id: "painting", attributes: { role: "img" } });
  canvas.ariaLabel = say("output.picture.aria");
  const words = el(
    "p",
    { class: "say" },
    text(() => told(store)),
  );
  const panel = section(say("output.picture"), null, canvas, words);
  watch(() => {
    const name = pictureOf(store.graph.value);
    panel.hidden = name === null;
    const tensor = name === null ? null : store.frame.value?.tensors.get(name);
    if (tensor) paint(canvas, tensor);
  });
  return panel;
}

/** @param {Store} store */
function told(store) {
  const { step } = store.position.value;
  const loss = store.metrics.value?.train_loss ?? null;
  const after = say("output.picture.steps", { count: whole(step) });
  return loss === null ? after : `${after} ${say("output.picture.loss", { loss: number(loss, 3) })}`;
}

/** Red, green and blue from 0 to 1; what lies beyond is cut. @param {HTMLCanvasElement} canvas @param {Tensor} tensor */
function paint(canvas, { shape, data, summary }) {
  const [, height = 0, width = 0] = shape;
  const context = canvas.getContext("2d");
  if (!context || !(data instanceof Float32Array) || summary) return;
  [canvas.width, canvas.height] = [width, height];
  context.putImageData(new ImageData(pixelsOf(data, width * height), width, height), 0, 0);
}

/** Planes of colours as pixels. @param {Float32Array} data @param {number} count */
function pixelsOf(data, count) {
  const pixels = new Uint8ClampedArray(4 * count).fill(255);
  for (let at = 0; at < count; at += 1)
    for (let channel = 0; channel < CHANNELS; channel += 1)
      pixels[4 * at + channel] = 255 * (data[channel * count + at] ?? 0);
  return pixels;
}
