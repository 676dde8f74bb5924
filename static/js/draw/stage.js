/**
 * The stage: a canvas that shows a network, a frame of it, and what has happened since the frame before.
 *
 * @import { Call, Frame, Graph, Lens, Picture, Selection, StageLayout, View } from "../types.js"
 * @import { Table } from "../scene/table.js"
 * @import { Placed } from "../layout/zoomed.js"
 * @import { Names, StageOptions } from "./options.js"
 * @import { Journey } from "../state/store.js"
 */

import { ORIGIN, toStage } from "../layout/camera.js";
import { pick } from "../layout/pick.js";
import { planOf } from "../layout/sight.js";
import { pickTitle } from "../layout/time.js";
import { describe } from "../scene/describe.js";
import { footScene, stillKey, stillScene } from "../scene/scene.js";
import { createPainter } from "../timeline/clock.js";
import { activeBeat } from "../timeline/storyboard.js";
import { Arrangement } from "./arrangement.js";
import { Attention } from "./attention.js";
import { createCamerawork } from "./camerawork.js";
import { drawing } from "./canvas.js";
import { Film } from "./film.js";
import { createImages } from "./images.js";
import { Magnifier } from "./magnifier.js";
import { createReport } from "./options.js";
import { listen } from "./pointer.js";
import { Surface } from "./surface.js";
import { readTheme, watchTheme } from "./theme.js";
import { Viewpoint } from "./viewpoint.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {StageOptions} [options]
 */
export function createStage(canvas, options = {}) {
  return new Stage(canvas, options);
}

class Stage {
  #arrangement = new Arrangement();
  /** @type {readonly Call[]} */
  #calls = [];
  /** @type {StageLayout | null} */
  #layout = null;
  #attention = new Attention();
  #magnifier = new Magnifier((cards) => this.#viewpoint.supply(cards));
  #film = new Film();
  #viewpoint = new Viewpoint();
  #images = createImages();

  /** @param {HTMLCanvasElement} canvas @param {StageOptions} options */
  constructor(canvas, options) {
    const page = /** @type {Window & typeof globalThis} */ (canvas.ownerDocument.defaultView);
    this.#page = page;
    this.#canvas = canvas;
    this.#options = options;
    this.#report = createReport(options);
    this.#surface = new Surface(canvas);
    this.#theme = readTheme(canvas);
    this.#calm = page.matchMedia("(prefers-reduced-motion: reduce)");
    this.#invalidate = createPainter(
      (now) => this.#paint(now),
      (callback) => page.requestAnimationFrame(callback),
    );
    this.#camera = createCamerawork({
      ...{ viewpoint: this.#viewpoint, lens: () => this.#magnifier.lens(), calm: this.#calm },
      ...{ enlarge: (selection) => options.onEnlarge?.(selection), moved: this.#invalidate },
    });
    const observer = new page.ResizeObserver(() => this.resize());
    observer.observe(canvas);
    this.#endings = [() => observer.disconnect(), watchTheme(canvas, () => this.setTheme()), this.#listen()];
  }

  #page;
  #canvas;
  #options;
  #report;
  #surface;
  #theme;
  #calm;
  #camera;
  #invalidate;
  #endings;

  /**
   * @param {Graph | null} graph
   * @param {Names | null} [names] say, the dataset
   * @param {readonly Call[]} [calls] the step's ribbon: with it, several calls at once are animated one after the other
   */
  setGraph(graph, names, calls = []) {
    this.#arrangement.set(graph, names);
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
    this.#attention.set({ selection });
    this.#viewpoint.attend(selection);
    if (selection) this.#camera.reveal(selection);
    this.#invalidate();
  }

  /** What is being explained: its window and its routes are shown; and what would be. @param {View["focus"]} focus @param {View["why"]} why @param {View["ghosts"]} [ghosts] */
  setFocus(focus, why, ghosts = null) {
    this.#attention.set({ focus, why, ghosts });
    this.#invalidate();
  }

  /** The explanations of units that one is near enough to. @param {NonNullable<View["sums"]>} sums */
  setSums(sums) {
    this.#attention.set({ sums });
    this.#viewpoint.count(sums);
    this.#invalidate();
  }

  /** Show a recurrent layer's summary, or all of it again. @param {string | null} [layer] all of them, if none is named */
  fold(layer = null) {
    const any = this.#arrangement.toggle(this.#layout, layer);
    this.#arrange();
    return any;
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
  setLens = (lens) => this.#magnifier.set(lens, this.#invalidate);

  /** @param {number} x @param {number} y in CSS pixels from the canvas's corner @returns {Selection | null} */
  pick(x, y) {
    return this.#under(x, y, pick);
  }

  /** What is drawn and clicked now, and how its coordinates lie on the screen. */
  placed = () => this.#shown();

  /**
   * Nearer, farther, aside; into what is selected by one level, or out again.
   *
   * @param {Journey} to
   * @returns {boolean} whether there was anywhere to go
   */
  travel = (to) => this.#camera.travel(to, this.#attention.now().selection);

  /** Where things stand, for a plan of the whole. */
  plan = () => (this.#layout ? planOf(this.#layout) : []);

  /** Look at this point of the stage. @param {import("../types.js").Point} point */
  centre = (point) => this.#camera.centre(point);

  /** What is selected, in words. @param {Selection} selection @returns {string} */
  describe(selection) {
    return this.#layout ? describe(this.#layout, this.#film.final(), selection) : "";
  }

  /** The units of a layer with their numbers. @param {string} layer @param {typeof import("../scene/table.js").tableOf} tableOf @returns {Table | null} */
  table(layer, tableOf) {
    return this.#layout && tableOf(this.#layout, this.#film.final(), layer);
  }

  /**
   * What is shown now, or at t (0 to 1) of the motion that led here: what pictures and films are made of.
   *
   * @param {number} [t]
   * @returns {Picture | null}
   */
  picture(t = this.#film.at(this.#page.performance.now())) {
    const shown = this.#shown();
    if (!shown || this.#surface.isEmpty()) return null;
    const view = this.#view(shown.layout, t);
    const moving = this.#magnifier.scene(view, this.#invalidate);
    const sheets = [
      { camera: shown.camera, commands: [...stillScene(view), ...moving] },
      { camera: ORIGIN, commands: footScene({ ...view, layout: shown.foot }) },
    ];
    const { duration } = this.#film.board();
    return { sheets, size: this.#surface.size(), theme: this.#theme, duration, frame: this.#film.final() };
  }

  destroy() {
    for (const end of this.#endings) end();
    this.#images.clear();
  }

  #arrange() {
    const size = this.#surface.size();
    this.#layout = this.#arrangement.layout(size);
    this.#viewpoint.arrange(this.#layout, size);
    this.#invalidate();
  }

  /** @param {number} now */
  #paint(now) {
    this.#viewpoint.at(now);
    const shown = this.#shown();
    if (!shown || this.#surface.isEmpty()) return;
    const [lens, t] = [this.#magnifier.lens(), this.#film.at(now)];
    const [frame, board] = [this.#film.frame(), this.#film.board()];
    const { layout, camera } = shown;
    const view = this.#view(layout, t);
    if (this.#film.isMoving()) this.#camera.follow(activeBeat(board.beats, t));
    const key = [lens ?? layout, frame, board, this.#theme.name, stillKey(view)];
    const [theme, images] = [this.#theme, this.#images];
    const draws = drawing({ theme, images });
    this.#surface.paint(key, camera, {
      still: draws(() => stillScene(view)),
      moving: draws(() => this.#magnifier.scene(view, this.#invalidate)),
      above: draws(() => footScene({ ...view, layout: shown.foot })),
    });
    this.#report(this.#viewpoint);
    if (this.#film.isMoving() || this.#viewpoint.isMoving()) this.#invalidate();
  }

  /** @param {StageLayout} layout @param {number} t @returns {View} */
  #view(layout, t) {
    return {
      ...{ layout, lens: this.#magnifier.lens(), frame: this.#film.frame(), beats: this.#film.board().beats, t },
      ...this.#attention.now(),
    };
  }

  /** The network as it is seen, or the map that is enlarged. @returns {Placed | null} */
  #shown() {
    const [base, seen] = [this.#layout, this.#viewpoint.placed()];
    const { selection, why } = this.#attention.now();
    const large = base && this.#magnifier.layout(base, this.#surface.size(), selection, why);
    return large ? { layout: large, camera: ORIGIN, foot: large } : seen;
  }

  /** What is found at a place of the canvas. @template T @param {number} x @param {number} y @param {(layout: StageLayout, x: number, y: number) => T | null} find @returns {T | null} */
  #under(x, y, find) {
    const shown = this.#shown();
    const at = shown && toStage(shown.camera, { x, y });
    return shown && at && find(shown.layout, at.x, at.y);
  }

  /** @returns {() => void} stop listening */
  #listen() {
    return listen(this.#canvas, {
      pick: (x, y) => this.pick(x, y),
      layout: () => this.#layout,
      selection: () => this.#attention.now().selection,
      hover: (selection) => this.#hovered(selection),
      enter: this.#camera.enter,
      fold: (x, y) => {
        const band = this.#under(x, y, (layout, ...at) => pickTitle(layout.bands ?? [], ...at));
        return band !== null && this.fold(band.layer);
      },
      camera: this.#camera,
      select: (selection) => {
        this.#options.onSelect?.(selection);
        if (selection) this.#options.onDescribe?.(this.describe(selection));
      },
    });
  }

  /** @param {Selection | null} selection */
  #hovered(selection) {
    if (!this.#attention.hover(selection)) return;
    this.#canvas.style.cursor = selection ? "pointer" : "";
    this.#options.onHover?.(selection);
    this.#invalidate();
  }
}
