/**
 * The pixels of the stage: the part that stays is drawn once beside the screen and copied, the part that moves is drawn on it.
 *
 * @import { Size } from "../types.js"
 */

const SHARPEST = 2.5;

/** @param {HTMLCanvasElement} canvas */
export function createSurface(canvas) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const cache = canvas.ownerDocument.createElement("canvas");
  const behind = /** @type {CanvasRenderingContext2D} */ (cache.getContext("2d"));
  let [width, height, ratio] = [0, 0, 1];
  /** @type {readonly unknown[]} */
  let drawn = [];

  /** @param {CanvasRenderingContext2D} context */
  function clear(context) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  return {
    /** @param {number} density device pixels per CSS pixel @returns {boolean} whether something has changed */
    resize(density) {
      const [w, h, d] = [canvas.clientWidth, canvas.clientHeight, Math.min(SHARPEST, density || 1)];
      if (w === width && h === height && d === ratio) return false;
      [width, height, ratio] = [w, h, d];
      for (const target of [canvas, cache]) {
        target.width = Math.round(width * ratio);
        target.height = Math.round(height * ratio);
      }
      drawn = [];
      return true;
    },
    isEmpty: () => width === 0 || height === 0,
    /** @returns {Size} */
    size: () => ({ width, height }),
    /**
     * @param {readonly unknown[]} key while it is the same, nothing is drawn anew
     * @param {(ctx: CanvasRenderingContext2D) => void} paint
     */
    still(key, paint) {
      if (key.length === drawn.length && key.every((part, index) => part === drawn[index])) return;
      drawn = key;
      clear(behind);
      paint(behind);
    },
    /** @param {(ctx: CanvasRenderingContext2D) => void} paint */
    moving(paint) {
      clear(ctx);
      ctx.save();
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      if (cache.width > 0 && cache.height > 0) ctx.drawImage(cache, 0, 0);
      ctx.restore();
      paint(ctx);
    },
  };
}
