/**
 * Examples one by one: what each is, what the network says, how sure it is, and the loss of each alone; the worst first.
 * The server sorts, filters and pages; it is asked only while the tab is open.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Prediction, Predictions } from "../wire.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Store } from "../state/store.js"
 */

import { computed, signal } from "@preact/signals-core";
import { holdsImages } from "../state/contents.js";
import { columnName } from "../state/names.js";
import { say } from "../words/say.js";
import { asked } from "./asked.js";
import { classWhile, el, follow, text } from "./dom.js";
import { selectField } from "./fields.js";
import { number, whole } from "./format.js";
import { watch } from "./lifetime.js";
import { partSwitch } from "./partswitch.js";
import { paint } from "./samples.js";
import { segment } from "./segment.js";

const PAGE = 20;
const EVERY_MS = 700;
const MOST_COLUMNS = 4;

/** @typedef {"loss" | "sure" | "example"} Order */

/** @param {Store} store @param {Actions} actions */
export function predictionsTab(store, actions) {
  const { wish } = store.drawer;
  const order = signal(/** @type {Order} */ ("loss"));
  const offset = signal(0);
  const question = () => ({
    ...wish.value,
    wrong: wish.value.wrong ? "true" : null,
    order: order.value,
    offset: offset.value,
    limit: PAGE,
  });
  watch(() => {
    void [wish.value, order.value, store.access.value?.id];
    offset.value = 0;
  });
  const found = asked(store, question, actions.predictions, EVERY_MS);
  const table = follow(el("div", { class: "wide-table" }), () =>
    found.value ? rows(found.value, store, actions) : [],
  );
  return el(
    "div",
    { class: "predictions" },
    controls(store, order, found),
    el("div", { class: "tab-controls" }, summary(found), el("span", { class: "grow" }), pager(found, offset)),
    table,
  );
}

/** @param {Store} store @param {Signal<Order>} order @param {{ readonly value: Predictions | null }} found */
function controls(store, order, found) {
  const { wish } = store.drawer;
  const part = signal(wish.peek().part);
  watch(() => {
    part.value = wish.value.part;
  });
  const parts = partSwitch(part, "predictions-part", (chosen) => {
    wish.value = { ...wish.value, part: chosen };
  });
  watch(() => {
    parts.hidden = !store.dataset.value?.test.count;
    if (parts.hidden && wish.peek().part === "test") wish.value = { ...wish.peek(), part: "train" };
  });
  const orders = segment(
    say("predictions.order"),
    [
      { value: "loss", label: say("predictions.loss") },
      { value: "sure", label: say("predictions.sure") },
      { value: "example", label: say("predictions.example") },
    ],
    order,
    "predictions-order",
  );
  return el("div", { class: "tab-controls" }, parts, orders, ...filters(store, found));
}

/** @param {Store} store @param {{ readonly value: Predictions | null }} found */
function filters({ drawer: { wish } }, found) {
  const wrong = el("input", { type: "checkbox", id: "predictions-wrong" });
  wrong.addEventListener("change", () => {
    wish.value = { ...wish.value, wrong: wrong.checked };
  });
  const only = el("label", { class: "check" }, wrong, say("predictions.wrong"));
  const joined = computed(() => found.value?.classes.join("\n") ?? ""); // wakes the menu only when the classes are others
  const names = () => (joined.value ? joined.value.split("\n") : []);
  const classes = selectField({
    label: say("predictions.class"),
    options: () => [
      { value: "", label: say("predictions.any") },
      ...names().map((name, at) => ({ value: String(at), label: say("predictions.is", { name }) })),
    ],
    value: () => String(wish.value.target ?? ""),
    onChange: (value) => {
      wish.value = { ...wish.value, target: value === "" ? null : Number(value) };
    },
  });
  watch(() => {
    wrong.checked = wish.value.wrong;
    only.hidden = !found.value || found.value.wrong === null;
    classes.hidden = !names().length;
  });
  const taken = follow(el("span", { class: "taken" }), () => {
    const { answer } = wish.value;
    const name = answer === null ? null : (names()[answer] ?? answer);
    return name === null ? [] : [chip(say("predictions.taken", { name }))];
  });
  return [only, classes, taken];

  /** @param {string} words */
  function chip(words) {
    const label = `${words}. ${say("predictions.taken.any")}`;
    const button = el("button", { type: "button", class: "chip small", ariaLabel: label, title: label }, `${words} ×`);
    button.addEventListener("click", () => {
      wish.value = { ...wish.value, answer: null };
    });
    return button;
  }
}

/** @param {{ readonly value: Predictions | null }} found */
function summary(found) {
  const words = computed(() => (found.value ? summaryOf(found.value) : ""));
  return el(
    "span",
    { class: "say", id: "predictions-summary" },
    text(() => words.value),
  );
}

/** @param {Predictions} found */
export function summaryOf({ wrong, evaluated, of, mean_loss }) {
  if (!of) return say("predictions.empty");
  const values = { all: whole(evaluated), loss: number(mean_loss, 3) };
  const words =
    wrong === null
      ? say("predictions.summary.numbers", values)
      : say("predictions.summary", { ...values, wrong: whole(wrong) });
  return evaluated < of ? `${words} (${say("predictions.sampled", { n: whole(evaluated), all: whole(of) })})` : words;
}

/** @param {{ readonly value: Predictions | null }} found @param {Signal<number>} offset */
function pager(found, offset) {
  const all = () => found.value?.matching ?? 0;
  /** @param {string} sign @param {"earlier" | "later"} which @param {() => number} to */
  const turn = (sign, which, to) => {
    const label = say(`predictions.${which}`);
    const button = el("button", { class: "tiny", type: "button", ariaLabel: label, title: label }, sign);
    button.addEventListener("click", () => {
      offset.value = to();
    });
    watch(() => {
      button.disabled = to() === offset.value;
    });
    return button;
  };
  const range = el("span", { class: "mono" });
  range.append(
    text(() => {
      const [from, to] = [offset.value + 1, Math.min(all(), offset.value + PAGE)];
      return all()
        ? say("predictions.range", { from: whole(Math.min(from, to)), to: whole(to), all: whole(all()) })
        : "";
    }),
  );
  return el(
    "div",
    { class: "pager" },
    turn("‹", "earlier", () => Math.max(0, offset.value - PAGE)),
    range,
    turn("›", "later", () => (offset.value + PAGE < all() ? offset.value + PAGE : offset.value)),
  );
}

/** @param {Predictions} found @param {Store} store @param {Actions} actions */
function rows(found, store, actions) {
  if (!found.of) return [];
  if (!found.rows.length) return [el("p", { class: "say" }, say("predictions.nothing"))];
  const largest = Math.max(...found.rows.map(({ loss }) => loss ?? 0), 1e-12);
  const sure = found.rows.some(({ probability }) => probability !== null);
  const heads = ["input", "target", "says", ...(sure ? ["sure"] : []), "loss"];
  const head = heads.map((name) =>
    el("th", { scope: "col" }, say(/** @type {"predictions.head.loss"} */ (`predictions.head.${name}`))),
  );
  return [
    el(
      "table",
      { class: "examples" },
      el("caption", { class: "sr-only" }, say("predictions.caption")),
      el("thead", null, el("tr", null, el("th", { scope: "col" }, "#"), ...head)),
      el("tbody", null, ...found.rows.map((row) => line(row, { found, store, actions, largest, sure }))),
    ),
  ];
}

/**
 * @param {Prediction} row
 * @param {{ found: Predictions, store: Store, actions: Actions, largest: number, sure: boolean }} house
 */
function line(row, { found, store, actions, largest, sure }) {
  const verdict = row.right === null ? "" : say(row.right ? "predictions.right" : "predictions.not.right");
  const mark = row.right === null ? null : el("span", { class: "mark-right", title: verdict }, row.right ? "✓" : "✗");
  if (mark) mark.ariaLabel = verdict;
  mark?.setAttribute("role", "img");
  const loss = el("td", { class: "mono share" }, number(row.loss, 3));
  loss.style.setProperty("--share", String((row.loss ?? 0) / largest));
  const share = el("td", { class: "mono" }, row.probability === null ? "–" : percent(row.probability));
  const place = el("th", { scope: "row", class: "numbered" }, numbered(row, found.part, actions));
  const node = el(
    "tr",
    { class: row.right === false ? "example wrong" : "example" },
    place,
    el("td", null, inputOf(row, store)),
    el("td", null, row.target),
    el("td", { class: "network-says" }, row.says, " ", mark),
    sure && share,
    loss,
  );
  if (found.part === "train") {
    node.addEventListener("click", () => actions.follow(row.example));
    classWhile(place, "followed", () => store.frame.value?.example?.example === row.example);
  }
  return node;
}

/** Only examples that are trained on can be followed on the stage. @param {Prediction} row @param {string} part @param {Actions} actions */
function numbered({ example }, part, actions) {
  if (part !== "train") return String(example + 1);
  const label = say("predictions.follow", { n: example + 1 });
  return el(
    "button",
    {
      class: "link",
      type: "button",
      id: `prediction-${example}`,
      title: label,
      ariaLabel: label,
      on: { click: () => actions.follow(example) },
    },
    String(example + 1),
  );
}

/** A small picture, a text, or the first numbers. @param {Prediction} row @param {Store} store */
function inputOf({ raw, text: words, example }, store) {
  const dataset = store.dataset.value;
  if (words !== null) return el("span", { class: "mono text" }, words);
  if (!raw || !dataset) return "…";
  if (holdsImages(dataset)) {
    const canvas = el("canvas", { class: "sample-image", attributes: { role: "img", "aria-label": `${example + 1}` } });
    watch(() => {
      void store.theme.value;
      paint(canvas, /** @type {any} */ (raw), dataset.brightest ?? 1);
    });
    return canvas;
  }
  if (!dataset.columns.length) return say("predictions.steps", { n: raw.flat(2).length });
  return numbersOf(/** @type {number[]} */ (raw), dataset.columns);
}

/** @param {readonly number[]} raw @param {readonly string[]} columns */
export function numbersOf(raw, columns) {
  const shown = columns.slice(0, MOST_COLUMNS).map((name, at) => `${columnName(name)} ${number(raw[at], 3)}`);
  return [...shown, ...(columns.length > MOST_COLUMNS ? ["…"] : [])].join(" · ");
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(share > 0.995 && share < 1 ? 2 : 1)} %`;
}
