/**
 * Where one can begin: each preset is a network, its data and a short story.
 *
 * @import { Store } from "../state/store.js"
 */

import { el, follow } from "./dom.js";
import { words } from "./format.js";

/** @param {Store} store @param {(preset: string) => unknown} begin */
export function presetMenu(store, begin) {
  const list = el("ul", { class: "stories" });
  follow(list, () => (store.catalog.value?.presets ?? []).map((preset) => story(preset, begin)));
  return [el("h2", { class: "plain" }, "Begin with …"), list];
}

/** @param {import("../wire.js").CatalogEntry} preset @param {(preset: string) => unknown} begin */
function story(preset, begin) {
  const button = el(
    "button",
    { class: "story", type: "button" },
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
