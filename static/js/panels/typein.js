/**
 * A weight or a bias, typed by hand, or dragged while the loss answers.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { reachOf } from "../state/dragging.js";
import { entryName } from "../state/names.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { objection, typedNumber } from "./fields.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";

/** After so long without a move (ms), the next is another thing to undo. */
const PAUSE = 900;
const STEPS = 200;

/** @param {Store} store @param {Actions} actions @param {string} name @param {readonly number[]} index */
export function typeIn(store, actions, name, index) {
  const input = el("input", {
    class: "number",
    type: "text",
    inputMode: "decimal",
    id: "type-in",
    autocomplete: "off",
    disabled: !store.owner.value,
  });
  const label = el("label", { htmlFor: "type-in" }, say("inspector.byhand"));
  const slider = sliderOf(store, actions, name, index, input);
  watch(() => {
    const now = entry(store, name, index);
    if (document.activeElement !== input && now !== null) input.value = String(Number(now.toPrecision(7)));
  });
  const commit = () => {
    const value = typedNumber(store, ["value"], input.value);
    if (value !== null && value !== Number(entry(store, name, index)?.toPrecision(7)))
      actions.setParameter(name, value, index);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit();
  });
  const set = el(
    "button",
    { class: "btn", type: "button", disabled: !store.owner.value, on: { click: commit } },
    say("inspector.set"),
  );
  const row = el("div", { class: "type-row" }, slider, input, set);
  const all = el(
    "div",
    { class: "type-in" },
    label,
    row,
    objection(store, input, () => ["value"]),
  );
  // A question about the same number has a slider of its own, which changes nothing: there is never more than one.
  watch(() => {
    all.hidden = store.supposed.value !== null;
  });
  return all;
}

/**
 * Every move is sent, and the engine answers with the step under way; until the hand rests they are one thing to undo.
 *
 * @param {Store} store @param {Actions} actions @param {string} name @param {readonly number[]} index @param {HTMLInputElement} input
 */
function sliderOf(store, actions, name, index, input) {
  const slider = el("input", {
    type: "range",
    class: "slider",
    id: "type-in-slider",
    disabled: !store.owner.value,
    title: say("inspector.drag"),
    ariaLabel: say("inspector.slider", { name: entryName(name, index) }),
  });
  /** @type {import("../state/dragging.js").Drag | null} */
  let drag = null;
  let timer = 0;
  const end = () => {
    clearTimeout(timer);
    drag?.end();
    drag = null;
  };
  slider.addEventListener("input", () => {
    clearTimeout(timer);
    drag ??= actions.dragParameter(name, index);
    const value = Number(Number(slider.value).toPrecision(4));
    drag.set(value);
    slider.ariaValueText = number(value);
    input.value = String(value);
  });
  slider.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(end, PAUSE);
  });
  watch(() => {
    const now = entry(store, name, index);
    slider.hidden = now === null;
    if (now === null || drag) return;
    const reach = reachOf(now);
    Object.assign(slider, { min: String(-reach), max: String(reach), step: String(reach / STEPS), value: String(now) });
    slider.ariaValueText = number(now);
  });
  watch(() => end);
  return slider;
}

/** The present value of one entry, if the frame has it in full. @param {Store} store @param {string} name @param {readonly number[]} index */
function entry(store, name, index) {
  const tensor = store.frame.value?.tensors.get(name);
  if (!tensor?.data || tensor.summary) return null;
  const at = tensor.shape.reduce((place, size, axis) => place * size + (index[axis] ?? 0), 0);
  return tensor.data[at] ?? null;
}
