/**
 * A weight that is dragged: each value is sent when the one before has been answered, the newest first, so that a slow line
 * only makes it coarser; all of them are one thing to undo.
 *
 * @import { Rest } from "../net/rest.js"
 * @import { Store } from "./store.js"
 */

import { messageOf } from "../net/problem.js";
import { say } from "../words/say.js";
import { applyEvent } from "./reduce.js";
import { notify } from "./toasts.js";

/** @typedef {Readonly<{ set: (value: number) => void, end: () => Promise<void> }>} Drag */

/** How far to either side of 0 a slider goes on which this value lies, with room to move. @param {number} value */
export function reachOf(value) {
  let reach = 2;
  while (reach < 1.5 * Math.abs(value)) reach *= 2;
  return reach;
}

/**
 * @param {Store} store
 * @param {Rest} rest
 * @param {() => string} name a fresh name for a gesture
 */
export function dragging(store, rest, name) {
  return {
    /** @param {string} parameter @param {readonly number[]} index @returns {Drag} */
    dragParameter: (parameter, index) => {
      const path = `/sessions/${store.access.value?.id}/parameters/${parameter}`;
      const gesture = name();
      /** @type {number | null} */
      let waiting = null;
      /** @type {Promise<void> | null} */
      let sending = null;
      store.dragging.value = true;

      async function pump() {
        while (waiting !== null) {
          const value = waiting;
          waiting = null;
          try {
            const answer = await rest.put(path, { value, index, gesture, answer: !store.playing.peek() });
            if (store.connection.value.state !== "open") applyEvent(store, { type: "edited", ...answer });
          } catch (error) {
            waiting = null;
            notify(store, "warning", say("notices.refused", { reason: messageOf(error) }));
          }
        }
        sending = null;
      }

      return {
        set: (value) => {
          waiting = value;
          sending ??= pump();
        },
        end: async () => {
          await sending;
          store.dragging.value = false;
          store.moves.value += 1;
        },
      };
    },
  };
}
