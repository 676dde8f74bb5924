/**
 * Data that are sequences: the training examples as lines of text with what they are; click one and the stage follows it.
 *
 * @import { Dataset } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { visible } from "../scene/tokens.js";
import { holdsSequences } from "../state/contents.js";
import { say } from "../words/say.js";
import { classWhile, el, follow } from "./dom.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";

const MOST = 60;
const LONGEST = 46;

/**
 * What an example reads like.
 *
 * @param {Dataset} dataset
 * @param {number} index
 * @returns {string}
 */
export function textOf({ tokens = [], train }, index) {
  const raw = train.raw[index] ?? [];
  const length = train.lengths?.[index] ?? raw.length;
  if (tokens.length === 0) return say("samples.sequence", { index: index + 1, steps: raw.length });
  return raw
    .slice(0, length)
    .map((token) => visible(tokens[token] ?? "?"))
    .join("");
}

/** What it is, or what is to follow. @param {Dataset} dataset @param {number} index @returns {string} */
export function targetOf({ classes, target_tokens: names = [], train }, index) {
  const target = /** @type {unknown} */ (train.targets[index]);
  if (!Array.isArray(target)) return classes[Number(target)] ?? number(Number(target), 3);
  if (names.length === 0) return target.map((value) => number(Number(value), 3)).join(", ");
  const length = train.target_lengths?.[index] ?? target.length;
  return target
    .slice(0, length)
    .map((token) => visible(names[Number(token)] ?? "?"))
    .join("");
}

/** @param {Store} store @param {Actions} actions */
export function texts(store, actions) {
  const wanted = signal("");
  const followed = computed(() => store.frame.value?.example?.example ?? store.example.value);
  const field = el("input", {
    class: "number text-filter",
    type: "search",
    placeholder: say("samples.find"),
    ariaLabel: say("samples.find.aria"),
  });
  field.addEventListener("input", () => {
    wanted.value = field.value.trim().toLowerCase();
  });
  watch(() => {
    void store.dataset.value?.name;
    wanted.value = "";
    field.value = "";
  });
  const list = el("div", { class: "texts", attributes: { role: "group", "aria-label": say("samples.aria") } });
  follow(list, () => {
    const dataset = store.dataset.value;
    if (!dataset || !holdsSequences(dataset)) return [];
    return found(dataset, wanted.value).map((index) => line(actions, dataset, index, followed));
  });
  return el("div", { class: "sampler" }, field, list);
}

/** The first examples in whose text or target this occurs. @param {Dataset} dataset @param {string} wanted @returns {number[]} */
export function found(dataset, wanted) {
  /** @type {number[]} */
  const indices = [];
  for (let index = 0; index < dataset.train.raw.length && indices.length < MOST; index += 1) {
    const words = wanted ? `${textOf(dataset, index)} ${targetOf(dataset, index)}`.toLowerCase() : "";
    if (words.includes(wanted)) indices.push(index);
  }
  return indices;
}

/**
 * @param {Actions} actions
 * @param {Dataset} dataset
 * @param {number} index
 * @param {import("@preact/signals-core").ReadonlySignal<number | "own" | null>} followed
 */
function line(actions, dataset, index, followed) {
  const [text, target] = [textOf(dataset, index), targetOf(dataset, index)];
  const sequence = dataset.task === "sequence" && (dataset.target_tokens?.length ?? 0) > 0;
  const button = el(
    "button",
    {
      class: "text-line",
      type: "button",
      id: `text-${index}`,
      title: sequence ? `${text} → ${target}` : `${text}: ${target}`,
      on: { click: () => actions.follow(index) },
    },
    el("span", { class: "mono" }, shortened(text)),
    el("span", { class: "text-target" }, sequence ? "" : target),
  );
  watch(() => button.setAttribute("aria-pressed", String(followed.value === index)));
  return classWhile(button, "followed", () => followed.value === index);
}

/** @param {string} text */
function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
