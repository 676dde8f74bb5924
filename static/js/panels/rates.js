/**
 * The learning-rate finder: asked of the server when the button is pressed, and ended when it is pressed again.
 *
 * @import { Rates } from "../wire.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Store } from "../state/store.js"
 */

import { signal } from "@preact/signals-core";
import { messageOf } from "../net/problem.js";
import { notify } from "../state/toasts.js";
import { say } from "../words/say.js";
import { el, follow, text } from "./dom.js";
import { objection, typedNumber } from "./fields.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";
import { rateChart } from "./ratechart.js";

const FIRST = { low: 1e-6, high: 10, steps: 100 };

/** @param {Store} store @param {Actions} actions */
export function ratesTab(store, actions) {
  const found = signal(/** @type {Readonly<{ rates: Rates, step: number }> | null} */ (null));
  const running = signal(/** @type {AbortController | null} */ (null));
  const wish = { ...FIRST };
  watch(() => {
    void store.access.value?.id;
    found.value = null;
    return () => running.peek()?.abort();
  });

  async function find() {
    if (running.peek()) return running.peek()?.abort();
    if (store.problems.peek().some(({ loc }) => loc[0] === "rates")) return;
    const control = new AbortController();
    running.value = control;
    try {
      const rates = await actions.findRate(wish, control.signal);
      found.value = { rates, step: store.position.peek().step };
    } catch (error) {
      const stopped = error instanceof DOMException && error.name === "AbortError";
      notify(store, stopped ? "info" : "warning", stopped ? say("rates.stopped") : messageOf(error));
    } finally {
      running.value = null;
    }
  }

  const button = el("button", { class: "btn", type: "button", id: "find-rate", on: { click: find } });
  button.append(text(() => (running.value ? say("rates.stop") : say("rates.find"))));
  const busy = el("span", { class: "say", attributes: { role: "status" } });
  busy.append(text(() => (running.value ? say("rates.finding") : "")));
  const intro = el("p", { class: "say" }, say("rates.intro"));
  watch(() => {
    intro.hidden = found.value !== null;
  });
  const place = follow(el("div"), () => (found.value ? told(found.value, store, actions) : []));
  return el(
    "div",
    { class: "rates" },
    el("div", { class: "tab-controls" }, ...fields(store, wish), button, busy),
    intro,
    place,
    el("p", { class: "source" }, say("rates.source")),
  );
}

/** What is typed is what is asked; what is no number is refused. @param {Store} store @param {typeof FIRST} wish */
function fields(store, wish) {
  return /** @type {const} */ (["low", "high", "steps"]).map((name) => {
    const input = el("input", { class: "number short", type: "text", inputMode: "decimal", autocomplete: "off" });
    input.value = String(wish[name]);
    input.addEventListener("change", () => {
      const typed = typedNumber(store, ["rates", name], input.value);
      if (typed === null) return;
      wish[name] = name === "steps" ? Math.round(typed) : typed;
      input.value = String(wish[name]);
    });
    return el(
      "label",
      { class: "short-field" },
      say(`rates.${name}`),
      " ",
      input,
      objection(store, input, () => ["rates", name]),
    );
  });
}

/** @param {Readonly<{ rates: Rates, step: number }>} found @param {Store} store @param {Actions} actions */
function told({ rates, step }, store, actions) {
  const words = inWords(rates);
  const label = say("rates.chart", { low: number(rates.rates[0], 2), high: number(rates.rates.at(-1), 2), words });
  const stale = el("p", { class: "say" });
  stale.append(text(() => (store.position.value.step === step ? "" : say("rates.stale"))));
  return [
    el(
      "div",
      { class: "rates-found" },
      rateChart(rates, label, () => store.spec.value?.optimizer.learning_rate ?? rates.present),
      el(
        "div",
        null,
        el("p", { class: "say", id: "rate-words" }, words),
        rates.suggestion === null ? null : useButton(rates.suggestion, store, actions),
        stale,
      ),
    ),
    el("details", { class: "more" }, el("summary", null, say("rates.table")), table(rates)),
  ];
}

/** @param {Rates} found */
export function inWords({ steepest, smallest, suggestion, exploded, rates }) {
  const end = exploded ? ` ${say("rates.exploded", { rate: number(rates.at(-1), 2) })}` : "";
  if (steepest === null || smallest === null || suggestion === null) return say("rates.flat") + end;
  const values = { steepest: number(steepest, 2), smallest: number(smallest, 2), suggestion: number(suggestion, 2) };
  return say("rates.found", values) + end;
}

/** @param {number} rate @param {Store} store @param {Actions} actions */
function useButton(rate, store, actions) {
  const button = el("button", { class: "btn", type: "button", id: "use-rate" }, say("rates.use", { rate }));
  button.addEventListener("click", async () => {
    const loc = ["optimizer", "learning_rate"];
    if (await actions.patch({ optimizer: { learning_rate: rate } }, loc))
      notify(store, "good", say("rates.used", { rate }));
  });
  watch(() => {
    button.disabled = !store.owner.value;
  });
  return button;
}

/** @param {Rates} found */
function table({ rates, losses, smoothed }) {
  const head = ["rates.rate", "rates.loss", "rates.smoothed"].map((key) =>
    el("th", { scope: "col", class: "head" }, say(/** @type {"rates.rate"} */ (key))),
  );
  const rows = rates.map((rate, at) =>
    el(
      "tr",
      null,
      el("th", { scope: "row" }, number(rate, 3)),
      el("td", null, number(losses[at])),
      el("td", null, number(smoothed[at])),
    ),
  );
  return el("table", { class: "figures mono" }, el("thead", null, el("tr", null, ...head)), el("tbody", null, ...rows));
}
