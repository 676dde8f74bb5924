/**
 * What the page knows. One signal per thing; panels read them, state/reduce.js and state/actions.js write them.
 *
 * @import { Bookmark, Call, Dataset, Frame, Graph, Level, Metrics, Mode, Position, RunLine, Selection, StepUnit } from "../types.js"
 * @import { Access, Catalog, Connection, Divergence, Explanation, FieldProblem, Missed, Query, Spec, Toast } from "../wire.js"
 */

import { computed, signal } from "@preact/signals-core";
import { createDrawer } from "./drawer.js";
import { NO_HISTORY } from "./history.js";
import { createLook } from "./look.js";

/** @typedef {ReturnType<typeof createStore>} Store */
/** Steps from … to, not necessarily whole ones. @typedef {Readonly<{ from: number, to: number }>} Span */
/** @typedef {"light" | "dark" | "auto"} Theme */
/** @typedef {"auto" | "standard" | "more"} Contrast */
/** @typedef {{ state: "empty" | "ready" | "failed", explanation: Explanation | null, message: string }} Why */

/** What is open above the page. @typedef {"palette" | "keys"} Dialog */
/** A direction, or straight to where a link stands. @typedef {"closer" | "farther" | "fit" | "actual" | "in" | "out" | "left" | "right" | "up" | "down" | import("../types.js").Standpoint} Journey */

const UNIT = Object.freeze({ x: 0, y: 0, width: 1, height: 1 });
const EVERYTHING = Object.freeze({
  percent: 100,
  hidden: false,
  deep: false,
  sight: UNIT,
  whole: UNIT,
  layers: [],
  at: null,
});

/** What a person chose and the browser remembers. */
export const PREFERENCES = Object.freeze({
  level: /** @type {Level} */ ("graduate"),
  theme: /** @type {Theme} */ ("auto"),
  contrast: /** @type {Contrast} */ ("auto"),
  unit: /** @type {StepUnit} */ ("op"),
});

/** @type {import("../wire.js").Undoable} */
export const NOTHING_UNDOABLE = Object.freeze({ undo: null, redo: null });

/** @param {Partial<typeof PREFERENCES>} [remembered] */
export function createStore(remembered = {}) {
  const preferences = { ...PREFERENCES, ...remembered };
  const access = signal(/** @type {Access | null} */ (null));
  const mode = signal(/** @type {Mode} */ ("paused"));
  const theme = signal(preferences.theme);
  const contrast = signal(preferences.contrast);
  return {
    ...sessionSignals(),
    access,
    mode,
    level: signal(preferences.level),
    theme,
    contrast,
    ...createLook(theme, contrast),
    unit: signal(preferences.unit),
    selection: signal(/** @type {Selection | null} */ (null)),
    /** The feature map that is enlarged to the whole stage. */
    lens: signal(/** @type {import("../types.js").Lens | null} */ (null)),
    /** What is seen of the stage, as it says itself. */
    outlook: signal(/** @type {import("../types.js").Outlook} */ (EVERYTHING)),
    /** What one is near enough to read, and the explanations of the units among it. */
    looked: signal(/** @type {import("../types.js").Looked} */ ({ units: [], layers: [] })),
    sums: signal(/** @type {ReadonlyMap<string, import("../types.js").Sum>} */ (new Map())),
    /** What pictures are made of: the stage says it when asked. */
    stage: signal(/** @type {Pick<import("../types.js").StageHand, "picture" | "placed" | "pick"> | null} */ (null)),
    /** The latest wish to look from elsewhere. */
    journey: signal(/** @type {Readonly<{ to: Journey }> | null} */ (null)),
    /** The latest wish to fold a recurrent layer, or to unfold it; of all of them if none is named. */
    fold: signal(/** @type {Readonly<{ layer: string | null }> | null} */ (null)),
    /** The number asked about, where it is not the one that the selection suggests. */
    asked: signal(/** @type {Query | null} */ (null)),
    /** The what-if question that is open. */
    supposed: signal(/** @type {import("../wire.js").Supposed | null} */ (null)),
    why: signal(/** @type {Why} */ ({ state: "empty", explanation: null, message: "" })),
    connection: signal(/** @type {Connection} */ ({ state: "starting", attempt: 0, retryAt: null, reason: "" })),
    drawer: createDrawer(),
    /** Null until the page is ready: nobody waits for them. */
    runs: signal(/** @type {import("./runs.js").Runs | null} */ (null)),
    toasts: signal(/** @type {readonly Toast[]} */ ([])),
    /** What is under way, in words; shown when it takes longer than a moment. */
    busy: signal(/** @type {readonly string[]} */ ([])),
    /** Layers and units that are selected together; empty: what `selection` says. */
    chosen: signal(/** @type {readonly import("./chosen.js").Chosen[]} */ ([])),
    /** Whether a weight is being dragged: pictures follow it, nothing is animated. */
    dragging: signal(false),
    /** What undo and redo would do. */
    undoable: signal(NOTHING_UNDOABLE),
    dialog: signal(/** @type {Dialog | null} */ (null)),
    /** Whether the first minute is shown. */
    tour: signal(false),
    problems: signal(/** @type {readonly FieldProblem[]} */ ([])),
    owner: computed(() => access.value?.role !== "viewer"),
    playing: computed(() => mode.value === "playing"),
  };
}

/** What the server says about the session. */
function sessionSignals() {
  return {
    /** Whether the session that was entered last has told of itself: till then all of this is still the old one's, or nothing. */
    ready: signal(false),
    spec: signal(/** @type {Spec | null} */ (null)),
    graph: signal(/** @type {Graph | null} */ (null)),
    calls: signal(/** @type {readonly Call[]} */ ([])),
    dataset: signal(/** @type {Dataset | null} */ (null)),
    position: signal(/** @type {Position} */ ({ step: 0, phase: "forward", op: 0, epoch: 0, batch: 0 })),
    frame: signal(/** @type {Frame | null} */ (null)),
    metrics: signal(/** @type {Metrics | null} */ (null)),
    history: signal(NO_HISTORY),
    /** The run as a line of steps, its bookmarks, and the point that was asked for where another is shown. */
    timeline: signal(/** @type {RunLine | null} */ (null)),
    bookmarks: signal(/** @type {readonly Bookmark[]} */ ([])),
    missed: signal(/** @type {Missed | null} */ (null)),
    /** The command that was answered last. */
    answered: signal(/** @type {Readonly<{ id: string }> | null} */ (null)),
    /** The steps that timeline and loss curve show; null: all. */
    span: signal(/** @type {Span | null} */ (null)),
    /** Another run that is shown beside this one. */
    beside: signal(/** @type {import("./beside.js").Beside | null} */ (null)),
    /** Whether somebody drags through time: then every frame is shown as it is. */
    scrubbing: signal(false),
    sentence: signal(""),
    warnings: signal(/** @type {readonly string[]} */ ([])),
    diverged: signal(/** @type {Divergence | null} */ (null)),
    /** Which example of the training part the stage follows, or one's own. */
    example: signal(/** @type {number | "own" | null} */ (null)),
    /** Units per second while playing; null: as fast as possible. */
    rate: signal(/** @type {number | null} */ (4)),
    catalog: signal(/** @type {Catalog | null} */ (null)),
    /** How many steps and edits have been seen since the page was opened. */
    moves: signal(0),
  };
}
