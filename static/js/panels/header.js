/**
 * The strip at the top: what this is, how deep it explains, how it looks, and how a notebook joins.
 *
 * @import { File } from "./exports.js"
 * @import { Level } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { titleOf } from "../state/names.js";
import { say } from "../words/say.js";
import { signsOf } from "./commands.js";
import { control } from "./controls.js";
import { el, follow, kbd, text } from "./dom.js";
import { counted } from "./format.js";
import { icon } from "./icons.js";
import { lazily } from "./lazily.js";
import { popover } from "./popover.js";
import { segment } from "./segment.js";
import { undoButtons } from "./undo.js";

const appearanceMenu = lazily(() => import("./appearance.js"));
const helpMenu = lazily(() => import("./help.js"));
const sharing = lazily(() => import("./share.js"));
const presetMenu = lazily(() => import("./presets.js"));
const notebookMenu = lazily(() => import("./notebook.js"));

/** @type {readonly { value: Level, label: string }[]} */
export const LEVELS = [
  { value: "kid", label: say("header.kid") },
  { value: "high_school", label: say("header.high_school") },
  { value: "graduate", label: say("header.graduate") },
  { value: "tldr", label: say("header.tldr") },
  { value: "phd", label: say("header.phd") },
];

/** @typedef {{ begin: (from: string | globalThis.File) => unknown, download: (format: string) => Promise<File | null>, undo: () => unknown, redo: () => unknown }} Beginning */

/** @param {Store} store @param {Beginning & import("./share.js").Sharing} acts */
export function header(store, acts) {
  const logo = el(
    "div",
    { class: "logo" },
    el("span", { class: "nabla", attributes: { "aria-hidden": "true" } }, "∇"),
    el("span", { class: "word" }, " Deltaflow"),
  );
  return el(
    "header",
    { class: "top" },
    el("h1", { class: "plain" }, logo),
    ...presets(store, acts.begin),
    el(
      "span",
      { class: "crumb" },
      text(() => crumb(store)),
    ),
    undoButtons(store, acts),
    follow(el("span", { class: "watching" }), () => (store.owner.value ? [] : [say("header.watching")])),
    el("span", { class: "grow" }),
    segment(say("header.level"), LEVELS, store.level, "level"),
    el("span", { class: "grow" }),
    el(
      "div",
      { class: "doors" },
      search(store),
      share(store, acts),
      ...notebook(store, acts),
      ...looks(store),
      ...help(store),
    ),
  );
}

/** Where room is scarce its sign stands for it; its name stays its name. @param {Parameters<typeof icon>[0]} sign @param {string} name */
function signed(sign, name) {
  return [icon(sign), el("span", { class: "named" }, name)];
}

/** @param {Store} store @param {(preset: string) => unknown} begin */
function presets(store, begin) {
  const button = el("button", { class: "title", type: "button", title: say("header.story") });
  button.append(
    text(() => titleOf(store)),
    el("span", { class: "caret" }, " ▾"),
  );
  return [
    button,
    popover(button, say("header.stories"), () => presetMenu.now()?.presetMenu(store, begin) ?? [], "broad", presetMenu),
  ];
}

/** @param {Store} store @returns {string} */
function crumb(store) {
  const [dataset, graph] = [store.dataset.value, store.graph.value];
  if (!dataset || !graph) return "";
  const rows = dataset.train.count + dataset.test.count;
  const examples =
    dataset.name === "fruit" ? say("header.fruits", { n: rows }) : say("numbers.examples", counted(rows));
  return `${examples} · ${say("numbers.parameters", counted(graph.parameter_count))}`;
}

/** @param {Store} store */
function search(store) {
  const button = el("button", { class: "btn", type: "button", id: "search", title: say("guide.search.title") });
  button.append(...signed("search", say("guide.search")), " ", ...signsOf("Mod+k").map((sign) => kbd(sign)));
  button.addEventListener("click", () => {
    store.dialog.value = "palette";
  });
  return button;
}

/** @param {Store} store */
function help(store) {
  const button = el(
    "button",
    { class: "btn", type: "button", id: "help", title: say("guide.help.title") },
    ...signed("help", say("guide.help")),
  );
  return [button, popover(button, say("guide.help"), () => helpMenu.now()?.helpMenu(store) ?? [], "menu", helpMenu)];
}

/** A dialog, since one works in it for a while. @param {Store} store @param {import("./share.js").Sharing} acts */
function share(store, acts) {
  const open = async () => {
    await sharing.come();
    sharing.now()?.openShare(store, acts);
  };
  const button = el("button", { class: "btn", type: "button", id: "share", on: { click: open } });
  button.append(...signed("share", say("share.button")));
  button.title = say("share.title");
  button.ariaHasPopup = "dialog";
  return control("header.share", button);
}

/** @param {Store} store @param {import("./notebook.js").Files} files */
function notebook(store, files) {
  const button = el("button", { class: "btn", type: "button" }, ...signed("book", say("header.notebook")));
  button.dataset.control = "header.notebook";
  button.title = say("header.notebook.title");
  return [
    button,
    popover(
      button,
      say("header.notebook.aria"),
      () => notebookMenu.now()?.notebookPopover(store, files) ?? [],
      "wide",
      notebookMenu,
    ),
  ];
}

/** @param {Store} store */
function looks(store) {
  const button = el("button", {
    class: "btn square",
    type: "button",
    id: "appearance",
    title: say("appearance.title"),
  });
  button.ariaLabel = say("appearance.button");
  button.append(el("span", { attributes: { "aria-hidden": "true" } }, "◐"));
  const content = () => appearanceMenu.now()?.appearance(store) ?? [];
  return [button, popover(button, say("appearance.title"), content, "appearance", appearanceMenu)];
}
