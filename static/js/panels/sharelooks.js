/**
 * Which parts of the page are there where a link is opened: each by the words that stand on it here; the name that goes into
 * the address is told to whoever points at them.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Control } from "./controls.js"
 * @import { Key } from "../words/say.js"
 */

import { say } from "../words/say.js";
import { CONTROLS, NOT_EMBEDDED, selectorOf } from "./controls.js";
import { el, follow } from "./dom.js";

/** What a part is called. @type {Readonly<Record<Control, Key>>} */
export const CALLED = {
  header: "share.part.header",
  "header.presets": "header.stories",
  "header.about": "share.part.about",
  "header.undo": "share.part.undo",
  "header.level": "header.level",
  "header.search": "guide.search",
  "header.help": "guide.help",
  "header.notebook": "header.notebook",
  "header.share": "share.button",
  "header.appearance": "appearance.title",
  left: "share.part.left",
  data: "data.title",
  "data.own": "own.title",
  "data.noise": "data.noise",
  "data.size": "data.size",
  "data.test_fraction": "data.part",
  "data.features": "data.features.aria",
  training: "training.title",
  "training.loss": "charts.loss",
  "training.optimizer": "training.optimizer",
  "training.learning_rate": "training.rate",
  "training.batch_size": "training.batch",
  "training.seed": "training.seed",
  "training.more": "training.rare",
  loss: "charts.loss",
  gradients: "gradients.title",
  time: "time.way",
  matrices: "matrices.title",
  layers: "layers.aria",
  "layers.add": "layers.add",
  "stage.table": "stage.table",
  "stage.zoom": "zoom.aria",
  transport: "transport.aria",
  "transport.ribbon": "ribbon.aria",
  "transport.timeline": "timeline.label",
  "transport.bookmarks": "bookmark.list",
  "transport.fork": "fork.make",
  "transport.reset": "share.part.reset",
  "transport.back": "guide.back",
  "transport.step": "transport.step",
  "transport.play": "share.part.play",
  "transport.unit": "transport.units",
  "transport.speed": "transport.speed.aria",
  "transport.keys": "share.part.keys",
  sentence: "share.part.sentence",
  drawer: "drawer.aria",
  right: "share.part.right",
  picture: "output.picture",
  output: "output.title",
  try: "try.title",
  tune: "tune.title",
  translate: "translate.title",
  inspector: "inspector.why",
  "inspector.tools": "inspector.check",
  "inspector.whatif": "whatif.ask",
  "inspector.hold": "whatif.holding",
  "inspector.latex": "share.latex",
};

/** @typedef {Readonly<{ embedded: Signal<boolean>, hidden: Signal<readonly string[]>, shown: Signal<readonly string[]> }>} Look */

/** @param {string} label @param {Signal<boolean>} value @param {string} [id] */
export function checkbox(label, value, id = "") {
  const input = el("input", { type: "checkbox", checked: value.peek(), id });
  input.addEventListener("change", () => {
    value.value = input.checked;
  });
  return el("label", { class: "share-check" }, input, label);
}

/** @param {Look} look */
export function looks({ embedded, hidden, shown }) {
  const all = /** @type {readonly Control[]} */ (Object.keys(CONTROLS));
  const there = all.filter((name) => document.querySelector(selectorOf(name)));
  const extra = there.filter((name) => NOT_EMBEDDED.includes(name));
  const others = () => {
    const gone = extra.filter((name) => !shown.value.includes(name));
    return there.filter(
      (name) => !extra.includes(name) && !isColumn(name) && !gone.some((part) => part === panelOf(name)),
    );
  };
  const list = follow(el("div", { class: "share-names" }), () =>
    embedded.value
      ? [names(say("share.show"), extra, shown), names(say("share.hide"), others(), hidden)]
      : [names(say("share.hide"), there, hidden)],
  );
  return el(
    "details",
    { class: "share-look" },
    el("summary", null, say("share.look")),
    checkbox(say("share.embed"), embedded, "share-embed"),
    list,
  );
}

/** Columns go by themselves when nothing is in them. @param {Control} name */
function isColumn(name) {
  return name === "left" || name === "right";
}

/** What a part stands in. @param {Control} name */
function panelOf(name) {
  return name.split(".")[0] ?? name;
}

/**
 * Parts with what they stand in, in the order of the page.
 *
 * @param {readonly Control[]} all
 * @returns {readonly (readonly Control[])[]}
 */
export function grouped(all) {
  /** @type {Map<string, Control[]>} */
  const groups = new Map();
  for (const name of all) groups.set(panelOf(name), [...(groups.get(panelOf(name)) ?? []), name]);
  return [...groups.values()];
}

/** @param {string} label @param {readonly Control[]} all @param {Signal<readonly string[]>} chosen */
function names(label, all, chosen) {
  const groups = grouped(all).map((group) =>
    el("div", { class: group.length > 1 ? "share-group" : "" }, ...group.map((name) => part(name, chosen))),
  );
  return el("fieldset", null, el("legend", null, label), ...groups);
}

/** @param {Control} name @param {Signal<readonly string[]>} chosen */
function part(name, chosen) {
  const input = el("input", { type: "checkbox", value: name, checked: chosen.peek().includes(name) });
  input.addEventListener("change", () => {
    const rest = chosen.value.filter((each) => each !== name);
    chosen.value = input.checked ? [...rest, name] : rest;
  });
  const whole = !name.includes(".");
  return el("label", { class: whole ? "share-check whole" : "share-check", title: name }, input, say(CALLED[name]));
}
