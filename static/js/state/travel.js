/**
 * Going through time by hand: one seek is on its way, and of those that are wished meanwhile the last one counts.
 *
 * @import { Store } from "./store.js"
 */

import { effect } from "@preact/signals-core";

/** Where one stops at what is not kept, it is computed again at once if that takes no longer. */
const PATIENCE_SECONDS = 3;
let last = 0;

/** @typedef {Readonly<{ step: number, op: number, otherwise: "nearest" | "replay" }>} Wish */

/**
 * @param {Store} store
 * @param {(command: Record<string, unknown>) => void} send
 */
export function travel(store, send) {
  return { ...scrubbing(store, send), ...bookmarking(send) };
}

/**
 * @param {Pick<Store, "answered" | "connection" | "playing" | "missed">} store
 * @param {(command: Record<string, unknown>) => void} send
 */
export function scrubbing(store, send) {
  /** @type {Wish | null} */
  let waiting = null;
  /** What is on its way. @type {(Wish & { id: string }) | null} */
  let flying = null;
  let resting = true;

  /** @param {Wish} wish */
  function launch(wish) {
    if (store.playing.peek()) send({ type: "pause" });
    last += 1;
    flying = { ...wish, id: `scrub${last}` };
    const { id, step, op, otherwise } = flying;
    send({ type: "seek", id, step, op, otherwise });
  }

  /** @param {Wish} wish */
  function go(wish) {
    if (store.connection.peek().state !== "open") flying = null;
    if (!flying) return launch(wish);
    if (flying.otherwise === "replay" && !waiting) send({ type: "pause" });
    waiting = wish;
  }

  /** What is near is computed again at once, where one rests. */
  function settle() {
    const missed = store.missed.peek();
    if (missed && missed.seconds !== null && missed.seconds <= PATIENCE_SECONDS)
      launch({ step: missed.step, op: missed.op, otherwise: "replay" });
  }

  effect(() => {
    const answered = store.answered.value;
    if (!flying || answered?.id !== flying.id) return;
    const [next, was] = [waiting, flying];
    flying = waiting = null;
    if (next) launch(next);
    else if (resting && was.otherwise === "nearest") settle();
  });

  return {
    /** While one drags, what is not kept is approached. @param {number} step @param {number} op @param {{ dragging?: boolean }} [how] */
    scrub: (step, op, { dragging = false } = {}) => {
      resting = !dragging;
      go({ step, op, otherwise: "nearest" });
    },
    /** The dragging is over. */
    rest: () => {
      if (resting) return;
      resting = true;
      if (!flying) settle();
    },
    /** Compute what was asked for and is not kept, however long it takes. */
    computeAgain: () => {
      const missed = store.missed.peek();
      if (missed) go({ step: missed.step, op: missed.op, otherwise: "replay" });
    },
  };
}

/** Named points of time. @param {(command: Record<string, unknown>) => void} send */
function bookmarking(send) {
  return {
    addBookmark: (name = "") => send({ type: "add_bookmark", name }),
    /** @param {number} bookmark @param {string} name */
    renameBookmark: (bookmark, name) => send({ type: "rename_bookmark", bookmark, name }),
    /** @param {number} bookmark */
    removeBookmark: (bookmark) => send({ type: "remove_bookmark", bookmark }),
    /** @param {number} bookmark */
    visit: (bookmark) => send({ type: "visit", bookmark }),
  };
}
