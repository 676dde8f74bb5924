/**
 * Pointer and keys on the stage.
 *
 * @import { Selection, StageLayout } from "../types.js"
 * @import { Direction } from "../layout/walk.js"
 */

import { nextSelection } from "../layout/walk.js";

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
 * @property {(selection: Selection | null) => void} enlarge
 * @property {(x: number, y: number) => boolean} fold whether there was something to fold or unfold
 * @property {(by: number) => boolean} pan whether there was anything to move
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Ears} ears
 * @returns {() => void} stop listening
 */
export function listen(canvas, ears) {
  const ended = new AbortController();
  listenToPointer(canvas, ears, ended.signal);
  listenToKeys(canvas, ears, ended.signal);
  return () => ended.abort();
}

/** @param {HTMLCanvasElement} canvas @param {Ears} ears @param {AbortSignal} signal */
function listenToPointer(canvas, ears, signal) {
  /** @param {MouseEvent} event */
  const picked = (event) => ears.pick(event.offsetX, event.offsetY);
  canvas.addEventListener("pointermove", (event) => ears.hover(picked(event)), { signal });
  canvas.addEventListener("pointerleave", () => ears.hover(null), { signal });
  canvas.addEventListener(
    "click",
    (event) => {
      if (!ears.fold(event.offsetX, event.offsetY)) ears.select(picked(event));
    },
    { signal },
  );
  canvas.addEventListener("dblclick", (event) => ears.enlarge(picked(event)), { signal });
  canvas.addEventListener(
    "wheel",
    (event) => {
      const by = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (by !== 0 && ears.pan(by)) event.preventDefault();
    },
    { signal, passive: false },
  );
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
  canvas.addEventListener("focus", () => walk(true), { signal });
  canvas.addEventListener("blur", () => walk(false), { signal });
  canvas.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.altKey) ears.enlarge(ears.selection());
      const direction = ARROWS[event.key];
      const layout = ears.layout();
      if (!walking || !direction || !layout || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      ears.select(nextSelection(layout, ears.selection(), direction));
    },
    { signal },
  );
}
