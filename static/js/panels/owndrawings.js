/**
 * Drawings with a name each, collected one by one: small pictures to learn from.
 *
 * @import { Drawing } from "../state/labelled.js"
 * @import { Store } from "../state/store.js"
 * @import { Tab } from "./owndata.js"
 */

import { signal } from "@preact/signals-core";
import { classesOf, drawingsDataset, drawnBefore } from "../state/labelled.js";
import { say } from "../words/say.js";
import { el, follow, text } from "./dom.js";
import { freshId } from "./fields.js";
import { watch } from "./lifetime.js";
import { createPad } from "./pad.js";
import { paint } from "./samples.js";

/** Pixels across and down, as those of the digits that come with Deltaflow. */
const SIZE = 8;
/** Pictures that are cheap to send with every edit. */
const MOST = 400;

/** @param {Store} store @returns {Tab} */
export function drawingsTab(store) {
  const drawings = signal(/** @type {readonly Drawing[]} */ (drawnBefore(store.spec.peek())));
  const classes = () => classesOf(drawings.value);
  return {
    body: [drawer(store, drawings), collection(store, drawings)],
    needs: () => (classes().length < 2 ? null : { holds: "image", task: "classification", classes: classes().length }),
    dataset: () => drawingsDataset(drawings.value),
    label: () => (drawings.value.length ? say("own.use.drawings", { n: drawings.value.length }) : say("own.use.none")),
    why: () => (drawings.value.length ? say("own.two") : ""),
  };
}

/** @param {Store} store @param {import("@preact/signals-core").Signal<readonly Drawing[]>} drawings */
function drawer(store, drawings) {
  const pad = createPad(
    () => SIZE,
    () => {},
    signal(null),
    store.look,
  );
  pad.sheet.id = "own-pad";
  const id = freshId("own-label");
  const label = el("input", { class: "number wide", id, type: "text", maxLength: 30, autocomplete: "off" });
  const add = el("button", { class: "btn", type: "button", id: "own-add" }, say("own.add"));
  const named = signal("");
  label.addEventListener("input", () => {
    named.value = label.value.trim();
  });
  watch(() => {
    add.disabled = pad.empty.value || !named.value || drawings.value.length >= MOST;
  });
  const collect = () => {
    if (add.disabled) return;
    drawings.value = [...drawings.value, { image: pad.image.value, label: named.value }];
    pad.clear();
  };
  add.addEventListener("click", collect);
  /** @param {KeyboardEvent} event */
  const onEnter = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    collect();
  };
  label.addEventListener("keydown", onEnter);
  pad.sheet.addEventListener("keydown", onEnter);
  const side = el("div", { class: "pad-side" }, pad.given, el("span", { class: "mono" }, `${SIZE} × ${SIZE}`));
  return el(
    "div",
    { class: "own-drawer" },
    el("p", { class: "say" }, say("own.draw")),
    el("div", { class: "pads" }, pad.sheet, side),
    el("label", { htmlFor: id }, say("own.label")),
    el("div", { class: "own-naming" }, label, add),
  );
}

/** @param {Store} store @param {import("@preact/signals-core").Signal<readonly Drawing[]>} drawings */
function collection(store, drawings) {
  const counts = text(() =>
    classesOf(drawings.value)
      .map((name) => `${name}: ${drawings.value.filter(({ label }) => label === name).length}`)
      .join(" · "),
  );
  const list = follow(
    el("div", { class: "own-drawings", attributes: { role: "group", "aria-label": say("own.drawn.all") } }),
    () => drawings.value.map((drawing) => picture(store, drawing, drawings)),
  );
  return el(
    "div",
    { class: "own-collection" },
    el("p", { class: "say", attributes: { "aria-live": "polite" } }, counts),
    list,
  );
}

/** @param {Store} store @param {Drawing} drawing @param {import("@preact/signals-core").Signal<readonly Drawing[]>} drawings */
function picture(store, drawing, drawings) {
  const canvas = el("canvas", { class: "sample-image" });
  watch(() => {
    void store.look.value;
    paint(canvas, [drawing.image], 1);
  });
  const words = say("own.drawn", { label: drawing.label });
  const button = el(
    "button",
    { class: "own-drawing", type: "button", ariaLabel: words, title: words },
    canvas,
    drawing.label,
  );
  button.addEventListener("click", () => {
    drawings.value = drawings.value.filter((other) => other !== drawing);
  });
  return button;
}
