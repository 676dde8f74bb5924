/**
 * Asks the server what would be, not oftener than it can answer: the last wish wins, an older answer is dropped.
 *
 * @import { EffectReply, Supposed, Target } from "../wire.js"
 * @import { Actions } from "./actions.js"
 * @import { Store } from "./store.js"
 */

import { effect as keep, signal } from "@preact/signals-core";
import { messageOf } from "../net/problem.js";
import { throttle } from "./throttle.js";

const MOVE_MS = 60;
/** What is read out waits until the hand rests. */
const REST_MS = 700;
const POINTS = 21;

/**
 * @param {Store} store
 * @param {Pick<Actions, "whatIf" | "effect">} actions
 * @param {Target} target
 */
export function supposing(store, actions, target) {
  /** What a nudge would do, also while the question is closed. @type {import("@preact/signals-core").Signal<EffectReply | null>} */
  const nudge = signal(null);
  /** The state that is read out. @type {import("@preact/signals-core").Signal<Supposed | null>} */
  const settled = signal(null);
  const [askNudge, askAnswer, askSlice] = [lastOnly(), lastOnly(), lastOnly()];
  const isOpen = () => store.supposed.peek()?.target === target;

  /** @param {Partial<Supposed>} change */
  function put(change) {
    const now = store.supposed.peek();
    if (now && now.target === target) store.supposed.value = { ...now, ...change };
  }

  async function answer() {
    const now = store.supposed.peek();
    if (!now || now.target !== target) return;
    const how = now.value === null ? { add: 0 } : { value: now.value };
    const nodes = (store.graph.peek()?.layers ?? []).map(({ id }) => `${id}.a`);
    await askAnswer(
      (abort) => actions.whatIf({ changes: [{ ...target, ...how }], nodes }, abort),
      (found) =>
        put({
          answer: found,
          message: "",
          ...(store.supposed.peek()?.value === null ? { value: found.changes[0]?.old ?? 0 } : {}),
        }),
      (message) => put({ message }),
    );
  }

  /** @param {number} points */
  function measure(points) {
    if (!("parameter" in target)) return Promise.resolve();
    return (points ? askSlice : askNudge)(
      (abort) => actions.effect({ ...target, points }, abort),
      (found) => {
        if (points) put({ effect: found });
        else nudge.value = found;
      },
      () => {},
    );
  }

  const answerSoon = throttle(answer, MOVE_MS);
  const settle = throttle(() => {
    settled.value = store.supposed.peek();
  }, REST_MS);
  /** Whatever the step now shows is asked anew; while it plays nothing is, for the answer would be of yesterday. */
  const stop = keep(() => {
    const frame = store.frame.value;
    if (!frame || store.playing.value) {
      nudge.value = null;
      put({ answer: null, effect: null });
      return;
    }
    measure(0);
    if (isOpen()) {
      answerSoon();
      measure(POINTS);
    }
  });

  return {
    target,
    nudge,
    settled,
    open: () => {
      store.supposed.value = { target, value: null, answer: null, effect: null, message: "" };
      answer();
      measure(POINTS);
    },
    /** @param {number} value */
    move: (value) => {
      put({ value });
      answerSoon();
      settle();
    },
    close: () => {
      if (isOpen()) store.supposed.value = null;
    },
    end: () => {
      stop();
      if (isOpen()) store.supposed.value = null;
    },
  };
}

/** Only the last question counts: the one before is given up. */
function lastOnly() {
  /** @type {AbortController | null} */
  let running = null;
  /**
   * @template T
   * @param {(abort: AbortSignal) => Promise<T>} ask
   * @param {(found: T) => void} take
   * @param {(message: string) => void} fail
   */
  return async (ask, take, fail) => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const found = await ask(mine.signal);
      if (running === mine) take(found);
    } catch (error) {
      if (running === mine) fail(messageOf(error));
    }
  };
}
