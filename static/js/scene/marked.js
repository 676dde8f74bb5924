/**
 * A selected or hovered pixel, or an entry of a kernel: outlined, with its number.
 *
 * @import { DrawCommand, Ink, Selection } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { kernelArea } from "../layout/tiles.js";
import { areaOn } from "../layout/windows.js";
import { say } from "../words/say.js";
import { sliceOf } from "./kernels.js";
import { asKnown } from "./known.js";
import { pixelOf, shownMaps } from "./maps.js";
import { numeral } from "./marks.js";
import { signInk } from "./now.js";
import { short, signed } from "./numbers.js";
import { valuesOf } from "./reading.js";
import { grown, tileOf } from "./windows.js";

/** A pixel of this width carries its number itself. */
const READABLE = 25;
const READABLE_ENTRY = 20;

/** @param {Now} now @param {Extract<Selection, { kind: "pixel" }>} what @param {boolean} firm @returns {DrawCommand[]} */
export function markedPixel(now, { layer, map, row, column }, firm) {
  const box = now.boxes.get(layer);
  const tile = box && tileOf(box, map);
  if (!box || !tile) return [];
  const area = grown(areaOn(tile, { row, column, rows: 1, columns: 1 }));
  const shown = shownMaps(now, box).top;
  const value = shown && pixelOf(now.view.frame, shown.key, [map, row, column]);
  const text =
    value === null ? say("numbers.missing") : `${nameOf(shown?.key ?? "")} ${wordsOf(now, shown?.key ?? "", value)}`;
  const outline = /** @type {DrawCommand} */ ({
    ...{ kind: "outline", ...area, radius: 1, ink: "selection", dash: false, thickness: firm ? 2.2 : 1.6 },
  });
  if (tile.width / tile.columns >= READABLE) return [outline];
  return [
    outline,
    numeral(tile.x + tile.width / 2, tile.y - 8, text, {
      ink: inkOf(shown?.key ?? "", value),
      plate: true,
      bold: firm,
    }),
  ];
}

/** @param {string} key conv1.a:gradient -> da */
function nameOf(key) {
  const [node = "", quantity] = key.split(":");
  return `${quantity ? "d" : ""}${node.replace(/^.*\./, "")}`;
}

/** @param {Now} now @param {string} key @param {number} value */
function wordsOf({ view: { frame } }, key, value) {
  return asKnown(key.includes(":") ? signed(value) : short(value), frame?.tensors.get(key));
}

/** @param {string} key @param {number | null} value @returns {Ink} */
function inkOf(key, value) {
  if (value === null) return "ink2";
  return Number.isFinite(value) ? (key.includes(":") ? "backward" : "forward") : "warning";
}

/** @param {Now} now @param {Extract<Selection, { kind: "kernel" }>} what @param {boolean} firm @returns {DrawCommand[]} */
export function markedKernel(now, what, firm) {
  const box = now.view.layout.kernels.find(({ layer, filter }) => layer === what.layer && filter === what.filter);
  if (!box) return [];
  const { cell, rows, columns } = box;
  const { x, y } = kernelArea(box, Math.min(Math.max(0, what.channel - box.first), box.shown - 1));
  const key = kernelKey(now, what.layer);
  const value = kernelValue(now, key, what);
  const text =
    value === null ? say("numbers.missing") : `${key.includes(":") ? "dK" : "K"} ${wordsOf(now, key, value)}`;
  const ink = value === null ? "ink2" : key.includes(":gradient") ? "backward" : signInk(value);
  const entry = { x: x + what.column * cell, y: y + what.row * cell, width: cell, height: cell };
  const whole = { x: x - 1.5, y: y - 1.5, width: columns * cell + 3, height: rows * cell + 3, radius: 2 };
  return [
    { kind: "outline", ...whole, ink: "selection", dash: false, thickness: firm ? 1.6 : 1 },
    { kind: "outline", ...grown(entry, 4), radius: 1, ink: "selection", dash: false, thickness: firm ? 2 : 1.4 },
    ...(cell >= READABLE_ENTRY
      ? []
      : [numeral(x + (columns * cell) / 2, y - 9, text, { ink, plate: true, bold: firm })]),
  ];
}

/** @param {Now} now @param {string} layer */
function kernelKey(now, layer) {
  const gradient = `${layer}.kernel:gradient`;
  return now.phase === "backward" && now.view.frame?.tensors.get(gradient)?.data ? gradient : `${layer}.kernel`;
}

/** @param {Now} now @param {string} key @param {Extract<Selection, { kind: "kernel" }>} what @returns {number | null} */
function kernelValue({ view: { frame } }, key, { filter, channel, row, column }) {
  const tensor = frame?.tensors.get(key);
  const values = valuesOf(tensor);
  if (!tensor || !values || tensor.shape.length !== 4) return null;
  const { from, columns } = sliceOf(tensor, filter, channel);
  return values[from + row * columns + column] ?? null;
}
