/**
 * A few choices side by side of which one holds: a radio group, so one Tab stop and arrow keys.
 *
 * @import { Signal } from "@preact/signals-core"
 */

import { el } from "./dom.js";
import { watch } from "./lifetime.js";

/**
 * @template {string} T
 * @param {string} label
 * @param {readonly { value: T, label: string, title?: string }[]} choices
 * @param {Signal<T>} chosen
 * @param {string} name
 * @param {(value: T) => void} [choose]
 */
export function segment(label, choices, chosen, name, choose = setter(chosen)) {
  const parts = choices.map((choice) => {
    const input = el("input", { type: "radio", name, value: choice.value, id: `${name}-${choice.value}` });
    input.addEventListener("change", () => choose(choice.value));
    watch(() => {
      input.checked = chosen.value === choice.value;
    });
    const words = el("label", { htmlFor: input.id, title: choice.title ?? "" }, choice.label);
    return [input, words];
  });
  return el("div", { class: "segment", attributes: { role: "radiogroup", "aria-label": label } }, ...parts.flat());
}

/**
 * @template T
 * @param {Signal<T>} chosen
 * @returns {(value: T) => void}
 */
export function setter(chosen) {
  return (value) => {
    chosen.value = value;
  };
}
