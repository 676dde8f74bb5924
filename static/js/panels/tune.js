/**
 * What the network writes, if it has learned to go on: a text, and of a tune its bars, its sound.
 *
 * @import { Dataset } from "../types.js"
 * @import { Written } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { classWhile, el, follow, section, text } from "./dom.js";
import { freshId } from "./fields.js";
import { watch } from "./lifetime.js";
import { piecesOf, verdict } from "./sheet.js";
import { play } from "./synth.js";

/** Seconds of a whole note: a quarter is 0.4 s. */
const WHOLE = 1.6;
const LENGTH = 400;
const PRIME = "M:6/8\nK:G\n";

/** @param {Store} store @param {Actions} actions */
export function tunePanel(store, actions) {
  const about = computed(() => store.dataset.value?.name);
  const body = follow(el("div", { class: "tune" }), () => (about.value ? writer(store, actions) : []));
  const panel = section(say("tune.title"), null, body);
  panel.id = "tune";
  return panel;
}

/** @param {Store} store @param {Actions} actions */
function writer(store, actions) {
  const temperature = signal(0.7);
  const written = signal(/** @type {Written | null} */ (null));
  const sounding = signal(-1);
  const stop = signal(/** @type {(() => void) | null} */ (null));
  let seed = 0;
  const prime = el("textarea", { class: "number wide", id: freshId("prime"), rows: 3, value: primeOf(store) });
  prime.spellcheck = false;
  const button = el("button", { class: "btn", type: "button", id: "write-tune" }, say("tune.write"));
  button.addEventListener("click", async () => {
    stop.value?.();
    button.disabled = true;
    seed += 1;
    written.value = await actions.generate({
      prime: prime.value,
      length: LENGTH,
      temperature: temperature.value,
      seed,
    });
    button.disabled = false;
  });
  return [
    el("label", { htmlFor: prime.id }, say("tune.prime")),
    prime,
    heat(temperature),
    el("div", { class: "dream-row" }, button, player(written, sounding, stop)),
    sheet(written, sounding),
    el(
      "p",
      { class: "say", id: "tune-says", attributes: { "aria-live": "polite" } },
      text(() => says(written.value)),
    ),
  ];
}

/** Headers, where the data are tunes; else nothing. @param {Store} store */
function primeOf(store) {
  return store.dataset.peek()?.name === "tunes" ? PRIME : "";
}

/** @param {import("@preact/signals-core").Signal<number>} temperature */
function heat(temperature) {
  const id = freshId("temperature");
  const slider = el("input", {
    type: "range",
    class: "slider",
    id,
    min: "0",
    max: "1.5",
    step: "0.1",
    value: String(temperature.peek()),
  });
  slider.addEventListener("input", () => {
    temperature.value = Number(slider.value);
  });
  const value = el(
    "span",
    { class: "mono" },
    text(() => temperature.value.toFixed(1)),
  );
  const label = el("label", { htmlFor: id, title: say("tune.heat") }, say("translate.temperature"));
  return el("div", { class: "row" }, label, slider, value);
}

/**
 * @param {import("@preact/signals-core").Signal<Written | null>} written
 * @param {import("@preact/signals-core").Signal<number>} sounding
 * @param {import("@preact/signals-core").Signal<(() => void) | null>} stop
 */
function player(written, sounding, stop) {
  const button = el("button", { class: "btn", type: "button", id: "play-tune" });
  button.addEventListener("click", () => {
    if (stop.value) return stop.value();
    const hear = (/** @type {number} */ note) => {
      sounding.value = note;
    };
    stop.value = play(written.value?.tune?.notes ?? [], WHOLE, hear, () => {
      stop.value = null;
    });
  });
  watch(() => {
    button.textContent = stop.value ? say("tune.stop") : say("tune.play");
    button.disabled = !written.value?.tune?.notes.length;
  });
  return button;
}

/**
 * @param {import("@preact/signals-core").Signal<Written | null>} written
 * @param {import("@preact/signals-core").Signal<number>} sounding
 */
function sheet(written, sounding) {
  return follow(el("pre", { class: "sheet mono", id: "sheet" }), () => {
    const { text: all, tune } = written.value ?? { text: "", tune: null };
    if (!tune) return [all];
    return piecesOf(all, tune).map((piece) => {
      const kind = piece.bar === null ? "head" : piece.right ? "bar-right" : "bar-wrong";
      const node = el("span", { class: kind }, piece.text);
      return piece.note === null ? node : classWhile(node, "sounding", () => sounding.value === piece.note);
    });
  });
}

/** @param {Written | null} written */
function says(written) {
  if (!written) return say("tune.train");
  const sure = written.probabilities.reduce((sum, share) => sum + share, 0) / (written.probabilities.length || 1);
  const end = written.ended ? say("tune.ended") : say("tune.cut", { count: written.probabilities.length });
  const told = [end, say("tune.sure", { share: Math.round(100 * sure) })];
  return [...(written.tune ? [verdict(written.tune)] : []), ...told].join(" ");
}
