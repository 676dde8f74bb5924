/**
 * The strip at the top: what this is, how deep it explains, how it looks, and how a notebook joins.
 *
 * @import { File } from "./exports.js"
 * @import { Level } from "../types.js"
 * @import { Store, Theme } from "../state/store.js"
 */

import { el, follow, text } from "./dom.js";
import { counted } from "./format.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { popover } from "./popover.js";
import { segment } from "./segment.js";

const keymap = lazily(() => import("./keymap.js"));
const presetMenu = lazily(() => import("./presets.js"));
const notebookMenu = lazily(() => import("./notebook.js"));

/** @type {readonly { value: Level, label: string }[]} */
export const LEVELS = [
  { value: "kid", label: "Kid" },
  { value: "high_school", label: "High school" },
  { value: "graduate", label: "Graduate" },
  { value: "tldr", label: "TL;DR" },
  { value: "phd", label: "PhD" },
];

/** @type {Record<Theme, { next: Theme, sign: string, label: string }>} */
const THEMES = {
  auto: { next: "light", sign: "◐", label: "Colours follow the system. Switch to light" },
  light: { next: "dark", sign: "☀", label: "Light colours. Switch to dark" },
  dark: { next: "auto", sign: "☾", label: "Dark colours. Follow the system" },
};

/**
 * @param {Store} store
 * @param {Object} acts
 * @param {(from: string | globalThis.File) => unknown} acts.begin a new session from this preset, or from a file
 * @param {(format: string) => Promise<File | null>} acts.download the session as a file
 */
export function header(store, acts) {
  const logo = el(
    "div",
    { class: "logo" },
    el("span", { class: "nabla", attributes: { "aria-hidden": "true" } }, "∇"),
    " Deltaflow",
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
    follow(el("span", { class: "watching" }), () => (store.owner.value ? [] : ["watching"])),
    el("span", { class: "grow" }),
    segment("How deep to explain", LEVELS, store.level, "level"),
    el("span", { class: "grow" }),
    ...keys(),
    ...notebook(store, acts),
    themeToggle(store),
  );
}

/** @param {Store} store @param {(preset: string) => unknown} begin */
function presets(store, begin) {
  const button = el("button", { class: "title", type: "button", title: "Begin with another story" });
  button.append(
    text(() => store.spec.value?.name ?? "Deltaflow"),
    el("span", { class: "caret" }, " ▾"),
  );
  return [
    button,
    popover(
      button,
      "Stories to begin with",
      () => presetMenu.now()?.presetMenu(store, begin) ?? [],
      "broad",
      presetMenu,
    ),
  ];
}

/** @param {Store} store @returns {string} */
function crumb(store) {
  const [dataset, graph] = [store.dataset.value, store.graph.value];
  if (!dataset || !graph) return "";
  const rows = dataset.train.count + dataset.test.count;
  const examples = dataset.name === "fruit" ? `${rows} measured fruits` : counted(rows, "example");
  return `${examples} · ${counted(graph.parameter_count, "parameter")}`;
}

/** What every key does. */
function keys() {
  const button = el("button", { class: "btn", type: "button", title: "What every key does" }, "Keys");
  return [button, popover(button, "What every key does", () => keymap.now()?.keymap() ?? [], "", keymap)];
}

/** @param {Store} store @param {import("./notebook.js").Files} files */
function notebook(store, files) {
  const button = el("button", { class: "btn", type: "button" }, "Notebook");
  button.title = "Drive this very network from Python, let others watch, or take it with you";
  return [
    button,
    popover(
      button,
      "Connect a notebook",
      () => notebookMenu.now()?.notebookPopover(store, files) ?? [],
      "wide",
      notebookMenu,
    ),
  ];
}

/** @param {Store} store */
function themeToggle(store) {
  const button = el("button", { class: "btn square", type: "button", id: "theme" });
  button.addEventListener("click", () => {
    store.theme.value = THEMES[store.theme.value].next;
  });
  watch(() => {
    const { sign, label } = THEMES[store.theme.value];
    button.textContent = sign;
    button.ariaLabel = label;
    button.title = label;
  });
  return button;
}
