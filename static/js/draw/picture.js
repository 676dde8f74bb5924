/**
 * The stage as a picture to take along: what it draws, once more, on a sheet of paper. It comes when it is first wanted.
 *
 * @import { Picture } from "../types.js"
 * @import { HeatMap } from "./images.js"
 * @import { Label } from "./svg.js"
 */

import { draw } from "./canvas.js";
import { createImages, pixels, ramp } from "./images.js";
import { svgOf } from "./svg.js";

/** @typedef {OffscreenCanvas | HTMLCanvasElement} AnyCanvas */

/** Device pixels for each of the stage's: sharp in print and on every screen. */
const SHARP = 2;

/**
 * Paint a picture on a canvas of its size.
 *
 * @param {AnyCanvas} canvas
 * @param {Picture} picture
 * @param {number} scale
 * @param {ReturnType<typeof createImages>} [images] kept from picture to picture
 */
export function paint(canvas, { sheets, size, theme }, scale, images = createImages()) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.colours.paper;
  ctx.fillRect(0, 0, size.width, size.height);
  for (const { camera, commands } of sheets) {
    const k = scale * camera.scale;
    ctx.setTransform(k, 0, 0, k, -camera.x * k, -camera.y * k);
    draw({ ctx, theme, images }, commands);
  }
  return ctx;
}

/** @param {Picture} picture @returns {Promise<Blob>} */
export function pngOf(picture) {
  const { width, height } = picture.size;
  const canvas = new OffscreenCanvas(Math.round(width * SHARP), Math.round(height * SHARP));
  paint(canvas, picture, SHARP);
  return canvas.convertToBlob({ type: "image/png" });
}

/** @param {Picture} picture @param {{ title: string, description: string }} words @returns {Blob} */
export function svgFileOf({ sheets, size, theme }, words) {
  const ctx = new OffscreenCanvas(1, 1).getContext("2d");
  const colours = ramp(theme);
  const measure = (/** @type {Label} */ label, /** @type {string} */ font) => {
    if (!ctx) return label.text.length * label.size * 0.6;
    ctx.font = font;
    return ctx.measureText(label.text).width;
  };
  const tools = { theme, measure, image: (/** @type {HeatMap} */ map) => addressOf(map, colours) };
  return new Blob([svgOf(sheets, size, tools, words)], { type: "image/svg+xml" });
}

/** Its pixels as a PNG within an address. @param {HeatMap} map @param {Uint32Array} colours */
function addressOf(map, colours) {
  const canvas = document.createElement("canvas");
  canvas.width = map.columns;
  canvas.height = map.rows;
  const data = new Uint8ClampedArray(/** @type {ArrayBuffer} */ (pixels(map, colours).buffer));
  canvas.getContext("2d")?.putImageData(new ImageData(data, map.columns, map.rows), 0, 0);
  return canvas.toDataURL("image/png");
}
