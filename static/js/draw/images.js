/**
 * Heat maps as images, kept until their values or the theme change.
 *
 * @import { DrawCommand } from "../types.js"
 * @import { Rgb, Theme } from "./theme.js"
 */

/** @typedef {Extract<DrawCommand, { kind: "map" }>} HeatMap */
/** @typedef {Readonly<{ version: string, image: OffscreenCanvas }>} Kept */

const HALF = 127;
const FULL = 0.92;

/**
 * Colours from negative over neutral to positive, as they lie in an ImageData: 255 of them.
 *
 * @param {Theme} theme
 * @returns {Uint32Array}
 */
export function ramp({ rgb }) {
  return Uint32Array.from({ length: 2 * HALF + 1 }, (_, index) => {
    const s = (index - HALF) / HALF;
    return pack(mix(rgb.card, s < 0 ? rgb.negative : rgb.positive, FULL * Math.abs(s) ** 0.85));
  });
}

/** @param {Rgb} from @param {Rgb} to @param {number} share @returns {Rgb} */
function mix(from, to, share) {
  const at = (/** @type {0 | 1 | 2} */ i) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

/** Little-endian, as every browser's machine is. @param {Rgb} colour @returns {number} */
function pack([r, g, b]) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/**
 * The map's values as pixels, the top row first.
 *
 * @param {HeatMap} map
 * @param {Uint32Array} colours
 * @returns {Uint32Array}
 */
export function pixels(map, colours) {
  const { values, columns, rows, upwards } = map;
  const table =
    values instanceof Uint8Array
      ? Uint32Array.from({ length: 256 }, (_, code) => colourOf(map, valueAt(map, code), colours))
      : null;
  const found = new Uint32Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    const from = (upwards ? rows - 1 - row : row) * columns;
    for (let column = 0; column < columns; column += 1) {
      const value = values[from + column] ?? 0;
      found[row * columns + column] = table ? (table[value] ?? 0) : colourOf(map, value, colours);
    }
  }
  return found;
}

/** @param {HeatMap} map @param {number} code @returns {number} */
function valueAt({ low, high }, code) {
  return low + ((high - low) * code) / 255;
}

/** @param {HeatMap} map @param {number} value @param {Uint32Array} colours @returns {number} */
function colourOf({ neutral, reach }, value, colours) {
  const s = Math.min(1, Math.max(-1, (value - neutral) / reach));
  return colours[Math.round((Number.isNaN(s) ? 0 : s) * HALF) + HALF] ?? 0;
}

/** Images by slot, so that there are never more than places to draw them. */
export function createImages() {
  /** @type {Map<string, Kept>} */
  const kept = new Map();
  /** @type {{ name: string, colours: Uint32Array } | null} */
  let palette = null;
  return {
    /** @param {HeatMap} map @param {Theme} theme @returns {OffscreenCanvas} */
    of(map, theme) {
      if (palette?.name !== theme.name) {
        palette = { name: theme.name, colours: ramp(theme) };
        kept.clear();
      }
      const known = kept.get(map.slot);
      if (known && known.version === map.version) return known.image;
      const image = paint(map, palette.colours, known?.image);
      kept.set(map.slot, { version: map.version, image });
      return image;
    },
    clear: () => kept.clear(),
  };
}

/** @param {HeatMap} map @param {Uint32Array} colours @param {OffscreenCanvas | undefined} old @returns {OffscreenCanvas} */
function paint(map, colours, old) {
  const fits = old && old.width === map.columns && old.height === map.rows;
  const canvas = fits ? old : new OffscreenCanvas(map.columns, map.rows);
  const ctx = canvas.getContext("2d");
  const data = new Uint8ClampedArray(/** @type {ArrayBuffer} */ (pixels(map, colours).buffer));
  ctx?.putImageData(new ImageData(data, map.columns, map.rows), 0, 0);
  return canvas;
}
