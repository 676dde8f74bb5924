/**
 * A word of one's own, translated as it is typed and while the network learns: what it writes, how sure it was of each
 * symbol, and where its attention looked.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Dataset } from "../types.js"
 * @import { Translated } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { messageOf } from "../net/problem.js";
import { visible } from "../scene/tokens.js";
import { translates } from "../state/contents.js";
import { throttle } from "../state/throttle.js";
import { say } from "../words/say.js";
import { el, follow, section, text } from "./dom.js";
import { freshId } from "./fields.js";
import { counted } from "./format.js";
import { watch } from "./lifetime.js";
import { live } from "./live.js";
import { drawMatrix, matrixOf, strongest } from "./looks.js";
import { inks, sharp } from "./tokens.js";

const EVERY_MS = 250;
const END = "⏎";
/** Before the panel has been laid out. */
const WIDTH = 300;

/** @typedef {ReturnType<typeof createTranslation>} Translation */

/** A text to begin with: one that the network has not seen, if there is such. @param {Dataset} dataset */
export function firstWord({ tokens = [], train, test }) {
  const raw = test?.raw[0] ?? train.raw[0] ?? [];
  return raw.map((token) => (token ? (tokens[token] ?? "") : "")).join("");
}

/** How many characters the network reads. @param {Dataset} dataset */
export function longest({ tokens = [], train }) {
  return (train.raw[0]?.length ?? 0) - (tokens[0] === END ? 1 : 0);
}

/**
 * The answer in a sentence or two.
 *
 * @param {string} word
 * @param {Translated} found
 * @param {boolean} untrained
 */
export function answerOf(word, { text: written, tokens, probabilities, ended }, untrained) {
  const sum = probabilities?.reduce((total, share) => total + share, 0) ?? 0;
  const sure = probabilities ? ` ${say("translate.sure", { share: percent(sum / (tokens.length || 1)) })}` : "";
  const cut = ended ? "" : ` ${say("translate.cut", counted(tokens.length))}`;
  const hint = untrained ? ` ${say("translate.untrained")}` : "";
  const becomes = written ? say("translate.becomes", { word, written }) : say("translate.becomes.nothing", { word });
  return `${becomes}${cut}${sure}${hint}`;
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(100 * share)} %`;
}

/** @param {Store} store @param {Actions} actions */
export function translatePanel(store, actions) {
  const body = follow(el("div", { class: "translate" }), () => {
    const dataset = store.dataset.value;
    return dataset ? translator(store, actions, dataset) : [];
  });
  const panel = section(say("translate.title"), null, body);
  panel.id = "translate";
  return panel;
}

/** @param {Store} store @param {Actions} actions @param {Dataset} dataset */
function translator(store, actions, dataset) {
  const translation = createTranslation(store, actions, firstWord(dataset));
  return [
    wordField(translation, longest(dataset)),
    el(
      "div",
      { class: "try-options" },
      ...chance(translation),
      store.owner.value ? stageBox(store, actions, translation) : null,
    ),
    live(store, el("p", { class: "say", id: "translation" }, text(translation.words))),
    follow(el("ol", { class: "written", ariaLabel: say("translate.written") }), () => symbols(translation.found.value)),
    looks(store, translation),
  ];
}

/** What tells one state of the weights from another: a step moves them, and so does a hand; an operation leaves them. @param {Store} store */
export function weightsOf(store) {
  return `${store.position.value.step} ${JSON.stringify(store.undoable.value.undo)}`;
}

/**
 * What is translated at the moment. Whatever moves (the word, the way of choosing, or the network) is asked about anew.
 *
 * @param {Store} store
 * @param {Actions} actions
 * @param {string} first
 */
function createTranslation(store, actions, first) {
  const word = signal(first);
  const sample = signal(false);
  const temperature = signal(1);
  const seed = signal(0);
  const staged = signal(false);
  const found = signal(/** @type {Translated | null} */ (null));
  const said = signal("");
  const weights = computed(() => weightsOf(store));
  let asked = 0;
  const ask = throttle(async () => {
    if (!store.ready.peek() || !translates(store.dataset.peek(), store.graph.peek())) return;
    asked += 1;
    const [mine, given] = [asked, word.peek()];
    try {
      const choice = { sample: sample.peek(), temperature: temperature.peek(), seed: seed.peek() };
      const answer = given ? await actions.translate({ text: given, ...choice }) : null;
      if (mine !== asked) return;
      found.value = answer;
      said.value = answer ? answerOf(given, answer, store.position.peek().step === 0) : "";
      if (staged.peek() && answer) await putOnStage(store, actions, given, answer);
    } catch (error) {
      if (mine !== asked) return;
      found.value = null;
      said.value = messageOf(error);
    }
  }, EVERY_MS);
  watch(() => {
    void [word.value, sample.value, temperature.value, seed.value, staged.value];
    void [weights.value, store.graph.value];
    ask();
  });
  return { word, sample, temperature, seed, staged, found, words: () => said.value };
}

/**
 * The stage follows the word; what is right is taken to be what was written, so that the decoder reads there what it has
 * read here.
 *
 * @param {Store} store
 * @param {Actions} actions
 * @param {string} word
 * @param {Translated} answer
 */
async function putOnStage(store, actions, word, answer) {
  await actions.setOwn({ text: word, target: answer.text });
  if (store.example.peek() !== "own") actions.follow("own");
}

/** @param {Translation} translation @param {number} most */
function wordField({ word }, most) {
  const id = freshId("translate-word");
  const input = el("input", { class: "number wide", type: "text", id, maxLength: most, autocomplete: "off" });
  input.spellcheck = false;
  input.value = word.peek();
  input.addEventListener("input", () => {
    word.value = input.value;
  });
  return el("div", null, el("label", { htmlFor: id }, say("try.type")), input);
}

/** The likeliest each time, or by chance. @param {Translation} translation */
function chance({ sample, temperature, seed }) {
  const [id, heatId] = [freshId("by-chance"), freshId("temperature")];
  const box = el("input", { type: "checkbox", id });
  box.addEventListener("change", () => {
    sample.value = box.checked;
  });
  const slider = el("input", { type: "range", class: "slider", id: heatId, min: "0.1", max: "3", step: "0.1" });
  slider.value = String(temperature.peek());
  slider.addEventListener("input", () => {
    temperature.value = Number(slider.value);
  });
  const again = el("button", { class: "btn", type: "button", id: "draw-again" }, say("translate.again"));
  again.addEventListener("click", () => {
    seed.value += 1;
  });
  const title = say("translate.heat");
  const value = el(
    "span",
    { class: "mono" },
    text(() => temperature.value.toFixed(1)),
  );
  const drawing = el(
    "span",
    { class: "heat" },
    el("label", { htmlFor: heatId, title }, say("translate.temperature")),
    slider,
    value,
  );
  watch(() => {
    drawing.hidden = !sample.value;
    again.hidden = !sample.value;
  });
  return [el("label", { htmlFor: id }, box, " ", say("translate.chance")), drawing, again];
}

/** @param {Store} store @param {Actions} actions @param {Translation} translation */
function stageBox(store, actions, { staged }) {
  const id = freshId("on-stage");
  const box = el("input", { type: "checkbox", id });
  box.addEventListener("change", () => {
    staged.value = box.checked;
    if (!box.checked && store.example.peek() === "own") actions.follow(0);
  });
  let own = false;
  watch(() => {
    const now = store.example.value === "own";
    if (own && !now) staged.value = false;
    own = now;
  });
  watch(() => {
    box.checked = staged.value;
  });
  const title = say("translate.stage.title");
  return el("label", { htmlFor: id, title }, box, " ", say("translate.stage"));
}

/** Each with how likely it was; for those who do not see the matrix, where it looked. @param {Translated | null} found */
function symbols(found) {
  return (found?.tokens ?? []).map((token, at) => {
    const share = found?.probabilities?.[at];
    const item = el("li", { class: "symbol" }, el("span", { class: "mono" }, visible(token)));
    if (share !== undefined) item.append(el("small", null, percent(share)));
    if (found?.attention) item.append(el("span", { class: "sr-only" }, lookOf(found.attention, at)));
    item.style.setProperty("--share", String(share ?? 0));
    return item;
  });
}

/** @param {import("../wire.js").Looked} looked @param {number} row */
export function lookOf(looked, row) {
  const { symbol, place, share } = strongest(looked, row);
  const values = { symbol: visible(symbol), place, count: looked.columns.length, share: percent(share) };
  return say("translate.looked", values);
}

/** @param {Store} store @param {Translation} translation */
function looks(store, { found }) {
  const canvas = el("canvas", { class: "looks", attributes: { role: "img" } });
  canvas.ariaLabel = say("translate.looks.aria");
  const caption = el("p", { class: "say" }, say("translate.looks"));
  const figure = el("div", null, caption, canvas);
  watch(() => {
    void store.look.value;
    const looked = found.value?.attention;
    figure.hidden = !looked;
    if (!looked) return;
    const matrix = matrixOf(looked, figure.clientWidth || WIDTH);
    canvas.style.width = `${matrix.width}px`;
    canvas.style.height = `${matrix.height}px`;
    const context = sharp(canvas, matrix.width, matrix.height);
    if (context) drawMatrix(context, matrix, inks());
  });
  return figure;
}
