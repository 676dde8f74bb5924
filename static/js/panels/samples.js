/**
 * Data that are images: the training examples as small pictures; click one and the stage follows it.
 *
 * @import { Dataset } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { holdsImages } from "../state/contents.js";
import { say } from "../words/say.js";
import { classWhile, el, follow, text } from "./dom.js";
import { whole } from "./format.js";
import { watch } from "./lifetime.js";
import { inks, rgb } from "./tokens.js";

const PAGE = 40;

/** @param {Store} store @param {Actions} actions */
export function samples(store, actions) {
  const first = signal(0);
  const followed = computed(() => store.frame.value?.example?.example ?? store.example.value);
  watch(() => {
    void store.dataset.value?.name;
    first.value = 0;
  });
  const grid = el("div", { class: "samples", attributes: { role: "group", "aria-label": say("samples.aria") } });
  follow(grid, () => {
    const dataset = store.dataset.value;
    if (!dataset || !holdsImages(dataset)) return [];
    const shown = dataset.train.raw.slice(first.value, first.value + PAGE);
    return shown.map((_, at) => sample(store, actions, dataset, first.value + at, followed));
  });
  return el("div", { class: "sampler" }, grid, pager(store, first), told(store, followed));
}

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {Dataset} dataset
 * @param {number} index
 * @param {import("@preact/signals-core").ReadonlySignal<number | "own" | null>} followed
 */
function sample(store, actions, dataset, index, followed) {
  const name = nameOf(dataset, index);
  const canvas = el("canvas", { class: "sample-image" });
  watch(() => {
    void store.look.value;
    paint(canvas, imageOf(dataset, index), dataset.brightest ?? 1);
  });
  const button = el(
    "button",
    {
      class: "sample",
      type: "button",
      id: `sample-${index}`,
      title: say("samples.click", { name }),
      ariaLabel: say("samples.follow", { n: index + 1, name }),
      on: { click: () => actions.follow(index) },
    },
    canvas,
  );
  watch(() => button.setAttribute("aria-pressed", String(followed.value === index)));
  return classWhile(button, "followed", () => followed.value === index);
}

/** @param {Dataset} dataset @param {number} index */
function nameOf(dataset, index) {
  const target = dataset.train.targets[index] ?? 0;
  return dataset.classes[Number(target)]
    ? say("samples.class", { name: dataset.classes[Number(target)] ?? "" })
    : `${dataset.target_name} ${target}`;
}

/** @param {Dataset} dataset @param {number} index @returns {readonly (readonly (readonly number[])[])[]} */
function imageOf(dataset, index) {
  return /** @type {any} */ (dataset.train.raw[index]) ?? [[]];
}

/**
 * One channel as it is drawn on the stage: from the paper's colour to that of a positive number; three as red, green, blue.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {readonly (readonly (readonly number[])[])[]} image
 * @param {number} brightest
 */
export function paint(canvas, image, brightest) {
  const [rows, columns] = [image[0]?.length ?? 0, image[0]?.[0]?.length ?? 0];
  const context = canvas.getContext("2d");
  if (!context || rows * columns === 0) return;
  [canvas.width, canvas.height] = [columns, rows];
  const picture = context.createImageData(columns, rows);
  if (image.length === 3) colourful(picture.data, image, columns, brightest);
  else shades(picture.data, image[0] ?? [], columns, brightest);
  context.putImageData(picture, 0, 0);
}

/** @param {Uint8ClampedArray} data @param {readonly (readonly (readonly number[])[])[]} image @param {number} columns @param {number} brightest */
function colourful(data, image, columns, brightest) {
  image.forEach((channel, part) => {
    channel.forEach((row, y) => {
      row.forEach((value, x) => {
        data[4 * (y * columns + x) + part] = (255 * value) / brightest;
        data[4 * (y * columns + x) + 3] = 255;
      });
    });
  });
}

/** Forty pictures are painted at once: nothing is made for each pixel. @param {Uint8ClampedArray} data @param {readonly (readonly number[])[]} channel @param {number} columns @param {number} brightest */
function shades(data, channel, columns, brightest) {
  const ink = inks();
  const [from, to] = [rgb(ink("card")), rgb(ink("pos"))];
  channel.forEach((row, y) => {
    row.forEach((value, x) => {
      const at = 4 * (y * columns + x);
      const share = Math.min(1, Math.max(0, value / brightest));
      data[at] = from[0] + (to[0] - from[0]) * share;
      data[at + 1] = from[1] + (to[1] - from[1]) * share;
      data[at + 2] = from[2] + (to[2] - from[2]) * share;
      data[at + 3] = 255;
    });
  });
}

/** @param {Store} store @param {import("@preact/signals-core").Signal<number>} first */
function pager(store, first) {
  const count = () => store.dataset.value?.train.raw.length ?? 0;
  const last = () => Math.min(count(), first.value + PAGE);
  /** @param {string} sign @param {string} label @param {() => number} to */
  const turn = (sign, label, to) => {
    const act = () => {
      first.value = to();
    };
    const button = el("button", { class: "tiny", type: "button", ariaLabel: label, title: label, on: { click: act } });
    button.append(sign);
    watch(() => {
      button.disabled = to() === first.value;
    });
    return button;
  };
  const words = el("span", { class: "mono" });
  words.append(text(() => rangeText(store, first.value, last())));
  return el(
    "div",
    { class: "pager" },
    turn("‹", say("samples.earlier"), () => Math.max(0, first.value - PAGE)),
    words,
    turn("›", say("samples.further"), () => (first.value + PAGE < count() ? first.value + PAGE : first.value)),
  );
}

/** 1–40 of 1,348; or of those that are shown. @param {Store} store @param {number} first @param {number} last */
function rangeText(store, first, last) {
  const { count = 0, raw = [] } = store.dataset.value?.train ?? {};
  const values = { first: first + 1, last, count: whole(count), shown: raw.length };
  return raw.length < count ? say("samples.range.part", values) : say("samples.range", values);
}

/** Which one is followed. @param {Store} store @param {import("@preact/signals-core").ReadonlySignal<number | "own" | null>} followed */
function told(store, followed) {
  const words = el("p", { class: "say" });
  words.append(
    text(() => {
      const dataset = store.dataset.value;
      const index = followed.value;
      if (!dataset || index === null || index === "own" || !holdsImages(dataset)) return "";
      const label = store.frame.value?.example?.label;
      return label ? say("samples.followed.class", { n: index + 1, label }) : say("samples.followed", { n: index + 1 });
    }),
  );
  return words;
}
