/**
 * Runs: what was trained, with which spec, and what came of it. A run goes from a beginning (a new session, a reset, an edit)
 * to the next one; it is written down when it ends, if it went far enough, or when that is asked for. Runs stay in this
 * browser: see docs/adr/0014.
 *
 * @import { ReadonlySignal } from "@preact/signals-core"
 * @import { History, Metrics, Position } from "../types.js"
 * @import { ServerEvent, Spec } from "../wire.js"
 */

import { computed, signal } from "@preact/signals-core";

/**
 * @typedef {Readonly<{
 *   id: string, name: string, at: number, spec: Spec, whole: boolean, from: number, step: number, byHand: boolean,
 *   train_loss: number | null, test_loss: number | null, train_accuracy: number | null, test_accuracy: number | null,
 *   curve: Readonly<{ step: readonly number[], train: readonly (number | null)[], test: readonly (number | null)[] }>,
 * }>} Run `whole`: the spec is all that is needed to open it again
 */
/**
 * @typedef {Readonly<{
 *   id: string, session: string, spec: Spec, lean: Spec, whole: boolean, from: number, hands: number, at: number,
 * }>} Beginning `hands`: which weights were set by hand; 0 if none
 */
/**
 * What it needs of the store.
 *
 * @typedef {Readonly<{
 *   position: ReadonlySignal<Position>, history: ReadonlySignal<History>, metrics: ReadonlySignal<Metrics | null>,
 *   spec: ReadonlySignal<Spec | null>,
 * }>} Stand
 */
/** @typedef {ReturnType<typeof createRuns>} Runs */

const KEY = "deltaflow.runs";
/** Shorter ones are trifles: a step to see what happens, an edit that was taken back. */
export const LEAST_STEPS = 10;
const MOST_RUNS = 60;
const MOST_BYTES = 2_000_000;
/** Of larger specs, which hold data of one's own, the data are left out. */
const MOST_SPEC_BYTES = 150_000;
const MOST_POINTS = 120;

/** @param {Pick<Storage, "getItem" | "setItem">} storage @param {() => number} [now] */
export function createRuns(storage, now = Date.now) {
  const kept = signal(recalled(storage));
  const beginning = signal(/** @type {Beginning | null} */ (null));
  let hands = 0;

  /** @param {readonly Run[]} runs */
  function keep(runs) {
    kept.value = within(runs);
    try {
      storage.setItem(KEY, JSON.stringify(kept.value));
    } catch {
      // A browser that keeps nothing is no reason to fail: they are there until the page is left.
    }
  }
  /** Another tab may have written meanwhile. @param {Run} run */
  function add(run) {
    const others = recalled(storage, kept.peek());
    const same = others.find(({ id }) => id === run.id);
    if (same && same.step > run.step) return;
    keep([{ ...run, name: same?.name ?? freeName(run.name, others) }, ...others.filter(({ id }) => id !== run.id)]);
  }
  /** @param {Stand} store */
  function end(store) {
    const run = runOf(store, beginning.peek());
    if (run && run.step - run.from >= LEAST_STEPS) add(run);
  }
  /** @param {Spec} spec @param {string} session @param {number} from @param {number} byHand */
  function begin(spec, session, from, byHand = 0) {
    const text = JSON.stringify({ ...spec, name: "" });
    const whole = text.length <= MOST_SPEC_BYTES;
    const lean = whole ? spec : { ...spec, dataset: { ...spec.dataset, inline: null } };
    const id = `${session}.${from}.${hashOf(text)}.${byHand}`;
    beginning.value = { id, session, spec, lean, whole, from, hands: byHand, at: now() };
  }
  return {
    kept,
    beginning,
    end,
    enter: begin,
    /** Write down the present run as it stands, whatever comes after. @param {Stand} store */
    record: (store) => {
      const run = runOf(store, beginning.peek());
      if (run) add({ ...run, id: `${run.id}@${run.step}` });
    },
    /** @param {string} id @param {string} name */
    rename: (id, name) => keep(kept.peek().map((run) => (run.id === id ? { ...run, name } : run))),
    /** @param {readonly string[]} ids */
    remove: (ids) => keep(kept.peek().filter(({ id }) => !ids.includes(id))),
    /** What has come since stays, and so does a new name. @param {readonly Run[]} runs as they were */
    putBack: (runs) => {
      const now = new Map(kept.peek().map((run) => [run.id, run]));
      const before = new Set(runs.map(({ id }) => id));
      const since = [...now.values()].filter(({ id }) => !before.has(id));
      keep([...since, ...runs.map((run) => now.get(run.id) ?? run)]);
    },
    /** To be told of every event before it changes the store. @param {Stand} store @param {ServerEvent} event */
    heed: (store, event) => {
      const before = beginning.peek();
      const session = event.session ?? before?.session ?? "";
      if (event.type === "snapshot") {
        if (before && before.session === session && same(before.spec, event.spec)) return;
        end(store);
        begin(event.spec, session, event.history?.step[0] ?? 0);
      } else if (event.type === "reset") {
        const spec = store.spec.peek();
        end(store);
        if (spec) begin(event.seed === undefined ? spec : { ...spec, seed: event.seed }, session, 0);
      } else if (event.type === "edited" || event.type === "undone") {
        if (before && renamed(before.spec, event.spec)) {
          const lean = { ...before.lean, name: event.spec.name };
          beginning.value = { ...before, spec: event.spec, lean };
          return;
        }
        end(store);
        const byHand = event.type === "edited" && same(before?.spec, event.spec);
        if (byHand) hands += 1;
        begin(event.spec, session, event.cursor?.step ?? 0, byHand ? hands : (before?.hands ?? 0));
      }
    },
  };
}

/**
 * Begin to write down, in a session that is there already.
 *
 * @param {Stand & Readonly<{ access: ReadonlySignal<Readonly<{ id: string }> | null> }>} store
 * @param {Pick<Storage, "getItem" | "setItem">} storage
 */
export function beginRuns(store, storage) {
  const runs = createRuns(storage);
  const [spec, session] = [store.spec.peek(), store.access.peek()?.id];
  if (spec && session) runs.enter(spec, session, store.history.peek().step[0] ?? 0);
  return runs;
}

/** The present run, as it stands; null before anything was trained in it. @param {Stand} store @param {Runs} runs */
export function presentRun(store, runs) {
  return computed(() => runOf(store, runs.beginning.value));
}

/** @param {Stand} store @param {Beginning | null} beginning @returns {Run | null} */
function runOf(store, beginning) {
  const step = Math.max(store.position.value.step, store.history.value.step.at(-1) ?? 0);
  if (!beginning || step <= beginning.from) return null;
  const { id, lean, whole, from, hands, at } = beginning;
  return {
    id,
    name: lean.name,
    at,
    spec: lean,
    whole,
    from,
    step,
    byHand: hands > 0,
    ...resultsOf(store, step),
    curve: curveOf(store.history.value, from),
  };
}

/** Of the furthest point: the present metrics if we stand there, else the history's last. @param {Stand} store @param {number} step */
function resultsOf(store, step) {
  const here = store.position.value.step >= step ? store.metrics.value : null;
  const history = store.history.value;
  /** @param {"train_loss" | "test_loss" | "train_accuracy" | "test_accuracy"} name */
  const of = (name) => numberOr(here ? here[name] : history[name].at(-1));
  return {
    train_loss: of("train_loss"),
    test_loss: of("test_loss"),
    train_accuracy: of("train_accuracy"),
    test_accuracy: of("test_accuracy"),
  };
}

/** @param {unknown} value what is not finite travels as a word */
function numberOr(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Thinned, the last point kept. @param {History} history @param {number} from */
function curveOf({ step, train_loss, test_loss }, from) {
  const begin = step.findIndex((at) => at >= from);
  const count = begin < 0 ? 0 : step.length - begin;
  const every = Math.max(1, Math.ceil(count / MOST_POINTS));
  const chosen = step
    .map((_, at) => at)
    .filter((at) => begin >= 0 && at >= begin && (step.length - 1 - at) % every === 0);
  return {
    step: chosen.map((at) => step[at] ?? 0),
    train: chosen.map((at) => numberOr(train_loss[at])),
    test: chosen.map((at) => numberOr(test_loss[at])),
  };
}

/** @param {Pick<Storage, "getItem">} storage @param {readonly Run[]} [otherwise] @returns {readonly Run[]} */
function recalled(storage, otherwise = []) {
  try {
    const found = JSON.parse(storage.getItem(KEY) ?? "null");
    return Array.isArray(found) ? found.filter((run) => run?.id && run.spec?.layers && run.curve) : otherwise;
  } catch {
    return otherwise;
  }
}

/** The newest, as many as there is room for. @param {readonly Run[]} runs */
function within(runs) {
  let room = MOST_BYTES;
  return runs.slice(0, MOST_RUNS).filter((run) => {
    room -= JSON.stringify(run).length;
    return room >= 0;
  });
}

/** With a number behind it, if there is one of this name already. @param {string} name @param {readonly Run[]} others */
function freeName(name, others) {
  const taken = new Set(others.map((run) => run.name));
  let at = 1;
  while (taken.has(at > 1 ? `${name} (${at})` : name)) at += 1;
  return at > 1 ? `${name} (${at})` : name;
}

/** @param {unknown} left @param {unknown} right */
function same(left, right) {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** @param {Spec} before @param {Spec} after */
function renamed(before, after) {
  return before.name !== after.name && same({ ...before, name: after.name }, after);
}

/** djb2: short, and enough to tell the specs of one session apart. @param {string} text */
function hashOf(text) {
  let hash = 5381;
  for (let at = 0; at < text.length; at += 1) hash = ((hash * 33) ^ text.charCodeAt(at)) >>> 0;
  return hash.toString(36);
}
