/**
 * What can wait, waits until there is something to see, and then gives way to whoever presses a button.
 *
 * @import { Store } from "./store.js"
 */

import { effect } from "@preact/signals-core";

/** Whoever waits for a quiet moment waits no longer than this. */
const LONGEST_MS = 300;

/**
 * Do it once, in a quiet moment after the first frame is there, or when it is known that there will be none.
 *
 * @param {Pick<Store, "frame" | "connection">} store
 * @param {() => unknown} act
 */
export function whenBegun({ frame, connection }, act) {
  let begun = false;
  const stop = effect(() => {
    if (begun || (!frame.value && connection.value.state !== "closed")) return;
    begun = true;
    queueMicrotask(() => stop());
    quiet(act);
  });
}

/** In a quiet moment; Safari knows of none, and waits for the next turn. @param {() => unknown} act */
export function quiet(act) {
  if (typeof requestIdleCallback === "function") requestIdleCallback(() => act(), { timeout: LONGEST_MS });
  else setTimeout(act);
}

/** Between two portions of work: what the reader has done meanwhile is answered first. @returns {Promise<void>} */
export function breath() {
  const { scheduler } = /** @type {{ scheduler?: { yield?: () => Promise<void> } }} */ (globalThis);
  return scheduler?.yield ? scheduler.yield() : new Promise((resolve) => setTimeout(resolve));
}
