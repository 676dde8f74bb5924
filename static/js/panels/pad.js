/**
 * A pad to draw on, by pointer or by arrow keys and space, and beside it what the network is given.
 */

import { computed, signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { rasterise, toggled } from "./brush.js";
import { el } from "./dom.js";
import { watch } from "./lifetime.js";
import { inks, rgb, sharp } from "./tokens.js";

/** @import { Stroke } from "./brush.js" */
/** @import { ReadonlySignal } from "@preact/signals-core" */

const SIDE = 132;
const WIDTH = 9;
/** @type {Readonly<Record<string, readonly [number, number]>>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @typedef {ReturnType<typeof createPad>} Pad */

/**
 * @param {() => number} size pixels across and down of what the network is given
 * @param {(image: readonly (readonly number[])[]) => unknown} onChange
 * @param {ReadonlySignal<readonly (readonly number[])[] | null>} saliency strength of each pixel, to be laid over
 * @param {ReadonlySignal<unknown>} theme with which the colours change
 */
export function createPad(size, onChange, saliency, theme) {
  const strokes = signal(/** @type {readonly Stroke[]} */ ([]));
  /** Painted by keys: then this is the picture, whatever was drawn before. */
  const painted = signal(/** @type {readonly (readonly number[])[] | null} */ (null));
  const cursor = signal(/** @type {readonly [number, number] | null} */ (null));
  const image = computed(() => painted.value ?? rasterise(strokes.value, size()));
  const empty = computed(() => !image.value.some((row) => row.some(Boolean)));
  const changed = () => onChange(image.value);
  const clear = () => {
    strokes.value = [];
    painted.value = null;
  };
  const sheet = el("canvas", { class: "pad", id: "pad", tabIndex: 0, attributes: { role: "application" } });
  sheet.ariaLabel = say("try.pad");
  const given = el("canvas", { class: "given", attributes: { role: "img" } });
  listenToPointer(sheet, strokes, painted, changed);
  listenToKeys(sheet, { size, image, painted, cursor, changed, clear });
  watch(() => {
    void theme.value;
    drawSheet(sheet, painted.value ? [] : strokes.value, painted.value, cursor.value);
  });
  watch(() => {
    void theme.value;
    drawGiven(given, image.value, saliency.value);
    given.ariaLabel = say(saliency.value ? "try.given.matters" : "try.given", { size: size() });
  });
  return { sheet, given, image, empty, clear };
}

/**
 * @param {HTMLCanvasElement} sheet
 * @param {import("@preact/signals-core").Signal<readonly Stroke[]>} strokes
 * @param {import("@preact/signals-core").Signal<readonly (readonly number[])[] | null>} painted
 * @param {() => unknown} changed
 */
function listenToPointer(sheet, strokes, painted, changed) {
  /** @param {PointerEvent} event @returns {[number, number]} */
  const at = (event) => [event.offsetX / SIDE, event.offsetY / SIDE];
  sheet.addEventListener("pointerdown", (event) => {
    sheet.setPointerCapture(event.pointerId);
    painted.value = null;
    strokes.value = [...strokes.value, [at(event)]];
    changed();
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!event.buttons || !sheet.hasPointerCapture(event.pointerId)) return;
    const last = strokes.value.at(-1) ?? [];
    strokes.value = [...strokes.value.slice(0, -1), [...last, at(event)]];
    changed();
  });
}

/**
 * @param {HTMLCanvasElement} sheet
 * @param {Object} pad
 * @param {() => number} pad.size
 * @param {ReadonlySignal<readonly (readonly number[])[]>} pad.image
 * @param {import("@preact/signals-core").Signal<readonly (readonly number[])[] | null>} pad.painted
 * @param {import("@preact/signals-core").Signal<readonly [number, number] | null>} pad.cursor
 * @param {() => unknown} pad.changed
 * @param {() => void} pad.clear
 */
function listenToKeys(sheet, { size, image, painted, cursor, changed, clear }) {
  sheet.addEventListener("focus", () => {
    const middle = Math.floor(size() / 2);
    cursor.value ??= [middle, middle];
  });
  sheet.addEventListener("blur", () => {
    cursor.value = null;
  });
  sheet.addEventListener("keydown", (event) => {
    const [x, y] = cursor.value ?? [0, 0];
    const by = ARROWS[event.key];
    const within = (/** @type {number} */ place) => Math.max(0, Math.min(size() - 1, place));
    if (by) cursor.value = [within(x + by[0]), within(y + by[1])];
    else if (event.key === " ") painted.value = toggled(image.value, x, y);
    else if (event.key === "Backspace" || event.key === "Delete") clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (!by) changed();
  });
}

/**
 * @param {HTMLCanvasElement} sheet
 * @param {readonly Stroke[]} strokes
 * @param {readonly (readonly number[])[] | null} painted
 * @param {readonly [number, number] | null} cursor
 */
function drawSheet(sheet, strokes, painted, cursor) {
  const context = sharp(sheet, SIDE, SIDE);
  if (!context) return;
  const ink = inks();
  Object.assign(context, { lineWidth: WIDTH, lineCap: "round", lineJoin: "round", strokeStyle: ink("ink") });
  for (const stroke of strokes) {
    context.beginPath();
    for (const [x, y] of [stroke[0] ?? [0, 0], ...stroke]) context.lineTo(x * SIDE, y * SIDE);
    context.stroke();
  }
  const cell = SIDE / (painted?.length ?? 8);
  context.fillStyle = ink("ink");
  painted?.forEach((row, y) => {
    row.forEach((value, x) => {
      context.globalAlpha = value;
      context.fillRect(x * cell, y * cell, cell, cell);
    });
  });
  context.globalAlpha = 1;
  if (!cursor) return;
  Object.assign(context, { lineWidth: 2, strokeStyle: ink("upd") });
  if (painted) context.strokeRect(cursor[0] * cell + 1, cursor[1] * cell + 1, cell - 2, cell - 2);
}

/**
 * Pixels in the colour of positive numbers; how much each matters as a veil in that of gradients.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {readonly (readonly number[])[]} image
 * @param {readonly (readonly number[])[] | null} saliency
 */
function drawGiven(canvas, image, saliency) {
  const size = image.length;
  const context = canvas.getContext("2d");
  if (!context || !size) return;
  [canvas.width, canvas.height] = [size, size];
  const ink = inks();
  const [paper, pen, veil] = [rgb(ink("card")), rgb(ink("pos")), rgb(ink("bwd"))];
  const most = Math.max(...(saliency?.flat() ?? []), Number.MIN_VALUE);
  const picture = context.createImageData(size, size);
  image.flat().forEach((value, at) => {
    const share = (saliency?.[Math.floor(at / size)]?.[at % size] ?? 0) / most;
    for (let part = 0; part < 3; part += 1) {
      const drawn = (paper[part] ?? 0) + ((pen[part] ?? 0) - (paper[part] ?? 0)) * value;
      picture.data[4 * at + part] = drawn + ((veil[part] ?? 0) - drawn) * 0.85 * share;
    }
    picture.data[4 * at + 3] = 255;
  });
  context.putImageData(picture, 0, 0);
}
