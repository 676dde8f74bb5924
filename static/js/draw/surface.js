/**
 * The pixels of the stage. What stays is drawn straight away the first time; if it is wanted again, beside the screen, and
 * from then on it is copied: a frame that is shown once is not worth a copy.
 *
 * @import { Size } from "../types.js"
 */

const SHARPEST = 2.5;

/** @typedef {(ctx: CanvasRenderingContext2D) => void} Paint */

/** @param {HTMLCanvasElement} canvas */
export function createSurface(canvas) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const cache = canvas.ownerDocument.createElement("canvas");
  const behind = /** @type {CanvasRenderingContext2D} */ (cache.getContext("2d"));
  let [width, height, ratio] = [0, 0, 1];
  /** @type {readonly unknown[]} */
  let seen = [];
  let kept = false;

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
      [seen, kept] = [[], false];
      return true;
    },
    isEmpty: () => width === 0 || height === 0,
    /** @returns {Size} */
    size: () => ({ width, height }),
    /**
     * @param {readonly unknown[]} key of what stays: while it is the same, so are its pixels
     * @param {Paint} still
     * @param {Paint} moving
     */
    paint(key, still, moving) {
      const known = key.length === seen.length && key.every((part, index) => part === seen[index]);
      clear(ctx);
      if (!known) {
        [seen, kept] = [key, false];
        still(ctx);
      } else {
        if (!kept) {
          clear(behind);
          still(behind);
          kept = true;
        }
        ctx.setTransform(1, 0, 0, 1, 0, 0);
        ctx.drawImage(cache, 0, 0);
        ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      }
      moving(ctx);
    },
  };
}
