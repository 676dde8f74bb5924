/**
 * The stage: a canvas that shows a network, a frame of it, and what has happened since the frame before.
 *
 * @import { Call, DrawCommand, Frame, Graph, Lens, Selection, StageLayout, View } from "../types.js"
 * @import { Table } from "../scene/table.js"
 */

import { layoutStage } from "../layout/layout.js";
import { lensLayout } from "../layout/lens.js";
import { pick } from "../layout/pick.js";
import { pickTitle, stepX } from "../layout/time.js";
import { channelShown } from "../scene/channel.js";
import { describe } from "../scene/describe.js";
import { movingScene, stillKey, stillScene } from "../scene/scene.js";
import { tableOf } from "../scene/table.js";
import { createPainter } from "../timeline/clock.js";
import { Player } from "../timeline/player.js";
import { activeBeat, compare, STILL, storyboard } from "../timeline/storyboard.js";
import { draw } from "./canvas.js";
import { createImages } from "./images.js";
import { createPan } from "./pan.js";
import { listen } from "./pointer.js";
import { Surface } from "./surface.js";
import { readTheme, watchTheme } from "./theme.js";

/** An animation back in time is shorter than the one that it undoes. */
const BACK = 0.6;

/**
 * @typedef {Object} StageOptions
 * @property {(selection: Selection | null) => void} [onSelect] a click, or an arrow key while the canvas has the focus
 * @property {(selection: Selection | null) => void} [onHover]
 * @property {(selection: Selection | null) => void} [onEnlarge] a double click, or Enter while the canvas has the focus
 * @property {(text: string) => void} [onDescribe] what is selected, in words, for an aria-live region
 */
/**
 * What of the dataset the stage needs: the names of inputs and, where there is an output for each, of classes.
 *
 * @typedef {Readonly<{ features?: readonly string[], classes?: readonly string[], tokens?: readonly string[], targetTokens?: readonly string[] }>} Names
 */

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
  /** @type {Lens | null} */
  #lens = null;
  /** The number that is explained, and its explanation. @type {Pick<View, "focus" | "why">} */
  #focus = { focus: null, why: null };
  /** What is shown, and what will be when an animation is over (going back they differ). @type {Frame | null} */
  #frame = null;
  /** @type {Frame | null} */
  #final = null;
  #board = STILL;
  #player = new Player();
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
    const before = this.#final;
    const moves = animate && !this.#calm.matches && before !== null;
    const back = before !== null && compare(frame.cursor, before.cursor) < 0;
    const board = back ? storyboard(frame, before, this.#calls) : storyboard(before, frame, this.#calls);
    this.#board = moves ? board : STILL;
    const backwards = back && this.#board.duration > 0;
    this.#final = frame;
    this.#frame = backwards ? before : frame;
    this.#player.start(this.#board.duration * (backwards ? BACK : 1), { backwards });
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
    this.#player.seek(t);
    this.#invalidate();
  }

  /** Let it go on. */
  resume() {
    this.#player.resume();
    this.#invalidate();
  }

  /** The canvas has another size. (Noticed anyway.) */
  resize() {
    if (this.#surface.resize(this.#page.devicePixelRatio)) this.#arrange();
  }

  /** One map enlarged, or the whole network. @param {Lens | null} lens */
  setLens(lens) {
    this.#lens = lens;
    this.#invalidate();
  }

  /** @param {number} x @param {number} y in CSS pixels from the canvas's corner @returns {Selection | null} */
  pick(x, y) {
    const shown = this.#shown();
    return shown && pick(shown, x + this.#offset(), y);
  }

  /** @returns {StageLayout | null} */
  layout() {
    return this.#layout;
  }

  /** What is selected, in words. @param {Selection} selection @returns {string} */
  describe(selection) {
    return this.#layout ? describe(this.#layout, this.#final, selection) : "";
  }

  /** The units of a layer with their numbers. @param {string} layer @returns {Table | null} */
  table(layer) {
    return this.#layout && tableOf(this.#layout, this.#final, layer);
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
    const t = this.#timeAt(now);
    /** @type {View} */
    const view = {
      ...{ layout, lens: this.#lens, frame: this.#frame, beats: this.#board.beats, t },
      ...{ selection: this.#selection, hover: this.#hover, ...this.#focus },
    };
    if (!this.#lens) this.#followBeat(view);
    const offset = this.#offset();
    const key = [this.#lens ?? layout, this.#frame, this.#board, this.#theme.name, stillKey(view), offset];
    this.#surface.paint(
      key,
      offset,
      (ctx) => this.#draw(ctx, stillScene(view)),
      (ctx) => this.#draw(ctx, [...movingScene(view), ...this.#thumb()]),
    );
    if (this.#player.isMoving()) this.#invalidate();
  }

  /** @param {CanvasRenderingContext2D} ctx @param {readonly DrawCommand[]} commands */
  #draw(ctx, commands) {
    draw({ ctx, theme: this.#theme, images: this.#images }, commands);
  }

  /** Where the animation is. When one back in time is over, what it led to is shown. @param {number} now @returns {number} */
  #timeAt(now) {
    const t = this.#player.at(now);
    if (this.#player.isMoving() || this.#frame === this.#final || t > 0) return t;
    this.#frame = this.#final;
    this.#board = STILL;
    this.#player.start(0);
    return 1;
  }

  /** While something runs that cannot be seen, it is brought into view. @param {View} view */
  #followBeat({ beats, t, layout: { layers } }) {
    const beat = this.#player.isMoving() ? activeBeat(beats, t) : null;
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
    const lens = this.#lens;
    if (!this.#layout || !lens) return this.#layout;
    const channel = channelShown(this.#layout.graph, lens, this.#selection, this.#focus.why ?? null);
    return lensLayout(this.#layout, lens, this.#surface.size(), channel);
  }

  /** How far the network is moved aside; an enlarged map is not. */
  #offset() {
    return this.#lens ? 0 : this.#pan.offset();
  }

  /** @returns {DrawCommand[]} */
  #thumb() {
    if (this.#lens) return [];
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
