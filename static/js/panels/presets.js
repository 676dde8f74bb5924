/**
 * Where one can begin: each preset is a network, its data and a short story; they are offered by topic, the easiest first.
 *
 * @import { CatalogEntry } from "../wire.js"
 * @import { Store } from "../state/store.js"
 */

import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { words } from "./format.js";

/** @param {Store} store @param {(preset: string) => unknown} begin */
export function presetMenu(store, begin) {
  const list = el("div", { class: "topics" });
  follow(list, () => {
    const now = store.spec.value?.name;
    return byTopic(store.catalog.value?.presets ?? []).map(({ topic, presets }) => section(topic, presets, now, begin));
  });
  return [el("h2", { class: "plain" }, say("header.begin")), list];
}

/**
 * Presets that stand together under one heading, in the order of the catalog.
 *
 * @param {readonly CatalogEntry[]} presets
 * @returns {{ topic: string, presets: CatalogEntry[] }[]}
 */
export function byTopic(presets) {
  /** @type {Map<string, CatalogEntry[]>} */
  const topics = new Map();
  for (const preset of presets) {
    const topic = preset.topic ?? "";
    topics.set(topic, [...(topics.get(topic) ?? []), preset]);
  }
  return [...topics].map(([topic, entries]) => ({ topic, presets: entries }));
}

/**
 * @param {string} topic
 * @param {readonly CatalogEntry[]} presets
 * @param {string | undefined} now the name of the session that is open
 * @param {(preset: string) => unknown} begin
 */
function section(topic, presets, now, begin) {
  const stories = presets.map((preset) => story(preset, preset.spec?.name === now, begin));
  return el("section", null, topic && el("h3", { class: "topic" }, topic), el("ul", { class: "stories" }, ...stories));
}

/** @param {CatalogEntry} preset @param {boolean} isOpen @param {(preset: string) => unknown} begin */
function story(preset, isOpen, begin) {
  const button = el(
    "button",
    { class: "story", type: "button", attributes: isOpen ? { "aria-current": "true" } : {} },
    el("b", null, preset.title ?? words(preset.name)),
    el("span", null, preset.summary),
  );
  button.addEventListener("click", () => {
    const panel = button.closest("[popover]");
    if (panel instanceof HTMLElement) panel.hidePopover();
    begin(preset.name);
  });
  return el("li", null, button);
}
