/**
 * The place where the stage stands: it tells the drawing what to show and turns clicks into selections.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Selection } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { createStage } from "../draw/stage.js";
import { currentQuery } from "../state/explainer.js";
import { lensOf } from "../state/lens.js";
import { namesOf } from "../state/names.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { loadStyles } from "./formula.js";
import { lazily } from "./lazily.js";
import { lensBar } from "./lensbar.js";
import { watch } from "./lifetime.js";
import { popover } from "./popover.js";
import { tableNode } from "./tables.js";
import { zoomBar } from "./zoombar.js";

const hints = lazily(async () => {
  const [module] = await Promise.all([import("./wirehint.js"), loadStyles("whatif")]);
  return module;
});

/** Faster than this, motions would only blur: the state is shown as it is. */
const FASTEST_ANIMATED = 4;

const bench = lazily(async () => {
  const [module] = await Promise.all([import("./editor.js"), loadStyles("edit")]);
  return module;
});

/** After the first picture the page has other things to load (ms); whoever points at the stage does not wait. */
const SETTLED = 700;

/** @typedef {typeof createStage} CreateStage */

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {CreateStage} create
 */
export function stagePanel(store, actions, create) {
  const canvas = el("canvas", { class: "stage-canvas", tabIndex: 0, id: "stage" });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", say("stage.aria"));
  const heard = el("p", { id: "stage-says", class: "sr-only", attributes: { "aria-live": "polite" } });
  const open = el(
    "button",
    { class: "btn table-button", type: "button", title: say("stage.tables.title") },
    say("stage.table"),
  );
  const near = computed(() => store.looked.value.units.length > 0);
  /** @type {{ now: ReturnType<CreateStage> | null }} */
  const stage = { now: null };
  queueMicrotask(() => {
    stage.now = start(store, actions, create, canvas, heard, (selection) => {
      hovered.value = selection;
    });
    store.stage.value = stage.now;
  });
  const hovered = signal(/** @type {Selection | null} */ (null));
  const tables = popover(open, say("stage.tables.aria"), () => [tableList(store, () => stage.now)], "wide");
  return el(
    "section",
    { class: "stage", attributes: { "aria-label": say("stage.work") } },
    canvas,
    lensBar(store, actions),
    zoomBar(store, actions),
    overviewPlace(store, () => stage.now),
    follow(el("div"), () => (near.value ? [twins.now()?.sumTables(store)] : [])),
    open,
    tables,
    heard,
    workbench(store, actions, canvas),
    hintPlace(store, actions, canvas, hovered),
  );
}

/** Where the network can be edited, once there is something to see. @param {Store} store @param {Actions} actions @param {HTMLCanvasElement} canvas */
function workbench(store, actions, canvas) {
  const begun = signal(false);
  let waiting = false;
  const begin = () => {
    begun.value ||= store.graph.peek() !== null;
  };
  canvas.addEventListener("pointerenter", begin);
  canvas.addEventListener("focus", begin);
  watch(() => {
    if (!store.frame.value || waiting) return;
    waiting = true;
    setTimeout(begin, SETTLED);
  });
  const open = computed(() => begun.value && store.owner.value && store.stage.value !== null);
  return follow(el("div", { class: "workbench" }), () =>
    open.value ? [bench.now()?.editor(store, actions, canvas)] : [],
  );
}

/** Where the words stand beside a wire that is pointed at; what says them comes with the first. @param {Store} store @param {Actions} actions @param {HTMLCanvasElement} canvas @param {Signal<Selection | null>} hovered */
function hintPlace(store, actions, canvas, hovered) {
  const at = { x: 0, y: 0 };
  canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => Object.assign(at, { x: offsetX, y: offsetY }));
  const wanted = computed(() => hints.here() || isParameter(hovered.value));
  return follow(el("div", { class: "hints" }), () => {
    const module = wanted.value && hints.now();
    return module ? [module.wireHint(store, actions, { canvas, hovered, at })] : [];
  });
}

/** @param {Selection | null} selection */
function isParameter(selection) {
  return selection?.kind === "weight" || selection?.kind === "bias" || selection?.kind === "kernel";
}

const numbers = lazily(() => import("../scene/table.js"));

/** @param {Store} store @param {() => ReturnType<CreateStage> | null} stageOf */
function tableList(store, stageOf) {
  return follow(
    el("div", { class: "tables", tabIndex: 0, attributes: { role: "group", "aria-label": say("stage.tables") } }),
    () => {
      void store.frame.value;
      const [stage, module] = [stageOf(), numbers.now()];
      if (!stage || !module) return [];
      return (store.graph.value?.layers ?? []).map(({ id }) => tableNode(stage.table(id, module.tableOf)));
    },
  );
}

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {CreateStage} create
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLElement} heard
 * @param {(selection: Selection | null) => void} onHover
 */
function start(store, actions, create, canvas, heard, onHover) {
  const stage = create(canvas, {
    onSelect: actions.select,
    onHover,
    onView: (outlook) => {
      if (!sameOutlook(outlook, store.outlook.peek())) store.outlook.value = outlook;
    },
    onLook: actions.look,
    onEnlarge: (selection) => {
      const lens = lensOf(selection);
      if (lens || !selection) actions.enlarge(lens);
    },
    onDescribe: (words) => {
      heard.textContent = words;
    },
  });
  watch(() => {
    const graph = store.graph.value;
    if (graph) stage.setGraph(graph, namesOf(graph, store.dataset.value), store.calls.value);
  });
  /** Whether there is no frame before that leads to this one: others rushed by, or an edit took it away. */
  let rushed = false;
  let position = "";
  watch(() => {
    const frame = store.frame.value;
    if (!frame) {
      rushed = true;
      return;
    }
    const rushing = isRushing(store);
    stage.setFrame(frame, { animate: !rushing && !rushed && !store.dragging.peek() });
    rushed = rushing;
    const [selection, before] = [store.selection.peek(), position];
    position = JSON.stringify(frame.cursor);
    // A finer frame of the same moment corrects what was said.
    if (selection && before === position) heard.textContent = stage.describe(selection);
  });
  watch(() => {
    void store.access.value?.id;
    stage.travel("actual"); // Another session is looked at as a whole first.
  });
  watch(() => stage.setSelection(store.selection.value));
  watch(() => {
    if (store.fold.value) stage.fold(store.fold.value.layer);
  });
  watch(() => {
    if (store.journey.value) stage.travel(store.journey.value.to);
  });
  watch(() => {
    stage.setLens(store.lens.value);
  });
  watch(() => stage.setSums(store.sums.value));
  watch(() => stage.setFocus(currentQuery(store), store.why.value.explanation, store.supposed.value?.answer));
  watch(() => {
    void store.look.value;
    stage.setTheme();
  });
  return stage;
}

/** @param {import("../types.js").Outlook} a @param {import("../types.js").Outlook} b */
function sameOutlook(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

const twins = lazily(() => import("./sumtables.js"));
const plans = lazily(() => import("./overview.js"));

/** Where the whole is shown small, when not all of it can be seen. @param {Store} store @param {() => ReturnType<CreateStage> | null} stageOf */
function overviewPlace(store, stageOf) {
  const larger = computed(() => store.outlook.value.hidden && !store.lens.value);
  return follow(el("div", { class: "overview-place" }), () =>
    larger.value ? [plans.now()?.overview(store, stageOf)] : [],
  );
}

/** @param {Store} store */
function isRushing(store) {
  if (store.scrubbing.peek()) return true;
  if (!store.playing.peek()) return false;
  const rate = store.rate.peek();
  return rate === null || rate > FASTEST_ANIMATED;
}
