/**
 * What a person chose, remembered by the browser.
 *
 * @import { PREFERENCES, Store } from "./store.js"
 */

import { effect } from "@preact/signals-core";

const KEY = "deltaflow.preferences";
const TOUR = "deltaflow.tour";

/** What each choice may be: what was remembered is checked, it may come from another version. */
export const ALLOWED = {
  level: ["kid", "high_school", "graduate", "tldr", "phd"],
  theme: ["light", "dark", "auto"],
  contrast: ["auto", "standard", "more"],
  unit: ["op", "layer", "batch", "epoch"],
};

/** @param {Pick<Storage, "getItem">} storage @returns {Partial<typeof PREFERENCES>} */
export function recall(storage) {
  try {
    const found = JSON.parse(storage.getItem(KEY) ?? "{}");
    const known = Object.entries(ALLOWED).filter(([name, values]) => values.includes(found[name]));
    return Object.fromEntries(known.map(([name]) => [name, found[name]]));
  } catch {
    return {};
  }
}

/** @param {Store} store @param {Pick<Storage, "setItem">} storage @returns {() => void} stop */
export function rememberChoices(store, storage) {
  return effect(() => {
    const chosen = {
      level: store.level.value,
      theme: store.theme.value,
      contrast: store.contrast.value,
      unit: store.unit.value,
    };
    try {
      storage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // A browser that keeps nothing is no reason to fail.
    }
  });
}

/** Whether the first minute has neither been seen nor skipped. @param {Pick<Storage, "getItem">} storage */
export function isFirstVisit(storage) {
  try {
    return storage.getItem(TOUR) === null;
  } catch {
    return false;
  }
}

/** @param {Pick<Storage, "setItem">} storage */
export function rememberTour(storage) {
  try {
    storage.setItem(TOUR, "seen");
  } catch {
    // A browser that keeps nothing shows the tour again.
  }
}
