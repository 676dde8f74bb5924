/**
 * The stage: a canvas that shows a network, a frame of it, and what has happened since the frame before.
 *
 * @import { Call, DrawCommand, Frame, Graph, Lens, Selection, StageLayout, View } from "../types.js"
 * @import { Table } from "../scene/table.js"
 * @import { Names, StageOptions } from "./options.js"
 */

import { layoutStage } from "../layout/layout.js";
import { pick } from "../layout/pick.js";
import { pickTitle, stepX } from "../layout/time.js";
import { describe } from "../scene/describe.js";
import { movingScene, stillKey, stillScene } from "../scene/scene.js";
import { tableOf } from "../scene/table.js";
import { createPainter } from "../timeline/clock.js";
import { activeBeat } from "../timeline/storyboard.js";
import { draw } from "./canvas.js";
import { Film } from "./film.js";
import { createImages } from "./images.js";
import { Magnifier } from "./magnifier.js";
import { createPan } from "./pan.js";
import { listen } from "./pointer.js";
import { Surface } from "./surface.js";
import { readTheme, watchTheme } from "./theme.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {StageOptions} [options]
 */
export function createStage(canvas, options = {}) {
  return new Stage(canvas, options);
}

class Stage {
  /** @type {Graph | null} */
  #graph = null;
  /** @type {Required<Names>} */
  #names = { features: [], classes: [], tokens: [], targetTokens: [] };
  /** Recurrent layers of which only a summary is shown. @type {ReadonlySet<string>} */
  #folded = new Set();
  /** @type {readonly Call[]} */
  #calls = [];
  /** @type {StageLayout | null} */
  #layout = null;
  /** @type {Selection | null} */
  #selection = null;
  /** @type {Selection | null} */
  #hover = null;
  #magnifier = new Magnifier();
  /** The number that is explained, and its explanation. @type {Pick<View, "focus" | "why">} */
  #focus = { focus: null, why: null };
  #film = new Film();
  #pan = createPan();
  #images = createImages();

  /** @param {HTMLCanvasElement} canvas @param {StageOptions} options */
  constructor(canvas, options) {
    const page = /** @type {Window & typeof globalThis} */ (canvas.ownerDocument.defaultView);
    this.#page = page;
    this.#canvas = canvas;
    this.#options = options;
    this.#surface = new Surface(canvas);
    this.#theme = readTheme(canvas);
    this.#calm = page.matchMedia("(prefers-reduced-motion: reduce)");
    this.#invalidate = createPainter(
      (now) => this.#paint(now),
      (callback) => page.requestAnimationFrame(callback),
    );
    const observer = new page.ResizeObserver(() => this.resize());
    observer.observe(canvas);
    this.#endings = [() => observer.disconnect(), watchTheme(canvas, () => this.setTheme()), this.#listen()];
  }

  /** @type {Window & typeof globalThis} */
  #page;
  /** @type {HTMLCanvasElement} */
  #canvas;
  /** @type {StageOptions} */
  #options;
  /** @type {Surface} */
  #surface;
  #theme;
  #calm;
  #invalidate;
  /** @type {readonly (() => void)[]} */
  #endings;

  /**
   * @param {Graph | null} graph
   * @param {Names | null} [names] say, the dataset
   * @param {readonly Call[]} [calls] the step's ribbon: with it, several calls at once are animated one after the other
   */
  setGraph(graph, names, calls = []) {
    this.#graph = graph;
    const { features = [], classes = [], tokens = [], targetTokens = [] } = names ?? {};
    this.#names = { features, classes, tokens, targetTokens };
    this.#calls = calls;
    this.#surface.resize(this.#page.devicePixelRatio);
    this.#arrange();
  }

  /**
   * Show a frame; if animated, what has happened since the one before (backwards, if it lies before it).
   *
   * @param {Frame} frame
   * @param {{ animate?: boolean }} [how]
   */
  setFrame(frame, { animate = true } = {}) {
    this.#film.show(frame, this.#calls, animate && !this.#calm.matches);
    this.#invalidate();
  }

  /** @param {Selection | null} selection */
  setSelection(selection) {
    this.#selection = selection;
    const box = selection && selection.kind !== "loss" && this.#layout?.layers.find(({ id }) => id === selection.layer);
    if (selection?.kind === "step") this.#followStep(selection.layer, selection.t);
    else if (box) this.#pan.follow(box.x);
    this.#invalidate();
  }

  /** What is being explained: its window and its routes are shown. @param {View["focus"]} focus @param {View["why"]} why */
  setFocus(focus, why) {
    this.#focus = { focus, why };
    this.#invalidate();
  }

  /**
   * Show a recurrent layer's summary, or all of it again.
   *
   * @param {string | null} [layer] all of them, if none is named
   */
  fold(layer = null) {
    const foldable = (this.#layout?.bands ?? []).filter((band) => band.foldable).map((band) => band.layer);
    const wanted = layer === null ? foldable : foldable.filter((id) => id === layer);
    const unfold = wanted.every((id) => this.#folded.has(id));
    const kept = [...this.#folded].filter((id) => !wanted.includes(id));
    this.#folded = new Set(unfold ? kept : [...kept, ...wanted]);
    this.#arrange();
    return wanted.length > 0;
  }

  /** The style sheet's colours have changed. (What the root's data-theme or the system says is noticed anyway.) */
  setTheme() {
    this.#theme = readTheme(this.#canvas);
    this.#invalidate();
  }

  /** Hold the animation at t, 0 to 1. @param {number} t */
  seek(t) {
    this.#film.seek(t);
    this.#invalidate();
  }

  /** Let it go on. */
  resume() {
    this.#film.resume();
    this.#invalidate();
  }

  /** The canvas has another size. (Noticed anyway.) */
  resize() {
    if (this.#surface.resize(this.#page.devicePixelRatio)) this.#arrange();
  }

  /** One map enlarged, or the whole network. @param {Lens | null} lens */
  setLens(lens) {
    return this.#magnifier.set(lens, () => {
      this.#pan.rest(this.#magnifier.lens() !== null);
      this.#invalidate();
    });
  }

  /** @param {number} x @param {number} y in CSS pixels from the canvas's corner @returns {Selection | null} */
  pick(x, y) {
    const shown = this.#shown();
    return shown && pick(shown, x + this.#pan.offset(), y);
  }

  /** @returns {StageLayout | null} */
  layout() {
    return this.#layout;
  }

  /** What is selected, in words. @param {Selection} selection @returns {string} */
  describe(selection) {
    return this.#layout ? describe(this.#layout, this.#film.final(), selection) : "";
  }

  /** The units of a layer with their numbers. @param {string} layer @returns {Table | null} */
  table(layer) {
    return this.#layout && tableOf(this.#layout, this.#film.final(), layer);
  }

  destroy() {
    for (const end of this.#endings) end();
    this.#images.clear();
  }

  // -------------------------------------------------------------------------------------------------------- painting

  #arrange() {
    const { width, height } = this.#surface.size();
    const { features: names, ...words } = this.#names;
    const folded = this.#folded;
    this.#layout = this.#graph && layoutStage(this.#graph, { width, height, names, ...words, folded });
    this.#pan.fit(this.#layout?.width ?? width, width);
    this.#invalidate();
  }

  /** @param {number} now */
  #paint(now) {
    const layout = this.#shown();
    if (!layout || this.#surface.isEmpty()) return;
    const [lens, t] = [this.#magnifier.lens(), this.#film.at(now)];
    const [frame, board] = [this.#film.frame(), this.#film.board()];
    /** @type {View} */
    const view = {
      ...{ layout, lens, frame, beats: board.beats, t },
      ...{ selection: this.#selection, hover: this.#hover, ...this.#focus },
    };
    if (!lens) this.#followBeat(view);
    const offset = this.#pan.offset();
    const key = [lens ?? layout, frame, board, this.#theme.name, stillKey(view), offset];
    this.#surface.paint(
      key,
      offset,
      (ctx) => this.#draw(ctx, stillScene(view)),
      (ctx) => this.#draw(ctx, [...(this.#magnifier.scene(view) ?? movingScene(view)), ...this.#thumb()]),
    );
    if (this.#film.isMoving()) this.#invalidate();
  }

  /** @param {CanvasRenderingContext2D} ctx @param {readonly DrawCommand[]} commands */
  #draw(ctx, commands) {
    draw({ ctx, theme: this.#theme, images: this.#images }, commands);
  }

  /** While something runs that cannot be seen, it is brought into view. @param {View} view */
  #followBeat({ beats, t, layout: { layers } }) {
    const beat = this.#film.isMoving() ? activeBeat(beats, t) : null;
    const box = layers.find(({ id }) => beat && (beat.node.startsWith(`${id}.`) || beat.layer === id));
    const step = beat && /\[(\d+)\]$/.exec(beat.node);
    if (beat && step) this.#followStep(beat.layer, Number(step[1]));
    else if (box) this.#pan.follow(box.x);
  }

  /** @param {string} layer @param {number} t */
  #followStep(layer, t) {
    const lane = this.#layout?.bands?.find((band) => band.layer === layer)?.lanes[0];
    if (lane) this.#pan.follow(stepX(lane, t));
  }

  /** The network's layout, or that of the map that is enlarged. @returns {StageLayout | null} */
  #shown() {
    const base = this.#layout;
    return base && (this.#magnifier.layout(base, this.#surface.size(), this.#selection, this.#focus.why) ?? base);
  }

  /** @returns {DrawCommand[]} */
  #thumb() {
    const bar = this.#pan.thumb(this.#surface.size().height);
    return bar ? [{ kind: "bar", ...bar, radius: 2, fill: "ink3", alpha: 0.5 }] : [];
  }

  // ------------------------------------------------------------------------------------------------------- listening

  /** @returns {() => void} stop listening */
  #listen() {
    return listen(this.#canvas, {
      pick: (x, y) => this.pick(x, y),
      layout: () => this.#layout,
      selection: () => this.#selection,
      hover: (selection) => this.#hovered(selection),
      enlarge: (selection) => this.#options.onEnlarge?.(selection),
      fold: (x, y) => {
        const band = pickTitle(this.#layout?.bands ?? [], x + this.#pan.offset(), y);
        return band !== null && this.fold(band.layer);
      },
      pan: (by) => {
        const moved = this.#pan.move(by);
        if (moved) this.#invalidate();
        return moved;
      },
      select: (selection) => {
        this.#options.onSelect?.(selection);
        if (selection) this.#options.onDescribe?.(this.describe(selection));
      },
    });
  }

  /** @param {Selection | null} selection */
  #hovered(selection) {
    if (JSON.stringify(selection) === JSON.stringify(this.#hover)) return;
    this.#hover = selection;
    this.#canvas.style.cursor = selection ? "pointer" : "";
    this.#options.onHover?.(selection);
    this.#invalidate();
  }
}
