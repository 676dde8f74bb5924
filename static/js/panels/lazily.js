/**
 * Parts of the page whose modules come when they are first wanted: until then nobody waits for them.
 */

import { effect, signal } from "@preact/signals-core";
import { whenBegun } from "../state/begun.js";

/**
 * @template M
 * @typedef {Object} Lazy
 * @property {() => M | null} now the module; null until it has come, and whoever asks makes it come (a signal is read)
 * @property {() => boolean} here
 * @property {() => Promise<void>} come
 */

/**
 * @template M
 * @param {() => Promise<M>} load
 * @returns {Lazy<M>}
 */
export function lazily(load) {
  const module = signal(/** @type {M | null} */ (null));
  /** @type {Promise<void> | null} */
  let coming = null;
  const come = () => {
    coming ??= load().then(
      (arrived) => {
        module.value = arrived;
      },
      // The server may be away for a moment: the next who asks tries again.
      () => {
        coming = null;
      },
    );
    return coming;
  };
  const now = () => {
    if (!module.peek()) come();
    return module.value;
  };
  return { now, come, here: () => module.peek() !== null };
}

/**
 * Fetch a module when the page has begun, and do something with it once; where the server is away, it is asked again when
 * it is back.
 *
 * @template M
 * @param {Pick<import("../state/store.js").Store, "frame" | "connection">} store
 * @param {() => Promise<M>} load
 * @param {(module: M) => unknown} act
 */
export function afterwards(store, load, act) {
  const lazy = lazily(load);
  let done = false;
  whenBegun(store, () => {
    const stop = effect(() => {
      void store.connection.value.state;
      const module = lazy.now();
      if (!module || done) return;
      done = true;
      queueMicrotask(() => {
        stop();
        act(module);
      });
    });
  });
}
