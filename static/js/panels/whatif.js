/**
 * "What if?": one number is moved, and the server answers what everything else would be. Nothing changes until it is applied.
 *
 * @import { Dataset } from "../types.js"
 * @import { Supposed, Target } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed } from "@preact/signals-core";
import { columnName, entryName } from "../state/names.js";
import { supposing } from "../state/supposing.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { effectLine, effectTable } from "./effects.js";
import { objection, retold, typedNumber } from "./fields.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";
import { sliceChart } from "./slicechart.js";
import { isAnswered, movedTable, toldOf } from "./whatiftold.js";

/** The slider of an input goes as far to either side, where its own number lies within. */
const INPUT_REACH = 3;
const STEPS = 200;
/** Where an objection to what was typed belongs. */
const WANTED = ["what_if", "value"];

/**
 * The question about one number: closed it is a button and what a nudge would do, open a slider and its answers.
 *
 * @param {Store} store
 * @param {Actions} actions
 * @param {Target} target
 */
export function whatIf(store, actions, target) {
  const asked = supposing(store, actions, target);
  /** The slider that is held must not be made anew with every answer: it is a computed truth. */
  const isOpen = computed(() => store.supposed.value?.target === target);
  const close = () => {
    asked.close();
    document.getElementById("what-if")?.focus();
  };
  const open = () => {
    asked.open();
    document.getElementById("what-if-close")?.scrollIntoView({ block: "nearest" });
    button.scrollIntoView({ block: "nearest" });
    // After the click, which gives the keys back to the page (panels/keyboard.js).
    requestAnimationFrame(() => document.getElementById("what-if-slider")?.focus({ preventScroll: true }));
  };
  watch(() => (isOpen.value ? onEscape(close) : undefined));
  watch(() => asked.end);
  const body = follow(el("div", { class: "what-if-body" }), () =>
    isOpen.value ? [opened(store, actions, asked, close)] : [],
  );
  const button = el(
    "button",
    {
      class: "btn",
      type: "button",
      id: "what-if",
      title: say("whatif.ask.title"),
      on: { click: () => (isOpen.value ? close() : open()) },
    },
    say("whatif.ask"),
  );
  watch(() => {
    button.ariaExpanded = String(isOpen.value);
  });
  return el("div", { class: "what-if" }, button, effectLine(asked), body);
}

/** @param {() => void} close @returns {() => void} stop listening */
function onEscape(close) {
  const ended = new AbortController();
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || document.querySelector("[popover]:popover-open, dialog[open]")) return;
      event.stopPropagation();
      close();
    },
    { capture: true, signal: ended.signal },
  );
  return () => ended.abort();
}

/** @typedef {ReturnType<typeof supposing>} Asked */

/** @param {Store} store @param {Actions} actions @param {Asked} asked @param {() => void} close */
function opened(store, actions, asked, close) {
  const { target } = asked;
  const what = nameOf(target, store.dataset.peek());
  const told = el("p", { class: "say", id: "what-if-told" });
  const heard = el("p", { class: "sr-only", attributes: { role: "status" } });
  watch(() => {
    const now = store.supposed.value;
    told.textContent = now ? toldOf(now) : "";
  });
  watch(() => {
    const [rest, now] = [asked.settled.value, store.supposed.value];
    // Once the slider rests and the answer to this very number has come, however long that took.
    if (rest && now && rest.value === now.value && isAnswered(now)) heard.textContent = toldOf(now);
  });
  const apply = async () => {
    const value = store.supposed.peek()?.value ?? null;
    if (value === null || !("parameter" in target)) return;
    if (await actions.setParameter(target.parameter, value, target.index)) close();
  };
  watch(() => () => retold(store, WANTED, ""));
  const applies = "parameter" in target;
  return el(
    "div",
    { class: "what-if-open", attributes: { role: "group", "aria-label": say("whatif.title", { what }) } },
    el("p", { class: "question" }, say("whatif.title", { what })),
    ...sliderOf(store, asked, what),
    told,
    heard,
    follow(el("div"), () => answers(store.supposed.value)),
    el(
      "div",
      { class: "type-row" },
      applies &&
        el(
          "button",
          { class: "btn", type: "button", id: "what-if-apply", disabled: !store.owner.value, on: { click: apply } },
          say("whatif.apply"),
        ),
      el("button", { class: "btn", type: "button", id: "what-if-close", on: { click: close } }, say("whatif.close")),
    ),
  );
}

/** @param {Supposed | null} now */
function answers(now) {
  if (!now) return [];
  if (now.message) return [el("p", { class: "objection" }, now.message)];
  const { effect, answer } = now;
  return [
    answer && movedTable(answer),
    effect?.slice && el("h3", null, say("whatif.curve")),
    effect?.slice && sliceChart(effect, answer, now.value),
    effect && effectTable(effect),
  ];
}

/** The slider and the field beside it: two ways to say the same number. @param {Store} store @param {Asked} asked @param {string} what */
function sliderOf(store, asked, what) {
  const slider = el("input", {
    type: "range",
    class: "slider",
    id: "what-if-slider",
    step: "any",
    ariaLabel: say("whatif.slider", { what }),
  });
  const field = el("input", {
    class: "number wide",
    type: "text",
    inputMode: "decimal",
    id: "what-if-value",
    autocomplete: "off",
    ariaLabel: say("whatif.value"),
  });
  /** Whether it has been put where the number is; from then on it is where one has put it oneself. */
  let known = false;
  watch(() => {
    const now = store.supposed.value;
    if (!now) return;
    const [low, high] = rangeOf(now);
    slider.min = String(low);
    slider.max = String(high);
    slider.step = String((high - low) / STEPS);
    if (now.value === null) return;
    if (document.activeElement !== slider || !known) slider.value = String(now.value);
    known = true;
    slider.ariaValueText = number(now.value);
    if (document.activeElement !== field) field.value = String(Number(now.value.toPrecision(6)));
  });
  slider.addEventListener("input", () => asked.move(Number(slider.value)));
  const commit = () => {
    const typed = typedNumber(store, WANTED, field.value);
    if (typed !== null) asked.move(typed);
  };
  field.addEventListener("change", commit);
  return [el("div", { class: "what-if-row" }, slider, field), objection(store, field, () => WANTED)];
}

/** As far as the slice of the loss goes; of an input a few of its units. @param {Supposed} now @returns {[number, number]} */
function rangeOf({ effect, answer, value }) {
  const values = effect?.slice?.values;
  const old = answer?.changes[0]?.old ?? 0;
  const low = Math.min(Number(values?.[0] ?? -INPUT_REACH), old, value ?? 0);
  const high = Math.max(Number(values?.at(-1) ?? INPUT_REACH), old, value ?? 0);
  return [low, high];
}

/** A column has a name of its own, as on the stage. @param {Target} target @param {Dataset | null} dataset */
export function nameOf(target, dataset) {
  if ("parameter" in target) return entryName(target.parameter, target.index);
  const column = target.input.length === 1 ? dataset?.features[target.input[0] ?? 0] : undefined;
  return column ? columnName(column) : entryName(say("layers.inputs"), target.input);
}
