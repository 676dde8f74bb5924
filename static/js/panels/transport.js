/**
 * Walk, play, rewind: the ribbon, the buttons, and one sentence that says what the last operation did.
 *
 * @import { StepUnit } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { classWhile, el, kbd, text } from "./dom.js";
import { number, positionText } from "./format.js";
import { icon } from "./icons.js";
import { watch } from "./lifetime.js";
import { ribbon } from "./ribbon.js";
import { segment } from "./segment.js";

/** @type {readonly { value: StepUnit, label: string, title: string }[]} */
export const UNITS = [
  { value: "op", label: "op", title: "One operation (key 1)" },
  { value: "layer", label: "layer", title: "All operations of a layer (key 2)" },
  { value: "batch", label: "batch", title: "One whole step: forward, loss, backward, update (key 3)" },
  { value: "epoch", label: "epoch", title: "Once through all the data (key 4)" },
];

/** Units per second; null is as fast as possible. @type {readonly (number | null)[]} */
export const RATES = [1, 2, 4, 8, 15, 30, 100, null];

/** @param {Store} store @param {Actions} actions */
export function transport(store, actions) {
  return el(
    "section",
    { class: "transport", attributes: { "aria-label": "Step through the training" } },
    ribbon(store, actions),
    el("div", { class: "controls" }, ...buttons(store, actions), el("span", { class: "grow" }), keys()),
    el("div", { class: "saying" }, place(store), announcer(store)),
  );
}

/** @param {Store} store @param {Actions} actions @returns {HTMLElement[]} */
function buttons(store, actions) {
  const viewer = () => !store.owner.value;
  const reset = button("Begin again with the same weights (R)", "btn square", () => actions.reset());
  reset.append(icon("rewind"));
  const back = button("", "btn", () => actions.step("back"));
  back.append(
    icon("back"),
    " ",
    text(() => store.unit.value),
  );
  const play = button("", "play", actions.toggle);
  const step = button("", "step", () => actions.step("forward"));
  step.id = "step";
  step.append(
    "Step ",
    text(() => store.unit.value),
    " ",
    icon("forward"),
  );
  classWhile(step, "inviting", () => store.ready.value && store.moves.value === 0);
  watch(() => {
    back.ariaLabel = `Back one ${store.unit.value}`;
    step.ariaLabel = `Step ${store.unit.value}`;
    back.title = `${back.ariaLabel} (←)`;
    step.title = `${step.ariaLabel} (→)`;
  });
  watch(() => {
    play.replaceChildren(icon(store.playing.value ? "pause" : "play"));
    play.ariaLabel = store.playing.value ? "Pause (space)" : "Play (space)";
    play.title = play.ariaLabel;
    for (const each of [reset, back, play, step]) each.disabled = viewer() || !store.ready.value;
  });
  return [
    reset,
    back,
    step,
    play,
    segment("How far a step goes", UNITS, store.unit, "unit", actions.setUnit),
    speed(store, actions),
  ];
}

/** @param {string} label @param {string} kind @param {() => void} act */
function button(label, kind, act) {
  return el("button", { class: kind, type: "button", ariaLabel: label, title: label, on: { click: act } });
}

/** @param {Store} store @param {Actions} actions */
function speed(store, actions) {
  const control = el("input", {
    type: "range",
    class: "slider",
    min: "0",
    max: String(RATES.length - 1),
    step: "1",
    ariaLabel: "Speed of playing",
  });
  const shown = el("output", { class: "mono" });
  watch(() => {
    const rate = store.rate.value;
    control.value = String(RATES.indexOf(rate));
    shown.textContent = rate === null ? "max" : `${rate}/s`;
    control.ariaValueText = rate === null ? "as fast as possible" : `${rate} per second`;
  });
  control.addEventListener("input", () => actions.setRate(RATES[Number(control.value)] ?? null));
  return el("label", { class: "speed", title: "How fast it plays" }, el("span", null, "speed"), control, shown);
}

/** @param {Store} store */
function place(store) {
  const node = el("span", { class: "place mono", id: "position" });
  node.append(text(() => positionText(store.position.value, store.calls.value)));
  watch(() => {
    node.title = `epoch ${store.position.value.epoch}, batch ${store.position.value.batch}, loss ${number(store.metrics.value?.loss)}`;
  });
  return node;
}

function keys() {
  return el(
    "span",
    { class: "keys", title: "← and → walk, space plays, ↑ and ↓ change the example, 1–4 choose the unit, R resets" },
    kbd("←"),
    kbd("→"),
    kbd("space"),
  );
}

/**
 * While playing, the sentence on screen keeps up, but a screen reader is only told when it stops.
 *
 * @param {Store} store
 */
function announcer(store) {
  const shown = el("p", { class: "sentence", attributes: { "aria-hidden": "true" } });
  const heard = el("p", { class: "sr-only", id: "announcer", attributes: { "aria-live": "polite", role: "status" } });
  watch(() => {
    const sentence = store.sentence.value || FIRST_WORDS;
    shown.textContent = sentence;
    if (!store.playing.value) heard.textContent = sentence;
  });
  return el("div", { class: "announcer" }, shown, heard);
}

const FIRST_WORDS =
  "Press Step: one operation at a time, values flow forward, the loss appears, gradients flow back, weights move.";
