/**
 * A second run beside the main one: a session of its own, with its own store and connection. What moves the main one moves it
 * too, while they go together.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Access, Spec } from "../wire.js"
 * @import { Actions } from "./actions.js"
 * @import { Store } from "./store.js"
 */

import { effect } from "@preact/signals-core";

/**
 * @typedef {Object} Run a session and what belongs to it
 * @property {Store} store
 * @property {Actions} actions
 * @property {(command: Record<string, unknown>) => boolean} send
 * @property {(access: Access) => void} enter
 * @property {() => void} leave
 */
/** @typedef {Readonly<{ store: Store, actions: Actions, since: number, together: Signal<boolean>, close: () => void, swap: () => void }>} Beside */

/** What both do, while they go together. */
const MOTION = new Set(["step", "seek", "play", "pause", "reset"]);

/** The same wish for the other run: it has no id, since nobody waits for its answer. @param {Record<string, unknown>} command */
export function echoed(command) {
  if (!MOTION.has(String(command.type))) return null;
  const { id: _, ...rest } = command;
  return rest;
}

/**
 * Where one of two that go together has stopped, the other comes to the same point, as far as it knows it.
 *
 * @param {Store} main
 * @param {Pick<Run, "store" | "send">} other
 * @param {Signal<boolean>} together
 * @returns {() => void} stop
 */
export function keepTogether(main, other, together) {
  let played = false;
  return effect(() => {
    const [playing, theirs] = [main.playing.value, other.store.playing.value];
    if (!together.value) return;
    if (playing || theirs) {
      played = true;
      return;
    }
    if (!played) return;
    played = false;
    const [here, there] = [main.position.peek(), other.store.position.peek()];
    const ahead = here.step - Math.max(there.step, other.store.timeline.peek()?.newest ?? 0);
    if (ahead > 0) other.send({ type: "step", unit: "batch", count: Math.min(ahead, 10_000), direction: "forward" });
    other.send({ type: "seek", step: here.step, op: here.op, otherwise: "nearest" });
  });
}

/** @typedef {Readonly<{ what: "learning_rate" | "batch_size" | "seed" | "optimizer" | "loss" | "layers" | "dataset" | "regularization", before: string, after: string }>} Difference */

/**
 * In what two specs differ, in short.
 *
 * @param {Spec | null} one
 * @param {Spec | null} other
 * @returns {readonly Difference[]}
 */
export function differences(one, other) {
  if (!one || !other) return [];
  /** @type {readonly (readonly [Difference["what"], (spec: Spec) => unknown])[]} */
  const told = [
    ["learning_rate", (spec) => spec.optimizer.learning_rate],
    ["optimizer", (spec) => spec.optimizer.type],
    ["batch_size", (spec) => spec.batch_size],
    ["seed", (spec) => spec.seed],
    ["loss", (spec) => spec.loss.type],
    ["layers", (spec) => spec.layers.map((layer) => `${layer.id}${layer.units ? ` ${layer.units}` : ""}`).join(" · ")],
    ["regularization", (spec) => `L1 ${spec.regularization.l1}, L2 ${spec.regularization.l2}`],
    ["dataset", (spec) => spec.dataset.name ?? "–"],
  ];
  return told
    .map(([what, of]) => ({ what, before: String(of(one)), after: String(of(other)) }))
    .filter(({ before, after }) => before !== after);
}
