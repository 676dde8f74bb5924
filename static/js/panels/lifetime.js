/**
 * Effects that end with what they belong to. A card that is made anew with every edit would else leave its effects behind.
 */

import { effect } from "@preact/signals-core";

/** What the part that is being built has started. @type {(() => void)[] | null} */
let owner = null;

/**
 * An effect that ends with the part of the page in which it was started.
 *
 * @param {() => void | (() => void)} act what it returns is done when it ends
 * @returns {() => void} stop
 */
export function watch(act) {
  const stop = effect(act);
  atEnd(stop);
  return stop;
}

/** Done when the part of the page that is being built ends. @param {() => void} act */
export function atEnd(act) {
  owner?.push(act);
}

/**
 * Build a part of the page, and learn how to end everything that it started.
 *
 * @template T
 * @param {() => T} build
 * @returns {[T, () => void]}
 */
export function scoped(build) {
  const outer = owner;
  /** @type {(() => void)[]} */
  const mine = [];
  owner = mine;
  try {
    return [build(), () => end(mine)];
  } finally {
    owner = outer;
  }
}

/** @param {(() => void)[]} started */
function end(started) {
  for (const stop of started.splice(0)) stop();
}
