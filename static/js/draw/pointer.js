/**
 * Pointer and keys on the stage.
 *
 * @import { Selection, StageLayout } from "../types.js"
 * @import { Direction } from "../layout/walk.js"
 */

import { nextSelection } from "../layout/walk.js";

/** @type {Readonly<Record<string, Direction>>} */
const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

/**
 * @typedef {Object} Ears
 * @property {(x: number, y: number) => Selection | null} pick
 * @property {() => StageLayout | null} layout
 * @property {() => Selection | null} selection
 * @property {(selection: Selection | null) => void} hover
 * @property {(selection: Selection | null) => void} select
 */

/**
 * Arrow keys walk the stage only if the focus came by the keyboard: after a click they belong to the page.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Ears} ears
 * @returns {() => void} stop listening
 */
export function listen(canvas, ears) {
  const ended = new AbortController();
  const { signal } = ended;
  let pressed = false;
  let walking = false;
  /** @param {PointerEvent | MouseEvent} event */
  const picked = (event) => ears.pick(event.offsetX, event.offsetY);

  canvas.addEventListener("pointermove", (event) => ears.hover(picked(event)), { signal });
  canvas.addEventListener("pointerleave", () => ears.hover(null), { signal });
  canvas.addEventListener("pointerdown", () => ([pressed, walking] = [true, false]), { signal });
  canvas.addEventListener("pointerup", () => (pressed = false), { signal });
  canvas.addEventListener("click", (event) => ears.select(picked(event)), { signal });
  canvas.addEventListener("focus", () => (walking = !pressed), { signal });
  canvas.addEventListener("blur", () => (walking = false), { signal });
  canvas.addEventListener(
    "keydown",
    (event) => {
      const direction = ARROWS[event.key];
      const layout = ears.layout();
      if (!walking || !direction || !layout || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      ears.select(nextSelection(layout, ears.selection(), direction));
    },
    { signal },
  );
  return () => ended.abort();
}
