/**
 * A weight or a bias, typed by hand.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { objection, readNumber } from "./fields.js";
import { watch } from "./lifetime.js";

/** @param {Store} store @param {Actions} actions @param {string} name @param {readonly number[]} index */
export function typeIn(store, actions, name, index) {
  const input = el("input", {
    class: "number wide",
    type: "text",
    inputMode: "decimal",
    id: "type-in",
    autocomplete: "off",
    disabled: !store.owner.value,
  });
  watch(() => {
    const now = entry(store, name, index);
    if (document.activeElement !== input && now !== null) input.value = String(Number(now.toPrecision(7)));
  });
  const commit = () => {
    const value = readNumber(input.value);
    if (!Number.isFinite(value))
      store.problems.value = [{ loc: ["value"], msg: say("inspector.number", { typed: input.value }) }];
    else if (value !== Number(entry(store, name, index)?.toPrecision(7))) actions.setParameter(name, value, index);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit();
  });
  const set = el(
    "button",
    { class: "btn", type: "button", disabled: !store.owner.value, on: { click: commit } },
    say("inspector.set"),
  );
  const label = el("label", { htmlFor: "type-in" }, say("inspector.byhand"));
  return el(
    "div",
    { class: "type-in" },
    label,
    el("div", { class: "type-row" }, input, set),
    objection(store, input, () => ["value"]),
  );
}

/** The present value of one entry, if the frame has it in full. @param {Store} store @param {string} name @param {readonly number[]} index */
function entry(store, name, index) {
  const tensor = store.frame.value?.tensors.get(name);
  if (!tensor?.data || tensor.summary) return null;
  const at = tensor.shape.reduce((place, size, axis) => place * size + (index[axis] ?? 0), 0);
  return tensor.data[at] ?? null;
}
