/**
 * "Why?": the question in words, the formula, the numbers, the check, the sentence, the chain back to the loss.
 *
 * @import { Explanation, Spec } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed } from "@preact/signals-core";
import { currentQuery } from "../state/explainer.js";
import { presetOf } from "../state/names.js";
import { aspects, parameterOf, rowOf } from "../state/select.js";
import { targetOf } from "../state/suppose.js";
import { say } from "../words/say.js";
import { chain } from "./chain.js";
import { el, follow, section, sentence } from "./dom.js";
import { number, signClass } from "./format.js";
import { formula, loadStyles } from "./formula.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { details, terms } from "./terms.js";
import { toAnswer } from "./toanswer.js";

const checking = lazily(() => import("./gradcheck.js"));
const byHand = lazily(() => import("./typein.js"));
const holding = lazily(() => import("./holding.js"));
const supposing = lazily(async () => {
  const [module] = await Promise.all([import("./whatif.js"), loadStyles("whatif")]);
  return module;
});

const derivation = lazily(() => import("./derivation.js"));

/** So much of the answer is to be seen, in pixels. */
const LEAST_SEEN = 320;

/** @type {Readonly<Record<string, string>>} */
const QUANTITIES = {
  value: say("numbers.value"),
  gradient: say("numbers.gradient"),
  delta: say("numbers.delta"),
  loss: say("numbers.loss"),
};

/** @param {Store} store @param {Actions} actions */
export function inspector(store, actions) {
  const why = store.why;
  const tag = follow(el("span", { class: "tags" }), () => quantityTag(why.value.explanation));
  const body = follow(el("div", { class: "why-body", id: "why" }), () => content(store, actions));
  const rest = follow(el("div", { class: "why-body" }), () => afterwards(store, actions));
  const tools = [parameterTools(store, actions), whatIfTools(store, actions), holdTools(store, actions)];
  const panel = section(say("inspector.why"), tag, aspectBar(store, actions), body, ...tools, rest);
  watch(() => {
    if (store.selection.value) comeIntoSight(panel);
  });
  panel.tabIndex = -1;
  panel.append(toAnswer(store, panel));
  return panel;
}

/** What was asked for is answered where one can see it: a column that scrolls by itself goes there. @param {HTMLElement} panel */
function comeIntoSight(panel) {
  requestAnimationFrame(() => {
    const column = panel.closest(".column");
    if (!column || column.scrollHeight <= column.clientHeight) return;
    const seen = column.getBoundingClientRect().bottom - panel.getBoundingClientRect().top;
    if (seen < LEAST_SEEN) column.scrollBy({ top: LEAST_SEEN - seen });
  });
}

/** @param {Explanation | null} explanation */
function quantityTag(explanation) {
  if (!explanation) return [];
  const pass = { value: "fwd", gradient: "bwd", delta: "upd" }[explanation.quantity] ?? "fwd";
  return [
    el(
      "span",
      { class: `tag ${pass}` },
      say(`numbers.${/** @type {"value" | "gradient" | "delta"} */ (explanation.quantity)}`),
    ),
  ];
}

/** The numbers that the selection offers, each a button. @param {Store} store @param {Actions} actions */
function aspectBar(store, actions) {
  return follow(
    el("div", { class: "aspects", attributes: { role: "group", "aria-label": say("inspector.which") } }),
    () => {
      const [selection, graph] = [store.selection.value, store.graph.value];
      if (!graph || !selection) return [];
      const now = currentQuery(store);
      const clear = el(
        "button",
        {
          class: "tiny",
          type: "button",
          ariaLabel: say("inspector.clear"),
          title: say("inspector.clear"),
          on: { click: () => actions.select(null) },
        },
        "×",
      );
      const offered = aspects(selection, graph, rowOf(store.frame.value));
      const buttons = offered.map(({ name, node, quantity, index }) => {
        const pressed = now?.node === node && now.quantity === quantity;
        const act = () => actions.ask({ node, quantity, index });
        return el(
          "button",
          {
            class: "chip",
            type: "button",
            id: `aspect-${name}`,
            attributes: { "aria-pressed": pressed },
            on: { click: act },
          },
          nameOf(name),
        );
      });
      return offered.length > 1
        ? [...buttons, el("span", { class: "grow" }), clear]
        : [el("span", { class: "grow" }), clear];
    },
  );
}

/** Quantities have words, nodes are code. @param {string} name */
function nameOf(name) {
  return Object.hasOwn(QUANTITIES, name) ? (QUANTITIES[name] ?? name) : name;
}

/** What stands in the card. @param {Store} store @param {Actions} actions @returns {Node[]} */
function content(store, actions) {
  const { state, explanation, message } = store.why.value;
  if (state === "failed") return [el("p", { class: "say" }, message)];
  return explanation ? explained(explanation, actions) : [invitation(store)];
}

/** Whether layers and data are still the preset's. @param {Spec | null} now @param {{ layers?: unknown, dataset?: unknown } | undefined} told */
export function isAsTold(now, told) {
  return holds(now?.layers, told?.layers) && holds(now?.dataset, told?.dataset);
}

/** Whether all that is said of one is so in the other, which may say more; null leaves it open. @param {unknown} all @param {unknown} said @returns {boolean} */
function holds(all, said) {
  if (said === undefined || said === null) return true;
  if (typeof said !== "object") return all === said;
  if (typeof all !== "object" || all === null) return false;
  if (Array.isArray(said) && said.length !== /** @type {unknown[]} */ (all).length) return false;
  return Object.entries(said).every(([name, value]) => holds(Reflect.get(all, name), value));
}

/** What to do first, and what this network is about. @param {Store} store */
function invitation(store) {
  const preset = presetOf(store);
  const story = isAsTold(store.spec.value, preset?.spec) ? preset?.story : null;
  return el(
    "div",
    { class: "invitation" },
    story ? el("p", { class: "story-told" }, story) : null,
    el("p", null, ...sentence("inspector.press", { step: el("b", null, say("transport.step")) })),
    el("p", null, say("inspector.click")),
  );
}

/** @param {Explanation} explanation @param {Actions} actions @returns {Node[]} */
function explained(explanation, actions) {
  const head = el("p", { class: "question" }, explanation.question);
  return [head, ...(explanation.computed ? computedParts(explanation, actions) : missingParts(explanation))];
}

/** What stands below the tools: the way back to the loss, and what the optimizer used. @param {Store} store @param {Actions} actions */
function afterwards(store, actions) {
  const { explanation } = store.why.value;
  if (!explanation) return [];
  const along = derivation.now();
  const links = explanation.chain.length ? [el("h3", null, say("inspector.chain")), chain(explanation, actions)] : [];
  const used = explanation.details.length ? [details(explanation)] : [];
  return [...links, ...used, ...(along ? [along.takeAlong(store, explanation)] : [])];
}

/** The reason stands there once: a sentence that tells it says it all. @param {Explanation} explanation @returns {Node[]} */
function missingParts({ formula: symbols, reason, text }) {
  const symbol = symbols ? [formula(symbols)] : [];
  if (reason && text.includes(reason)) return [el("p", { class: "missing" }, text), ...symbol];
  const first = say("inspector.missing");
  const told = text === first ? [] : [el("p", { class: "say" }, text)];
  return [el("p", { class: "missing" }, el("b", null, first), " ", reason ?? ""), ...symbol, ...told];
}

/** @param {Explanation} explanation @param {Actions} actions @returns {Node[]} */
function computedParts(explanation, actions) {
  return [
    el("p", { class: `answer mono ${signClass(explanation.value)}`, id: "answer" }, number(explanation.value, 6)),
    el("p", { class: "say told" }, explanation.text),
    ...(explanation.level === "kid" ? [] : formulas(explanation)),
    ...(explanation.terms.length ? [terms(explanation, actions)] : []),
  ];
}

/** A child gets the words and the numbers; everybody else the formula too. @param {Explanation} explanation */
function formulas({ formula: symbols, substituted }) {
  return [formula(symbols), ...(substituted ? [formula(substituted, "wide numbers")] : [])];
}

/** For a weight or a bias: check its gradient, and set it by hand. @param {Store} store @param {Actions} actions */
function parameterTools(store, actions) {
  const parameter = computed(() => {
    const selection = store.selection.value;
    return selection?.kind === "weight" || selection?.kind === "bias" || selection?.kind === "kernel"
      ? JSON.stringify(parameterOf(selection))
      : null;
  });
  return follow(el("div", { class: "tools", data: { control: "inspector.tools" } }), () => {
    if (!parameter.value) return [];
    const [name, index] = /** @type {[string, number[]]} */ (JSON.parse(parameter.value));
    const check = store.owner.value ? [checking.now()?.gradientCheck(store, actions, name, index)] : [];
    return [...check, byHand.now()?.typeIn(store, actions, name, index)];
  });
}

/** For a unit between input and output: kill it, hold it at a value, let it go. @param {Store} store @param {Actions} actions */
function holdTools(store, actions) {
  return follow(el("div", { class: "tools", data: { control: "inspector.hold" } }), () => {
    const kind = store.selection.value?.kind;
    const hold = kind === "unit" || kind === "pixel" ? holding.now() : null;
    const what = hold?.holdable(store.selection.value, store.graph.value);
    return hold && what ? [hold.holdingTools(store, actions, what)] : [];
  });
}

/** For a weight, a bias, a kernel's entry or an input: what would be, if it were another number? @param {Store} store @param {Actions} actions */
function whatIfTools(store, actions) {
  const target = computed(() => JSON.stringify(targetOf(store.selection.value, store.graph.value)));
  return follow(el("div", { class: "tools", data: { control: "inspector.whatif" } }), () => {
    const about = JSON.parse(target.value);
    const whatIf = about && supposing.now()?.whatIf;
    return whatIf ? [whatIf(store, actions, about)] : [];
  });
}
