/**
 * A second run beside the main one: a session of its own, with its own store and connection. What moves the main one moves it
 * too, while they go together.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Access, Spec } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Actions } from "./actions.js"
 * @import { Store } from "./store.js"
 */

import { effect, signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { createActions } from "./actions.js";
import { connect } from "./connect.js";
import { enterSession } from "./reduce.js";
import { createRuns } from "./runs.js";
import { survives } from "./select.js";
import { createStore } from "./store.js";
import { notify } from "./toasts.js";

/**
 * @typedef {Object} Beside
 * @property {Store} store
 * @property {Actions} actions
 * @property {Readonly<{ main: string, other: string }>} names whichever is the main one, the fork is called one
 * @property {Signal<boolean>} together
 * @property {(command: Record<string, unknown>) => void} echo what the main one was told, for this one
 * @property {() => void} close
 * @property {() => void} swap make it the main one
 */
/** `storage`: where runs are written down. @typedef {Readonly<{ origin: string, awake: () => boolean, storage: Pick<Storage, "getItem" | "setItem"> }>} Page */
/** @typedef {Readonly<{ main: Store, rest: Pick<Rest, "post">, page: Page, enter: (access: Access) => void }>} House */

/** What both do, while they go together. */
const MOTION = new Set(["step", "seek", "play", "pause", "reset"]);

/** The same wish for the other run: it has no id, since nobody waits for its answer. @param {Record<string, unknown>} command */
export function echoed(command) {
  if (!MOTION.has(String(command.type))) return null;
  const { id: _, ...rest } = command;
  return rest;
}

/**
 * Fork the main run where it stands, and open the fork beside it.
 *
 * @param {House} house
 */
export async function forkBeside(house) {
  const { main, rest } = house;
  const made = await rest.post(`/sessions/${main.access.peek()?.id}/fork`);
  const access = { id: made.id, token: made.owner_token, viewerToken: made.viewer_token ?? null, role: "owner" };
  openBeside(house, /** @type {Access} */ (access), { step: main.position.peek().step, isOther: true });
}

/** At which step they parted, and whether the second one is the fork. @typedef {Readonly<{ step: number, isOther: boolean }>} Fork */

/** @param {Fork} fork @returns {Beside["names"]} */
export function besideNames({ step, isOther }) {
  if (isOther) return { main: say("fork.this"), other: say("fork.other", { step }) };
  return { main: say("fork.this.forked"), other: say("fork.original") };
}

/**
 * @param {House} house
 * @param {Access} access
 * @param {Fork} fork
 */
function openBeside(house, access, fork) {
  const { main, page, enter } = house;
  main.beside.peek()?.close();
  const store = createStore({ theme: main.theme.peek(), contrast: main.contrast.peek() });
  const runs = createRuns(page.storage);
  store.runs.value = runs;
  const { rest, socket } = connect(store, {
    ...page,
    onEvent: (event) => runs.heed(store, event),
    onSnapshot: () => actions.watch(),
  });
  const actions = createActions({ store, rest, socket });
  const together = signal(true);
  const stops = [
    ...mirrored(main, store, actions),
    keepTogether(main, { store, send: (command) => socket.send(command) }, together),
    onAnotherSession(main, () => beside.close()),
  ];
  /** @type {Beside} */
  const beside = {
    ...{ store, actions, names: besideNames(fork), together },
    echo: (command) => {
      const own = together.peek() ? echoed(command) : null;
      if (own) socket.send(own);
    },
    close: () => {
      runs.end(store);
      for (const stop of stops) stop();
      socket.close();
      if (main.beside.peek() === beside) main.beside.value = null;
    },
    swap: () => {
      const mine = main.access.peek();
      beside.close();
      enter(access);
      if (mine) openBeside(house, mine, { ...fork, isOther: !fork.isOther });
    },
  };
  enterSession(store, access);
  socket.connect();
  main.beside.value = beside;
  return beside;
}

/** Both look alike, at the same example and the same number; what one complains of, the page tells. @param {Store} main @param {Store} other @param {Actions} actions */
function mirrored(main, other, actions) {
  return [
    effect(() => {
      other.system.value = main.system.value;
      other.theme.value = main.theme.value;
      other.contrast.value = main.contrast.value;
    }),
    effect(() => {
      const example = main.example.value ?? main.frame.value?.example?.example ?? null;
      if (example !== null && other.example.peek() !== example && other.connection.value.state === "open")
        actions.follow(example);
    }),
    effect(() => {
      const [selection, graph] = [main.selection.value, other.graph.value];
      if (graph && survives(selection, graph)) other.selection.value = selection;
    }),
    effect(() => {
      const [selection, graph] = [other.selection.value, main.graph.peek()];
      if (selection && graph && survives(selection, graph)) main.selection.value = selection;
    }),
    effect(() => {
      const [mine, kept] = [main.runs.value, other.runs.value?.kept.value ?? []];
      if (mine && kept.some((run) => !mine.kept.peek().includes(run))) mine.putBack(kept);
    }),
    effect(() => {
      for (const { kind, text } of other.toasts.value) notify(main, kind, text);
      if (other.toasts.peek().length > 0) other.toasts.value = [];
    }),
  ];
}

/** @param {Store} main @param {() => void} act */
function onAnotherSession(main, act) {
  const first = main.access.peek()?.id;
  return effect(() => {
    if (main.access.value?.id !== first) queueMicrotask(act);
  });
}

/**
 * Where one of two that go together has stopped, the other comes to the same point, as far as it knows it.
 *
 * @param {Store} main
 * @param {{ store: Store, send: (command: Record<string, unknown>) => unknown }} other
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
