/**
 * What the page says beside the point: progress, notes that pass, the connection, and numbers that are no longer finite.
 *
 * @import { Toast } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { dismiss } from "../state/toasts.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { watch } from "./lifetime.js";

const PROGRESS_AFTER_MS = 300;
const TOAST_MS = 5000;

/** A bar at the top edge, for whatever takes longer than a moment. @param {Store} store */
export function progress(store) {
  const words = el("span", { class: "sr-only" });
  const bar = el(
    "div",
    { class: "progress", hidden: true, attributes: { role: "progressbar", "aria-label": say("notices.working") } },
    words,
  );
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  watch(() => {
    const busy = store.busy.value.at(-1) ?? (store.ready.value ? null : say("notices.starting"));
    clearTimeout(timer);
    if (!busy) bar.hidden = true;
    else
      timer = setTimeout(() => {
        words.textContent = busy;
        bar.hidden = false;
      }, PROGRESS_AFTER_MS);
  });
  return bar;
}

/** @param {Store} store */
export function toasts(store) {
  const list = el("div", {
    class: "toasts",
    attributes: { role: "log", "aria-live": "polite", "aria-label": say("notices.aria") },
  });
  /** @type {Map<number, HTMLElement>} */
  const shown = new Map();
  watch(() => {
    for (const toast of store.toasts.value) {
      if (shown.has(toast.id)) continue;
      const node = toastNode(store, toast);
      shown.set(toast.id, node);
      list.append(node);
    }
    for (const [id, node] of shown) {
      if (store.toasts.value.some((toast) => toast.id === id)) continue;
      node.remove();
      shown.delete(id);
    }
  });
  return list;
}

/** @param {Store} store @param {Toast} toast */
function toastNode(store, toast) {
  const close = el("button", { class: "tiny", type: "button", ariaLabel: say("notices.dismiss") }, "×");
  close.addEventListener("click", () => dismiss(store, toast.id));
  const sign = { info: "i", good: "✓", warning: "!" }[toast.kind];
  const node = el(
    "div",
    { class: `toast ${toast.kind}` },
    el("span", { class: "sign", attributes: { "aria-hidden": "true" } }, sign),
    el("p", null, toast.text),
    close,
  );
  let timer = setTimeout(() => dismiss(store, toast.id), TOAST_MS);
  node.addEventListener("pointerenter", () => clearTimeout(timer));
  node.addEventListener("pointerleave", () => {
    timer = setTimeout(() => dismiss(store, toast.id), TOAST_MS / 2);
  });
  return node;
}

/** @param {Store} store @param {Actions & { begin: () => unknown }} actions */
export function connectionBanner(store, actions) {
  const banner = el("div", { class: "banner connection", attributes: { role: "status" } });
  follow(banner, () => {
    const { state, reason, attempt } = store.connection.value;
    const trouble = state === "closed" || (state === "waiting" && attempt > 0);
    banner.hidden = !trouble;
    if (!trouble) return [];
    const note = state === "closed" ? "" : ` ${say("notices.stale")}`;
    const words = el("p", null, el("b", null, reason || say("notices.offline")), note);
    if (state === "waiting") return [words, act(say("notices.reconnect"), actions.reconnect)];
    return [words, act(say("notices.again"), actions.reconnect), act(say("notices.anew"), () => actions.begin())];
  });
  return banner;
}

/** @param {string} words @param {() => unknown} work */
function act(words, work) {
  return el("button", { class: "btn", type: "button", on: { click: () => void work() } }, words);
}

/** Names the operation, says why, and what to change. @param {Store} store @param {Actions} actions */
export function divergedBanner(store, actions) {
  const banner = el("div", { class: "banner diverged", attributes: { role: "alert" } });
  follow(banner, () => {
    const diverged = store.diverged.value;
    banner.hidden = !diverged;
    if (!diverged) return [];
    const call = store.calls.value[Number(diverged.call)]?.label ?? String(diverged.call);
    const back = act(say("notices.opback"), () => actions.step("back", "op"));
    const reset = act(say("notices.restart"), () => actions.reset());
    const why = el(
      "p",
      null,
      el("b", null, say("notices.diverged", { call })),
      " ",
      diverged.reason,
      " ",
      el("i", null, diverged.advice),
    );
    return [why, back, reset];
  });
  return banner;
}

/** What the server warned of when it built the network. @param {Store} store */
export function warnings(store) {
  const list = el("div", { class: "banner warnings" });
  return follow(list, () => {
    list.hidden = store.warnings.value.length === 0;
    return store.warnings.value.map((warning) => el("p", null, warning));
  });
}
