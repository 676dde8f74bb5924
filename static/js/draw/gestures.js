/**
 * Moving the camera by hand: the wheel and two fingers zoom about the place where they are, a drag and a trackpad's two
 * fingers move it.
 *
 * @import { Point } from "../types.js"
 */

import { createWheel } from "./wheel.js";

/** Less than this is a click, in CSS pixels. */
const STILL = 4;

/**
 * @typedef {Object} Camerawork
 * @property {(dx: number, dy: number) => boolean} pan how far one looks to the right and down; whether that changed anything
 * @property {(factor: number, about: Point) => boolean} zoom whether that changed anything
 * @property {(dy: number, at: Point) => boolean} [scroll] whether there was something to scroll here
 * @property {(at: Point) => boolean} [claims] whether a drag that begins here is somebody else's
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Camerawork} camera
 * @param {AbortSignal} signal
 */
export function listenToGestures(canvas, camera, signal) {
  listenToFingers(canvas, camera, signal);
  const wheel = createWheel(camera);
  const passive = { signal, passive: false };
  canvas.addEventListener("wheel", (event) => wheel(event) && event.preventDefault(), passive);
}

/** @param {HTMLCanvasElement} canvas @param {Camerawork} camera @param {AbortSignal} signal */
function listenToFingers(canvas, camera, signal) {
  /** @type {Map<number, Point>} */
  const fingers = new Map();
  let dragged = false;
  /** @type {Point | null} */
  let begun = null;

  /** @param {PointerEvent} event */
  function press(event) {
    if (event.button > 1) return;
    if (fingers.size === 0) {
      dragged = false;
      begun = camera.claims?.(pointOf(event)) ? null : pointOf(event);
    }
    if (begun) fingers.set(event.pointerId, pointOf(event));
  }

  /** @param {PointerEvent} event */
  function move(event) {
    const before = fingers.get(event.pointerId);
    if (!before || !begun) return;
    const now = pointOf(event);
    if (!dragged && fingers.size === 1 && Math.hypot(now.x - begun.x, now.y - begun.y) < STILL) return;
    if (!dragged) canvas.setPointerCapture?.(event.pointerId);
    dragged = true;
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    fingers.set(event.pointerId, now);
    const [other] = others;
    if (other) pinch(camera, before, now, other);
    else camera.pan(before.x - now.x, before.y - now.y);
  }

  /** @param {PointerEvent} event */
  function lift(event) {
    fingers.delete(event.pointerId);
  }

  canvas.addEventListener("pointerdown", press, { signal });
  canvas.addEventListener("pointermove", move, { signal });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
    canvas.addEventListener(end, lift, { signal });
  canvas.addEventListener(
    "click",
    (event) => {
      if (dragged) event.stopImmediatePropagation();
      dragged = false;
    },
    { signal, capture: true },
  );
}

/** One finger moves, the other rests: the stage follows both. @param {Camerawork} camera @param {Point} before @param {Point} now @param {Point} other */
function pinch(camera, before, now, other) {
  const [old, fresh] = [before, now].map(({ x, y }) => Math.hypot(x - other.x, y - other.y));
  camera.pan((before.x - now.x) / 2, (before.y - now.y) / 2);
  if (old && fresh) camera.zoom(fresh / old, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
}

/** @param {PointerEvent} event @returns {Point} */
function pointOf({ offsetX, offsetY }) {
  return { x: offsetX, y: offsetY };
}
