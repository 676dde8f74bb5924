/**
 * Pointer and keys on the stage.
 *
 * @import { Selection, StageLayout } from "../types.js"
 * @import { Direction } from "../layout/walk.js"
 * @import { Camerawork } from "./gestures.js"
 */

import { listenToGestures } from "./gestures.js";

/** @type {Readonly<Record<string, Direction>>} */
const ARROWS = {
  ...{ ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" },
  ...{ PageUp: "over", PageDown: "under" },
};

/**
 * @typedef {Object} Ears
 * @property {(x: number, y: number) => Selection | null} pick
 * @property {() => StageLayout | null} layout
 * @property {() => Selection | null} selection
 * @property {(selection: Selection | null) => void} hover
 * @property {(selection: Selection | null) => void} select
 * @property {(selection: Selection | null, at?: import("../types.js").Point) => void} enter go in, one level
 * @property {(x: number, y: number) => boolean} fold whether there was something to fold or unfold
 * @property {Camerawork} camera
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Ears} ears
 * @returns {() => void} stop listening
 */
export function listen(canvas, ears) {
  const ended = new AbortController();
  listenToGestures(canvas, ears.camera, ended.signal);
  listenToPointer(canvas, ears, ended.signal);
  listenToKeys(canvas, ears, ended.signal);
  return () => ended.abort();
}

/** @param {HTMLCanvasElement} canvas @param {Ears} ears @param {AbortSignal} signal */
function listenToPointer(canvas, ears, signal) {
  /** @param {MouseEvent} event */
  const picked = (event) => ears.pick(event.offsetX, event.offsetY);
  canvas.addEventListener("pointermove", (event) => ears.hover(event.buttons ? null : picked(event)), { signal });
  canvas.addEventListener("pointerleave", () => ears.hover(null), { signal });
  canvas.addEventListener(
    "click",
    (event) => {
      if (!ears.fold(event.offsetX, event.offsetY)) ears.select(picked(event));
    },
    { signal },
  );
  const enter = (/** @type {MouseEvent} */ event) => ears.enter(picked(event), { x: event.offsetX, y: event.offsetY });
  canvas.addEventListener("dblclick", enter, { signal });
}

/**
 * Arrow keys walk the stage only if the focus came by the keyboard: after a click they belong to the page.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Ears} ears
 * @param {AbortSignal} signal
 */
function listenToKeys(canvas, ears, signal) {
  let pressed = false;
  let walking = false;
  const press = (/** @type {boolean} */ down) => {
    pressed = down;
    if (down) walking = false;
  };
  const walk = (/** @type {boolean} */ begins) => {
    walking = begins && !pressed;
  };
  canvas.addEventListener("pointerdown", () => press(true), { signal });
  canvas.ownerDocument.addEventListener("pointerup", () => press(false), { signal });
  canvas.addEventListener(
    "focus",
    () => {
      walk(true);
      if (walking) walks();
    },
    { signal },
  );
  canvas.addEventListener("blur", () => walk(false), { signal });
  canvas.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === "Enter") ears.enter(ears.selection());
      const direction = ARROWS[event.key];
      if (!walking || !direction || !ears.layout()) return;
      event.preventDefault();
      event.stopPropagation();
      step(ears, direction);
    },
    { signal },
  );
}

/** How one walks comes when the stage has the focus; a key that is faster waits for it. */
const walks = () => import("../layout/walk.js").catch(() => null);

/** @param {Ears} ears @param {Direction} direction */
async function step(ears, direction) {
  const [module, layout] = [await walks(), ears.layout()];
  if (module && layout) ears.select(module.nextSelection(layout, ears.selection(), direction));
}
