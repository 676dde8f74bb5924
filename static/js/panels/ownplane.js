/**
 * The plane itself: points, a cursor for the keys, and behind them what the network answers where it has been asked.
 *
 * @import { Board } from "./ownpoints.js"
 * @import { Store } from "../state/store.js"
 */

import { signal } from "@preact/signals-core";
import { erased, REACH, sprayed, withPoint } from "../state/points.js";
import { say } from "../words/say.js";
import { boundaryImage } from "./boundary.js";
import { el } from "./dom.js";
import { watch } from "./lifetime.js";
import { classInk, drawDots, rangeOf, toPixels } from "./plot.js";
import { scale } from "./scatter.js";
import { inks, sharp } from "./tokens.js";

const SIDE = 400;
/** Of the plane, with an arrow key; with Shift four times as much. */
const KEY_STEP = 0.25;
/** The least way of the pen between two points of a line. */
const LEAST_WAY = 0.45;
/** @type {Readonly<Record<string, readonly [number, number]>>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const RANGE = { low: -REACH, high: REACH };
const FRAME = { width: SIDE, height: SIDE, x: RANGE, y: RANGE };

/** @param {Store} store @param {Board} board */
export function plane(store, board) {
  const cursor = signal(/** @type {readonly [number, number]} */ ([0, 0]));
  const focused = signal(false);
  const canvas = el("canvas", { class: "own-canvas", tabIndex: 0, attributes: { role: "application" } });
  watch(() => {
    const count = board.points.value.length;
    const points = count ? say("own.plane.count", { n: count }) : say("own.plane.none");
    const [x, y] = cursor.value;
    canvas.ariaLabel = say("own.plane.canvas", { points });
    canvas.setAttribute("aria-description", say("own.plane.at", { x, y }));
  });
  watch(() => paint(canvas, store, board, focused.value ? cursor.value : null));
  canvas.addEventListener("focus", () => {
    focused.value = canvas.matches(":focus-visible");
  });
  canvas.addEventListener("blur", () => {
    focused.value = false;
  });
  listenToPointer(canvas, board);
  listenToKeys(canvas, board, cursor, focused);
  return canvas;
}

/** Draw, spray or erase at a place. @param {Board} board @param {number} x @param {number} y */
function touch(board, x, y) {
  const target = board.task.value === "classification" ? board.target.value : board.height.value;
  const points = board.points.value;
  switch (board.tool.value) {
    case "dot":
      return board.sketch(withPoint(points, x, y, target));
    case "spray":
      return board.sketch(sprayed(points, x, y, target));
    case "eraser":
      return board.sketch(erased(points, x, y));
    default:
      throw new Error(`unknown tool: ${/** @satisfies {never} */ (board.tool.value)}`);
  }
}

/** @param {HTMLCanvasElement} canvas @param {Board} board */
function listenToPointer(canvas, board) {
  /** @type {readonly [number, number] | null} */
  let last = null;
  /** @param {PointerEvent} event @returns {[number, number]} */
  const at = (event) => {
    const { width, height } = canvas.getBoundingClientRect();
    return [(2 * event.offsetX * REACH) / width - REACH, REACH - (2 * event.offsetY * REACH) / height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    touch(board, ...last);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last || !event.buttons) return;
    const now = at(event);
    if (Math.hypot(now[0] - last[0], now[1] - last[1]) < LEAST_WAY) return;
    last = now;
    touch(board, ...now);
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
    canvas.addEventListener(end, () => {
      if (last) board.commit();
      last = null;
    });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Board} board
 * @param {import("@preact/signals-core").Signal<readonly [number, number]>} cursor
 * @param {import("@preact/signals-core").Signal<boolean>} focused
 */
function listenToKeys(canvas, board, cursor, focused) {
  canvas.addEventListener("keydown", (event) => {
    const act = keyAct(event, board, cursor);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    focused.value = true;
    act();
  });
}

/**
 * @param {KeyboardEvent} event
 * @param {Board} board
 * @param {import("@preact/signals-core").Signal<readonly [number, number]>} cursor
 * @returns {(() => unknown) | null}
 */
function keyAct(event, board, cursor) {
  const { key, shiftKey } = event;
  const by = ARROWS[key];
  const [x, y] = cursor.value;
  const within = (/** @type {number} */ value) => Math.max(-REACH, Math.min(REACH, value));
  const step = shiftKey ? 4 * KEY_STEP : KEY_STEP;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") return shiftKey ? board.redo : board.undo;
  if (by)
    return () => {
      cursor.value = [within(x + by[0] * step), within(y + by[1] * step)];
    };
  if (key === "Enter" || key === " ")
    return () => {
      touch(board, x, y);
      board.commit();
    };
  if (key === "Backspace" || key === "Delete")
    return () => {
      board.sketch(erased(board.points.value, x, y));
      board.commit();
    };
  if (!/^[1-6]$/.test(key)) return null;
  return () => {
    board.target.value = Number(key) - 1;
  };
}

/** @param {HTMLCanvasElement} canvas @param {Store} store @param {Board} board @param {readonly [number, number] | null} cursor */
function paint(canvas, store, board, cursor) {
  void store.look.value;
  const context = sharp(canvas, SIDE, SIDE);
  if (!context) return;
  const ink = inks();
  paintAnswers(context, store, ink);
  paintAxes(context, ink);
  const classes = board.task.value === "classification";
  const height = scale(ink, { low: -1, high: 1 });
  const color = classes ? (/** @type {number} */ target) => ink(classInk(target)) : height;
  const dots = board.points.value.map(([px, py, target], index) => {
    const [x, y] = toPixels(FRAME, px, py);
    return { x, y, target, test: false, index };
  });
  drawDots(context, dots, { ink, classes, color, followed: null });
  if (!cursor) return;
  const [x, y] = toPixels(FRAME, ...cursor);
  Object.assign(context, { lineWidth: 2, strokeStyle: ink("sel") });
  context.strokeRect(x - 7, y - 7, 14, 14);
}

/** The output's map, on the part of the plane that it is about. @param {CanvasRenderingContext2D} context @param {Store} store @param {import("./tokens.js").Inks} ink */
function paintAnswers(context, store, ink) {
  const [dataset, graph] = [store.dataset.value, store.graph.value];
  const map = store.frame.value?.tensors.get(`${graph?.output}:map`);
  if (!map?.data || !dataset || String(dataset.columns) !== "x1,x2") return;
  const picture = boundaryImage(map, { task: dataset.task, activation: graph?.layers.at(-1)?.activation ?? null, ink });
  if (!picture) return;
  const small = el("canvas", { width: picture.width, height: picture.height });
  small.getContext("2d")?.putImageData(picture, 0, 0);
  const rows = [...dataset.train.raw, ...dataset.test.raw];
  const [xs, ys] = [0, 1].map((column) => rangeOf(rows.map((row) => row[column] ?? 0)));
  if (!xs || !ys) return;
  const [left, top] = toPixels(FRAME, xs.low, ys.high);
  const [right, bottom] = toPixels(FRAME, xs.high, ys.low);
  context.drawImage(small, 0.5, 0.5, picture.width - 1, picture.height - 1, left, top, right - left, bottom - top);
}

/** @param {CanvasRenderingContext2D} context @param {import("./tokens.js").Inks} ink */
function paintAxes(context, ink) {
  Object.assign(context, { lineWidth: 1, strokeStyle: ink("line") });
  context.beginPath();
  context.moveTo(SIDE / 2, 0);
  context.lineTo(SIDE / 2, SIDE);
  context.moveTo(0, SIDE / 2);
  context.lineTo(SIDE, SIDE / 2);
  context.stroke();
}
