/**
 * Walk, play, rewind: the ribbon, the buttons, and one sentence that says what the last operation did.
 *
 * @import { StepUnit } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { signal } from "@preact/signals-core";
import { whenBegun } from "../state/begun.js";
import { say } from "../words/say.js";
import { classWhile, el, follow, kbd, text } from "./dom.js";
import { number, positionText } from "./format.js";
import { loadStyles } from "./formula.js";
import { icon } from "./icons.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { ribbon } from "./ribbon.js";
import { segment } from "./segment.js";

const timeline = lazily(async () => {
  const [module] = await Promise.all([import("./timeline.js"), loadStyles("timeline")]);
  return module;
});

/** @type {readonly { value: StepUnit, label: string, title: string }[]} */
export const UNITS = [
  { value: "op", label: say("transport.op"), title: say("transport.unit.op") },
  { value: "layer", label: say("transport.layer"), title: say("transport.unit.layer") },
  { value: "batch", label: say("transport.batch"), title: say("transport.unit.batch") },
  { value: "epoch", label: say("transport.epoch"), title: say("transport.unit.epoch") },
];

/** Units per second; null is as fast as possible. @type {readonly (number | null)[]} */
export const RATES = [1, 2, 4, 8, 15, 30, 100, null];

/** @param {Store} store @param {Actions} actions */
export function transport(store, actions) {
  return el(
    "section",
    { class: "transport", attributes: { "aria-label": say("transport.aria") } },
    ribbon(store, actions),
    lineOfTime(store, actions),
    el("div", { class: "controls" }, ...buttons(store, actions), el("span", { class: "grow" }), keys()),
    el("div", { class: "saying" }, place(store), announcer(store)),
  );
}

/** All steps as a line; nobody waits for it: it comes after the first picture. @param {Store} store @param {Actions} actions */
function lineOfTime(store, actions) {
  const wanted = signal(false);
  whenBegun(store, () => {
    wanted.value = true;
  });
  return follow(el("div", { class: "time-place" }), () =>
    wanted.value ? [timeline.now()?.timelinePanel(store, actions)] : [],
  );
}

/** @param {Store} store @param {Actions} actions @returns {HTMLElement[]} */
function buttons(store, actions) {
  const viewer = () => !store.owner.value;
  const reset = button(say("transport.reset"), "btn square", () => actions.reset());
  reset.append(icon("rewind"));
  reset.dataset.control = "transport.reset";
  const back = button("", "btn", () => actions.step("back"));
  back.dataset.control = "transport.back";
  back.append(
    icon("back"),
    " ",
    text(() => unitName(store)),
  );
  const play = button("", "play", actions.toggle);
  const step = button("", "step", () => actions.step("forward"));
  step.id = "step";
  step.append(
    say("transport.step"),
    " ",
    text(() => unitName(store)),
    " ",
    icon("forward"),
  );
  classWhile(step, "inviting", () => store.ready.value && store.moves.value === 0);
  watch(() => {
    back.ariaLabel = say("transport.back.unit", { unit: unitName(store) });
    step.ariaLabel = say("transport.step.unit", { unit: unitName(store) });
    back.title = `${back.ariaLabel} (←)`;
    step.title = `${step.ariaLabel} (→)`;
  });
  watch(() => {
    play.replaceChildren(icon(store.playing.value ? "pause" : "play"));
    play.ariaLabel = store.playing.value ? say("transport.pause") : say("transport.play");
    play.title = play.ariaLabel;
    for (const each of [reset, back, play, step]) each.disabled = viewer() || !store.ready.value;
  });
  return [
    reset,
    back,
    step,
    play,
    segment(say("transport.units"), UNITS, store.unit, "unit", actions.setUnit),
    speed(store, actions),
  ];
}

/** @param {Store} store */
function unitName(store) {
  return say(`transport.${store.unit.value}`);
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
    ariaLabel: say("transport.speed.aria"),
  });
  const shown = el("output", { class: "mono" });
  watch(() => {
    const rate = store.rate.value;
    control.value = String(RATES.indexOf(rate));
    shown.textContent = rate === null ? "max" : `${rate}/s`;
    control.ariaValueText = rate === null ? say("transport.speed.max") : say("transport.speed.rate", { rate });
  });
  control.addEventListener("input", () => actions.setRate(RATES[Number(control.value)] ?? null));
  return el(
    "label",
    { class: "speed", title: say("transport.speed.title") },
    el("span", null, say("transport.speed")),
    control,
    shown,
  );
}

/** @param {Store} store */
function place(store) {
  const node = el("span", { class: "place mono", id: "position" });
  node.append(text(() => positionText(store.position.value, store.calls.value)));
  watch(() => {
    const { epoch, batch } = store.position.value;
    node.title = say("transport.place", { epoch, batch, loss: number(store.metrics.value?.loss) });
  });
  return node;
}

function keys() {
  return el("span", { class: "keys", title: say("transport.keys") }, kbd("←"), kbd("→"), kbd(say("keys.space")));
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
    const sentence = store.sentence.value || say("transport.first");
    shown.textContent = sentence;
    if (!store.playing.value) heard.textContent = sentence;
  });
  return el("div", { class: "announcer" }, shown, heard);
}
