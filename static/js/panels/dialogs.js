/**
 * What opens above the page: the palette, the map of keys, the tour. Each comes when it is first wanted.
 *
 * @import { Store } from "../state/store.js"
 * @import { Command } from "./commands.js"
 * @import { Acts } from "./palette.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";

const paletteModule = lazily(() => import("./palette.js"));
const keymapModule = lazily(() => import("./keymap.js"));
const tourModule = lazily(() => import("./tour.js"));

/**
 * @param {Store} store
 * @param {Acts} actions
 * @param {readonly Command[]} commands
 */
export function dialogs(store, actions, commands) {
  const dialog = el("dialog", { class: "above", id: "above" });
  const tour = el("div", { class: "tour-place", attributes: { "aria-live": "polite" } });
  const closed = () => {
    store.dialog.value = null;
  };
  const close = () => {
    dialog.close();
    closed();
  };
  // The browser says that it has closed a moment later; a key may be faster.
  dialog.addEventListener("cancel", closed);
  dialog.addEventListener("close", closed);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  watch(() => {
    switch (store.dialog.value) {
      case "palette":
        return open(
          dialog,
          "palette",
          say("guide.palette"),
          close,
          paletteModule.now()?.palette(store, actions, commands, close),
        );
      case "keys":
        return open(dialog, "keys", say("header.keys.title"), close, keymapModule.now()?.keymap(commands));
      default:
        return dialog.open ? dialog.close() : undefined;
    }
  });
  // Fetched when nothing else is to be done: who opens the palette types at once.
  watch(() => {
    if (store.catalog.value) globalThis.requestIdleCallback?.(() => paletteModule.come());
  });
  watch(() => (store.tour.value && store.ready.value ? tourModule.now()?.startTour(store, tour) : undefined));
  return [dialog, tour];
}

/** @param {HTMLDialogElement} dialog @param {string} kind @param {string} label @param {() => void} close @param {readonly HTMLElement[] | undefined} content */
function open(dialog, kind, label, close, content) {
  if (!content) return;
  dialog.className = `above above-${kind}`;
  dialog.ariaLabel = label;
  const shut = el("button", { class: "btn square shut", type: "button", title: say("guide.close") }, "×");
  shut.ariaLabel = say("guide.close");
  shut.addEventListener("click", close);
  const head = kind === "palette" ? [] : [el("h2", { class: "plain" }, label), shut];
  dialog.replaceChildren(...head, ...content);
  if (!dialog.open) dialog.showModal();
}
