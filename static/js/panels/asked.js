/**
 * Answers that are asked for again whenever the session has moved, while somebody looks: not oftener than allowed, never
 * two at once, and none of a session that was left.
 *
 * @import { ReadonlySignal } from "@preact/signals-core"
 * @import { Store } from "../state/store.js"
 */

import { signal } from "@preact/signals-core";
import { throttle } from "../state/throttle.js";
import { watch } from "./lifetime.js";

/**
 * @template Q, A
 * @param {Store} store
 * @param {() => Q | null} question signals that it reads have it asked anew; null: nothing is asked
 * @param {(question: Q) => Promise<A>} ask
 * @param {number} ms
 * @returns {ReadonlySignal<A | null>} null until the first answer has come
 */
export function asked(store, question, ask, ms) {
  const answer = signal(/** @type {A | null} */ (null));
  let under = false;
  /** @type {Q | null} */
  let waiting = null;
  const go = throttle(async (/** @type {Q} */ wanted) => {
    if (under) {
      waiting = wanted;
      return;
    }
    under = true;
    const session = store.access.peek()?.id;
    const found = await ask(wanted).catch(() => null);
    under = false;
    if (session === store.access.peek()?.id && found) answer.value = found;
    if (waiting) go(waiting);
    waiting = null;
  }, ms);
  watch(() => {
    void store.position.value;
    const wanted = store.access.value ? question() : null;
    if (wanted !== null) go(wanted);
  });
  return answer;
}
