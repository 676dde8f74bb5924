/**
 * The first minute: five stops, each beside what it speaks of. It takes no focus and stops nothing: one goes on by doing what
 * it says, or by its buttons; that it was seen, or skipped, is remembered.
 *
 * @import { Store } from "../state/store.js"
 */

import { signal } from "@preact/signals-core";
import { keeper } from "../state/address.js";
import { rememberTour } from "../state/preferences.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { scoped, watch } from "./lifetime.js";

const GAP = 10;
/** Within the stage, its foot stays free. */
const LOW = 56;

/**
 * @typedef {Object} Stop
 * @property {"step" | "ribbon" | "stage" | "why" | "edit"} name
 * @property {string} at selector of what it speaks of
 * @property {(store: Store) => boolean} [done] whether one has done what it says
 */

/** @type {readonly Stop[]} */
const STOPS = [
  { name: "step", at: "#step", done: (store) => store.moves.value > 0 },
  { name: "ribbon", at: ".ribbon" },
  { name: "stage", at: "#stage", done: (store) => store.selection.value !== null },
  { name: "why", at: "#why" },
  { name: "edit", at: ".bar .strip" },
];

/**
 * @param {Store} store
 * @param {HTMLElement} place
 * @returns {() => void} stop it
 */
export function startTour(store, place) {
  const at = signal(0);
  /** The stop that is shown, and whether what it says was not done yet when it came. */
  let shown = { at: -1, undone: false };
  const [, stop] = scoped(() => {
    watch(() => show(store, place, at));
    watch(() => {
      const done = STOPS[at.value]?.done?.(store) ?? false;
      if (shown.at !== at.value) shown = { at: at.value, undone: !done };
      else if (shown.undone && done) go(store, at, shown.at + 1);
    });
  });
  return () => {
    stop();
    const within = place.contains(document.activeElement);
    place.replaceChildren();
    if (within) document.getElementById("step")?.focus();
  };
}

/** @param {Store} store @param {import("@preact/signals-core").Signal<number>} at @param {number} to */
function go(store, at, to) {
  if (to >= 0 && to < STOPS.length) at.value = to;
  else end(store);
}

/** @param {Store} store */
function end(store) {
  rememberTour(keeper(() => localStorage));
  store.tour.value = false;
}

/** @param {Store} store @param {HTMLElement} place @param {import("@preact/signals-core").Signal<number>} at */
function show(store, place, at) {
  const now = at.value;
  const stop = STOPS[now];
  const target = stop && document.querySelector(stop.at);
  if (!stop || !target) return go(store, at, now + 1);
  const button = (/** @type {string} */ label, /** @type {string} */ kind, /** @type {number} */ to) => {
    const node = el("button", { class: kind, type: "button" }, label);
    node.addEventListener("click", () => go(store, at, to));
    return node;
  };
  const card = el(
    "section",
    { class: "tour", attributes: { role: "region", "aria-label": say("guide.tour") } },
    el("h2", { class: "plain" }, say(`guide.${stop.name}.title`)),
    el("p", null, say(`guide.${stop.name}`)),
    el(
      "div",
      { class: "tour-foot" },
      el("span", { class: "mono" }, say("guide.stop", { at: now + 1, of: STOPS.length })),
      now < STOPS.length - 1 ? button(say("guide.skip"), "btn", STOPS.length) : null,
      now > 0 ? button(say("guide.back"), "btn", now - 1) : null,
      now < STOPS.length - 1
        ? button(say("guide.next"), "btn", now + 1)
        : button(say("guide.done"), "btn", STOPS.length),
    ),
  );
  const ring = el("div", { class: "tour-ring", attributes: { "aria-hidden": "true" } });
  const within = place.contains(document.activeElement);
  place.replaceChildren(ring, card);
  // Whoever goes through it by keys goes on from the same place.
  if (within) [...card.querySelectorAll("button")].at(-1)?.focus();
  return keptBeside(target, () => arrange(card, ring, target.getBoundingClientRect()));
}

/**
 * What a stop speaks of is brought into view, and followed wherever it is scrolled or moved.
 *
 * @param {Element} target
 * @param {() => void} put
 * @returns {() => void} stop following
 */
function keptBeside(target, put) {
  const { top, bottom } = target.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight)
    target.scrollIntoView({ block: bottom - top > innerHeight ? "start" : "center" });
  const ended = new AbortController();
  const { signal } = ended;
  addEventListener("resize", put, { signal });
  document.addEventListener("scroll", put, { signal, capture: true, passive: true });
  const moved = new ResizeObserver(put);
  // It is moved by what stands around it and grows.
  for (let each = /** @type {Element | null} */ (target); each; each = each.parentElement) moved.observe(each);
  put();
  return () => {
    ended.abort();
    moved.disconnect();
  };
}

/** Beside the thing where there is room, else within it; never out of the window. @param {HTMLElement} card @param {HTMLElement} ring @param {DOMRect} at */
function arrange(card, ring, at) {
  const [width, height] = [card.offsetWidth, card.offsetHeight];
  const middle = Math.min(innerWidth - width - 8, Math.max(8, at.left + at.width / 2 - width / 2));
  const inside = { x: at.left + GAP, y: Math.max(8, at.bottom - height - LOW) };
  const above = { x: middle, y: at.top - GAP - height };
  const below = { x: middle, y: at.bottom + GAP };
  const left = { x: at.left - GAP - width, y: Math.min(innerHeight - height - 8, Math.max(8, at.top)) };
  const large = at.height > innerHeight / 2 && at.width > 2 * width;
  const fits = (/** @type {{ x: number, y: number }} */ { x, y }) => x >= 8 && y >= 8 && y + height <= innerHeight - 8;
  const { x, y } = (large ? [inside] : [above, below, left]).find(fits) ?? inside;
  Object.assign(card.style, {
    left: `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`,
    top: `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`,
  });
  Object.assign(ring.style, {
    left: `${at.left - 4}px`,
    top: `${at.top - 4}px`,
    width: `${at.width + 8}px`,
    height: `${at.height + 8}px`,
  });
}
