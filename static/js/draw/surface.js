/**
 * The pixels of the stage. What stays is drawn straight away the first time; if it is wanted again, beside the screen, and
 * from then on it is copied: a frame that is shown once is not worth a copy.
 *
 * @import { Size } from "../types.js"
 */

const SHARPEST = 2.5;

/** @typedef {(ctx: CanvasRenderingContext2D) => void} Paint */

export class Surface {
  #canvas;
  #cache;
  #ctx;
  #behind;
  #size = { width: 0, height: 0 };
  #ratio = 1;
  /** @type {readonly unknown[]} */
  #seen = [];
  #kept = false;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#cache = canvas.ownerDocument.createElement("canvas");
    this.#ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.#behind = /** @type {CanvasRenderingContext2D} */ (this.#cache.getContext("2d"));
  }

  /** @returns {Size} */
  size() {
    return this.#size;
  }

  isEmpty() {
    return this.#size.width === 0 || this.#size.height === 0;
  }

  /** @param {number} density device pixels per CSS pixel @returns {boolean} whether something has changed */
  resize(density) {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const ratio = Math.min(SHARPEST, density || 1);
    if (width === this.#size.width && height === this.#size.height && ratio === this.#ratio) return false;
    this.#size = { width, height };
    this.#ratio = ratio;
    for (const target of [this.#canvas, this.#cache]) {
      target.width = Math.round(width * ratio);
      target.height = Math.round(height * ratio);
    }
    this.#seen = [];
    return true;
  }

  /**
   * @param {readonly unknown[]} key of what stays: while it is the same, so are its pixels
   * @param {number} shift how far everything is moved to the left
   * @param {Paint} still
   * @param {Paint} moving
   */
  paint(key, shift, still, moving) {
    const known = key.length === this.#seen.length && key.every((part, index) => part === this.#seen[index]);
    this.#clear(this.#ctx, shift);
    if (known) this.#copy(shift, still);
    else {
      this.#seen = key;
      this.#kept = false;
      still(this.#ctx);
    }
    moving(this.#ctx);
  }

  /** @param {number} shift @param {Paint} still */
  #copy(shift, still) {
    if (!this.#kept) {
      this.#clear(this.#behind, shift);
      still(this.#behind);
      this.#kept = true;
    }
    this.#ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.#ctx.drawImage(this.#cache, 0, 0);
    this.#place(this.#ctx, shift);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} shift */
  #clear(ctx, shift) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#place(ctx, shift);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} shift */
  #place(ctx, shift) {
    ctx.setTransform(this.#ratio, 0, 0, this.#ratio, -shift * this.#ratio, 0);
  }
}
