/**
 * A histogram at each of many steps as a strip: columns are steps, rows are bins, dark is many. Which bins are shown, and
 * what each of them holds, is pure; the drawing is one small image.
 *
 * @import { Strip } from "../wire.js"
 * @import { Inks } from "./tokens.js"
 */

import { rgb, sharp } from "./tokens.js";

const BINS = 32;
const HALF = BINS / 2;
const PER_DECADE = 2;
const SMALLEST = -8;

/** @typedef {"weights" | "updates"} Kind */

/**
 * From where to where a bin reaches. Updates: half decades of the size, the smallest in the middle; the outermost are open.
 *
 * @param {Kind} kind
 * @param {number} bin 0 to 31, the most negative first
 * @param {number} reach
 * @returns {[number, number]}
 */
export function edgesOf(kind, bin, reach) {
  if (kind === "weights") return [((bin - HALF) * reach) / HALF, ((bin + 1 - HALF) * reach) / HALF];
  const away = bin < HALF ? HALF - 1 - bin : bin - HALF;
  const inner = away === 0 ? 0 : 10 ** (SMALLEST + away / PER_DECADE);
  const outer = away === HALF - 1 ? Number.POSITIVE_INFINITY : 10 ** (SMALLEST + (away + 1) / PER_DECADE);
  return bin < HALF ? [-outer, -inner || 0] : [inner, outer];
}

/**
 * The bins that are worth showing: as many on either side of 0, so that 0 is in the middle.
 *
 * @param {Strip} strip
 * @returns {Readonly<{ first: number, last: number }>}
 */
export function shownBins({ counts }) {
  let away = 1;
  for (const column of counts)
    column.forEach((n, bin) => {
      if (n) away = Math.max(away, bin < HALF ? HALF - bin : bin - HALF + 1);
    });
  return { first: HALF - away, last: HALF + away - 1 };
}

/** How dark a place is: against the fullest of its column, and so that few are seen as well. @param {number} n @param {number} most */
export function darkness(n, most) {
  return n > 0 ? 0.12 + 0.88 * Math.sqrt(n / most) : 0;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Strip} strip
 * @param {Readonly<{ width: number, height: number }>} size
 * @param {Inks} ink
 */
export function drawStrip(canvas, strip, { width, height }, ink) {
  const context = sharp(canvas, width, height);
  const { first, last } = shownBins(strip);
  const [columns, rows] = [strip.steps.length, last - first + 1];
  if (!context || !columns) return;
  const image = imageOf(strip, first, rows, ink);
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, width, height);
  context.fillStyle = ink("ink3");
  context.fillRect(0, height / 2 - 0.5, width, 1);
}

/** The sign has its colour. @param {Strip} strip @param {number} first @param {number} rows @param {Inks} ink */
function imageOf({ counts }, first, rows, ink) {
  const image = new ImageData(counts.length, rows);
  const [card, pos, neg] = [rgb(ink("card")), rgb(ink("pos")), rgb(ink("neg"))];
  counts.forEach((column, x) => {
    const most = Math.max(...column, 1);
    for (let row = 0; row < rows; row += 1) {
      const bin = first + rows - 1 - row; // large values at the top
      const t = darkness(column[bin] ?? 0, most);
      const full = bin < HALF ? neg : pos;
      const color = card.map((from, at) => from + ((full[at] ?? from) - from) * t);
      image.data.set([...color, 255], 4 * (row * counts.length + x));
    }
  });
  return image;
}

/**
 * The place of the strip at this part of its width and height; null outside of it.
 *
 * @param {Strip} strip
 * @param {number} u 0 to 1, from the left
 * @param {number} v 0 to 1, from the top
 * @returns {Readonly<{ at: number, bin: number }> | null}
 */
export function placeAt(strip, u, v) {
  const { first, last } = shownBins(strip);
  if (!strip.steps.length || u < 0 || u >= 1 || v < 0 || v >= 1) return null;
  return { at: Math.floor(u * strip.steps.length), bin: last - Math.floor(v * (last - first + 1)) };
}
