/**
 * The stage: a canvas that shows a network, a frame of it, and what has happened since the frame before.
 *
 * @import { Call, DrawCommand, Frame, Graph, Selection, StageLayout, View } from "../types.js"
 */

import { layoutStage } from "../layout/layout.js";
import { pick } from "../layout/pick.js";
import { describe } from "../scene/describe.js";
import { movingScene, stillKey, stillScene } from "../scene/scene.js";
import { tableOf } from "../scene/table.js";
import { createPainter } from "../timeline/clock.js";
import { createPlayer } from "../timeline/player.js";
import { compare, STILL, storyboard } from "../timeline/storyboard.js";
import { draw } from "./canvas.js";
import { createImages } from "./images.js";
import { listen } from "./pointer.js";
import { createSurface } from "./surface.js";
import { readTheme, watchTheme } from "./theme.js";

/**
 * @typedef {Object} StageOptions
 * @property {(selection: Selection | null) => void} [onSelect] a click, or an arrow key while the canvas has the focus
 * @property {(selection: Selection | null) => void} [onHover]
 * @property {(text: string) => void} [onDescribe] what is selected, in words, for an aria-live region
 */
/** What of the dataset the stage needs: the names of inputs and, where there is an output for each, of classes. @typedef {Readonly<{ features?: readonly string[], classes?: readonly string[] }>} Names */
/** @typedef {ReturnType<typeof createStage>} Stage */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {StageOptions} [options]
 */
export function createStage(canvas, options = {}) {
  const page = /** @type {Window & typeof globalThis} */ (canvas.ownerDocument.defaultView);
  const surface = createSurface(canvas);
  const images = createImages();
  const player = createPlayer();
  const calm = page.matchMedia("(prefers-reduced-motion: reduce)");
  let theme = readTheme(canvas);
  /** @type {{ graph: Graph | null, names: readonly string[], classes: readonly string[], calls: readonly Call[] }} */
  let model = { graph: null, names: [], classes: [], calls: [] };
  /** @type {StageLayout | null} */
  let layout = null;
  /** @type {{ selection: Selection | null, hover: Selection | null }} */
  const marks = { selection: null, hover: null };
  /** The frame that is shown, the one that will be when the animation is over, and what happens between them. */
  const show = { frame: /** @type {Frame | null} */ (null), final: /** @type {Frame | null} */ (null), board: STILL };

  const invalidate = createPainter(paint, (callback) => page.requestAnimationFrame(callback));

  /** @param {number} now */
  function paint(now) {
    if (!layout || surface.isEmpty()) return;
    let t = player.at(now);
    if (!player.isMoving() && show.frame !== show.final) t = settle();
    const view = viewAt(layout, t);
    const key = [layout, show.frame, show.board, theme.name, stillKey(view)];
    /** @param {CanvasRenderingContext2D} ctx @param {readonly DrawCommand[]} commands */
    const on = (ctx, commands) => draw({ ctx, theme, images }, commands);
    surface.paint(
      key,
      (ctx) => on(ctx, stillScene(view)),
      (ctx) => on(ctx, movingScene(view)),
    );
    if (player.isMoving()) invalidate();
  }

  /** @param {StageLayout} on @param {number} t @returns {View} */
  function viewAt(on, t) {
    return { layout: on, frame: show.frame, beats: show.board.beats, t, ...marks };
  }

  /** The animation back is over: what it led to is shown. */
  function settle() {
    [show.frame, show.board] = [show.final, STILL];
    player.start(0);
    return 1;
  }

  function arrange() {
    const { width, height } = surface.size();
    layout = model.graph && layoutStage(model.graph, { width, height, names: model.names, classes: model.classes });
    invalidate();
  }

  /** @param {Frame} frame @param {boolean} animate */
  function begin(frame, animate) {
    const before = show.final;
    const backwards = before !== null && compare(frame.cursor, before.cursor) < 0;
    const board =
      animate && !calm.matches
        ? backwards
          ? storyboard(frame, before, model.calls)
          : storyboard(before, frame, model.calls)
        : STILL;
    show.board = board;
    show.final = frame;
    show.frame = backwards && board.duration > 0 ? before : frame;
    player.start(board.duration * (backwards ? 0.6 : 1), { backwards: backwards && board.duration > 0 });
    invalidate();
  }

  const deaf = listen(canvas, {
    pick: pickAt,
    layout: () => layout,
    selection: () => marks.selection,
    hover(selection) {
      if (same(selection, marks.hover)) return;
      marks.hover = selection;
      canvas.style.cursor = selection ? "pointer" : "";
      options.onHover?.(selection);
      invalidate();
    },
    select(selection) {
      options.onSelect?.(selection);
      if (selection && layout) options.onDescribe?.(describe(layout, show.final, selection));
    },
  });
  const observer = new page.ResizeObserver(() => resize());
  observer.observe(canvas);
  const unwatch = watchTheme(canvas, restyle);

  function restyle() {
    theme = readTheme(canvas);
    invalidate();
  }

  function resize() {
    if (surface.resize(page.devicePixelRatio)) arrange();
  }

  /** @param {number} x @param {number} y in CSS pixels from the canvas's corner @returns {Selection | null} */
  function pickAt(x, y) {
    return layout && pick(layout, x, y);
  }

  return {
    /**
     * @param {Graph | null} graph
     * @param {Names | null} [names] say, the dataset
     * @param {readonly Call[]} [calls] the step's ribbon: with it, several calls at once are animated one after the other
     */
    setGraph(graph, names, calls = []) {
      model = { graph, names: names?.features ?? [], classes: names?.classes ?? [], calls };
      surface.resize(page.devicePixelRatio);
      arrange();
    },
    /** @param {Frame} frame @param {{ animate?: boolean }} [how] */
    setFrame: (frame, { animate = true } = {}) => begin(frame, animate),
    /** @param {Selection | null} selection */
    setSelection(selection) {
      marks.selection = selection;
      invalidate();
    },
    /** The style sheet's colours have changed. (What the root's data-theme or the system says is noticed anyway.) */
    setTheme: restyle,
    /** Hold the animation at t, 0 to 1. @param {number} t */
    seek(t) {
      player.seek(t);
      invalidate();
    },
    resume() {
      player.resume();
      invalidate();
    },
    resize,
    pick: pickAt,
    layout: () => layout,
    /** @param {Selection} selection */
    describe: (selection) => (layout ? describe(layout, show.final, selection) : ""),
    /** The units of a layer with their numbers, for a table. @param {string} layer */
    table: (layer) => (layout ? tableOf(layout, show.final, layer) : null),
    destroy() {
      observer.disconnect();
      unwatch();
      deaf();
      images.clear();
    },
  };
}

/** @param {Selection | null} a @param {Selection | null} b @returns {boolean} */
function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
