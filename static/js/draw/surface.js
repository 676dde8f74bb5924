/**
 * The pixels of the stage. What stays is drawn straight away the first time; if it is wanted again, beside the screen, and
 * from then on it is copied: a frame that is shown once is not worth a copy.
 *
 * @import { Camera, Size } from "../types.js"
 */

import { ORIGIN } from "../layout/camera.js";

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
   * @param {Camera} camera how stage coordinates lie on the screen
   * @param {Readonly<{ still: Paint, moving: Paint, above: Paint }>} paints above: what does not move with the camera
   */
  paint(key, camera, { still, moving, above }) {
    const known = key.length === this.#seen.length && key.every((part, index) => part === this.#seen[index]);
    this.#clear(this.#ctx, camera);
    if (known) this.#copy(camera, still);
    else {
      this.#seen = key;
      this.#kept = false;
      still(this.#ctx);
    }
    moving(this.#ctx);
    this.#place(this.#ctx, ORIGIN);
    above(this.#ctx);
  }

  /** @param {Camera} camera @param {Paint} still */
  #copy(camera, still) {
    if (!this.#kept) {
      this.#clear(this.#behind, camera);
      still(this.#behind);
      this.#kept = true;
    }
    this.#ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.#ctx.drawImage(this.#cache, 0, 0);
    this.#place(this.#ctx, camera);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Camera} camera */
  #clear(ctx, camera) {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#place(ctx, camera);
  }

  /** @param {CanvasRenderingContext2D} ctx @param {Camera} camera */
  #place(ctx, camera) {
    const k = this.#ratio * camera.scale;
    ctx.setTransform(k, 0, 0, k, -camera.x * k, -camera.y * k);
  }
}
