/**
 * The drawer below the transport: which of its tabs is open, how high it is, and which examples one tab asks another to show.
 */

import { effect, signal } from "@preact/signals-core";

/** @typedef {"histograms" | "predictions" | "confusion" | "rate" | "runs"} Tab */
/**
 * Which examples the table of predictions shows.
 *
 * @typedef {Object} Wish
 * @property {"train" | "test"} part
 * @property {number | null} target index of the class that is right; null: any
 * @property {number | null} answer index of the class that was answered; null: any
 * @property {boolean} wrong only those
 */
/** @typedef {ReturnType<typeof createDrawer>} Drawer */

const KEY = "deltaflow.drawer";
/** @type {readonly string[]} */
const TABS = ["histograms", "predictions", "confusion", "rate", "runs"];
export const LEAST_HEIGHT = 120;
const FIRST_HEIGHT = 260;
/** @type {Wish} */
const ALL = { part: "train", target: null, answer: null, wrong: false };

/** Before anything is remembered: closed. */
export function createDrawer() {
  return {
    tab: signal(/** @type {Tab | null} */ (null)),
    height: signal(FIRST_HEIGHT),
    wish: signal(ALL),
  };
}

/** Open this tab, or close the drawer if it is open. @param {Drawer} drawer @param {Tab} which */
export function toggleTab({ tab }, which) {
  tab.value = tab.peek() === which ? null : which;
}

/**
 * How high it may be: the stage keeps its part.
 *
 * @param {number} wanted
 * @param {number} most
 */
export function heightWithin(wanted, most) {
  return Math.round(Math.max(LEAST_HEIGHT, Math.min(wanted, most)));
}

/** @param {Drawer} drawer @param {Pick<Storage, "getItem">} storage */
export function recallDrawer(drawer, storage) {
  try {
    const { tab = null, height } = JSON.parse(storage.getItem(KEY) ?? "{}");
    if (TABS.includes(tab)) drawer.tab.value = tab;
    if (Number.isFinite(height) && height >= LEAST_HEIGHT) drawer.height.value = height;
  } catch {
    // What cannot be read is as good as nothing.
  }
}

/** @param {Drawer} drawer @param {Pick<Storage, "setItem">} storage @returns {() => void} stop */
export function rememberDrawer({ tab, height }, storage) {
  return effect(() => {
    const kept = JSON.stringify({ tab: tab.value, height: height.value });
    try {
      storage.setItem(KEY, kept);
    } catch {
      // A browser that keeps nothing is no reason to fail.
    }
  });
}
