/**
 * Try it yourself: draw, type or measure an example of your own. The stage follows it, and its numbers are its own.
 *
 * @import { Dataset } from "../types.js"
 * @import { OwnReply } from "../wire.js"
 * @import { Given } from "../state/trials.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { messageOf } from "../net/problem.js";
import { holdsImages } from "../state/contents.js";
import { columnName } from "../state/names.js";
import { throttle } from "../state/throttle.js";
import { say } from "../words/say.js";
import { el, follow, section, sentence, text } from "./dom.js";
import { freshId, objection, readNumber, retold, selectField, typedNumber } from "./fields.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { live } from "./live.js";

const EVERY_MS = 80;
const NOBODY = "";

const drawing = lazily(() => import("./drawing.js"));

/** @typedef {"image" | "text" | "row"} Kind */
/** @typedef {ReturnType<typeof createTrial>} Trial */

/** How an example of these data is given; null if it cannot be by hand. @param {Dataset | null} dataset @returns {Kind | null} */
export function kindOf(dataset) {
  if (!dataset) return null;
  if (dataset.tokens?.length) return dataset.task === "classification" ? "text" : null;
  if (holdsImages(dataset)) return channelsOf(dataset) === 1 ? "image" : null;
  return dataset.columns.length && dataset.columns.length <= 13 ? "row" : null;
}

/** @param {Dataset} dataset @returns {number} */
function channelsOf(dataset) {
  return /** @type {unknown[] | undefined} */ (dataset.train.raw[0])?.length ?? 0;
}

/** @param {Store} store @param {Actions} actions */
export function tryPanel(store, actions) {
  const kind = computed(() => kindOf(store.dataset.value));
  const body = follow(el("div", { class: "try" }), () => {
    const now = kind.value;
    return now && store.dataset.value ? editor(store, actions, now, store.dataset.value) : [];
  });
  const panel = section(say("try.title"), null, body);
  panel.id = "try";
  watch(() => {
    panel.hidden = !kind.value || !store.owner.value;
  });
  return panel;
}

/** @param {Store} store @param {Actions} actions @param {Kind} kind @param {Dataset} dataset */
function editor(store, actions, kind, dataset) {
  const trial = createTrial(store, actions);
  const drawn = kind === "image" ? drawing.now() : null;
  if (kind === "image" && !drawn) return [];
  const input =
    drawn?.drawn(store, trial, dataset) ?? (kind === "text" ? typed(trial, dataset) : measured(store, trial, dataset));
  return [
    ...input,
    live(store, el("p", { class: "say", id: "own-answer" }, text(trial.words))),
    options(store, trial, dataset),
    drawn?.dream(store, actions, dataset),
  ];
}

/**
 * What is tried at the moment. Whatever moves (the example, or the network) is asked about anew.
 *
 * @param {Store} store
 * @param {Actions} actions
 */
function createTrial(store, actions) {
  const given = signal(/** @type {Given | null} */ (null));
  const target = signal(NOBODY);
  const looks = signal(false);
  const reply = signal(/** @type {OwnReply | null} */ (null));
  const strength = signal(/** @type {any} */ (null));
  const trouble = signal("");
  const ask = throttle(async () => {
    if (!given.value) return;
    try {
      const told = target.value === NOBODY ? {} : { target: Number(target.value) };
      reply.value = await actions.setOwn({ ...given.value, ...told });
      if (store.example.value !== "own") actions.follow("own");
      strength.value = looks.value ? (await actions.saliency({ example: "own" })).strength[0] : null;
      trouble.value = "";
    } catch (error) {
      reply.value = null;
      trouble.value = messageOf(error);
    }
  }, EVERY_MS);
  /** @type {Given | null} */
  let known = null;
  watch(() => {
    void [given.value, target.value, looks.value, store.position.value.step, store.graph.value];
    if (store.example.peek() === "own" || given.value !== known) ask();
    known = given.value;
  });
  const words = () => {
    if (trouble.value) return trouble.value;
    const answer = reply.value?.answer;
    if (!given.value || !answer) return "";
    const says = answer.says || say("try.nothing");
    const share = answer.shares ? Math.round(100 * Math.max(...answer.shares)) : null;
    const told = share === null ? say("try.says", { says }) : say("try.says.sure", { says, share });
    return answer.loss === null ? told : `${told} ${say("try.loss", { loss: answer.loss.toPrecision(3) })}`;
  };
  return { given, target, looks, strength, words };
}

/** @param {Trial} trial @param {Dataset} dataset */
function typed(trial, dataset) {
  const id = freshId("own-text");
  const most = dataset.train.raw[0]?.length ?? 14;
  const input = el("input", { class: "number wide", type: "text", id, maxLength: most, autocomplete: "off" });
  input.spellcheck = false;
  input.addEventListener("input", () => {
    trial.given.value = input.value ? { text: input.value } : null;
  });
  const letters = follow(el("p", { class: "letters mono", attributes: { "aria-hidden": "true" } }), () => {
    const strengths = /** @type {readonly number[] | null} */ (trial.strength.value);
    const written = trial.given.value?.text ?? "";
    const most = Math.max(...(strengths ?? []), Number.MIN_VALUE);
    return strengths ? [...written].map((letter, at) => heavy(letter, (strengths[at] ?? 0) / most)) : [];
  });
  return [el("label", { htmlFor: id }, say("try.type")), input, letters];
}

/** @param {string} letter @param {number} share */
function heavy(letter, share) {
  const node = el("span", { class: "letter" }, letter);
  node.style.setProperty("--share", String(share));
  return node;
}

/** @param {Store} store @param {Trial} trial @param {Dataset} dataset */
function measured(store, trial, dataset) {
  const example = store.frame.peek()?.example?.inputs ?? dataset.train.raw[0] ?? [];
  const values = dataset.columns.map((_, at) => Number(Number(example[at] ?? 0).toPrecision(4)));
  const rows = dataset.columns.map((column, at) => {
    const id = freshId("own-column");
    const input = el("input", { class: "number", type: "text", inputMode: "decimal", id, value: String(values[at]) });
    const loc = ["raw", column];
    input.addEventListener("input", () => {
      // What is half typed is no mistake yet.
      if (!Number.isFinite(readNumber(input.value))) return;
      values[at] = typedNumber(store, loc, input.value) ?? Number.NaN;
      trial.given.value = { raw: [...values] };
    });
    input.addEventListener("change", () => typedNumber(store, loc, input.value));
    watch(() => () => retold(store, loc, ""));
    return el(
      "div",
      { class: "row" },
      el("label", { htmlFor: id }, columnName(column)),
      input,
      objection(store, input, () => loc),
    );
  });
  return [el("div", { class: "own-row" }, ...rows)];
}

/** What is right, whether to show what matters, and the way back. @param {Store} store @param {Trial} trial @param {Dataset} dataset */
function options(store, trial, dataset) {
  const right = selectField({
    options: () => [
      { value: NOBODY, label: say("try.unsaid") },
      ...dataset.classes.map((label, at) => ({ value: String(at), label })),
    ],
    value: () => trial.target.value,
    onChange: (name) => {
      trial.target.value = name;
    },
    label: say("try.right"),
  });
  right.id = "own-target";
  const id = freshId("own-looks");
  const looks = el("input", { type: "checkbox", id });
  looks.addEventListener("change", () => {
    trial.looks.value = looks.checked;
  });
  const hint = el(
    "p",
    { class: "say" },
    text(() => (store.example.value === "own" ? FOLLOWED : "")),
  );
  return el(
    "div",
    { class: "try-options" },
    dataset.classes.length ? el("label", { htmlFor: right.id }, ...sentence("try.is", { answer: right })) : null,
    kindOf(dataset) === "row" ? null : el("label", { htmlFor: id }, looks, " ", say("try.looks")),
    hint,
  );
}

const FOLLOWED = say("try.followed");
