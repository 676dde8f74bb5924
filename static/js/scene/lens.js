/**
 * An enlarged map: the numbers in its pixels, the kernel's in its entries, and below them how one number came about.
 *
 * @import { DrawCommand, KernelBox, LayerBox, Tile, View } from "../types.js"
 * @import { Maps } from "./maps.js"
 * @import { Now } from "./now.js"
 */

import { kernelArea } from "../layout/tiles.js";
import { areaOn } from "../layout/windows.js";
import { say } from "../words/say.js";
import { calculation } from "./calculation.js";
import { inCell } from "./cells.js";
import { kernelKey, kernels, sliceOf } from "./kernels.js";
import { isExact } from "./known.js";
import { oneMap, shownMaps } from "./maps.js";
import { label } from "./marks.js";
import { moment } from "./now.js";
import { powerFor, unitsOf } from "./numbers.js";
import { largest, valuesOf } from "./reading.js";
import { selection } from "./selection.js";
import { tiles } from "./tiles.js";
import { titles } from "./titles.js";
import { windows } from "./windows.js";

export { enlarged } from "./channel.js";

/** In smaller cells a number cannot be read. */
const LEAST_CELL = 25;

/** All of it moves. @param {View} view @returns {DrawCommand[]} */
export function lensScene(view) {
  const now = moment(view);
  const all = () => true;
  return [
    ...titles(now),
    ...tiles(now, all),
    ...kernels(now),
    ...now.view.layout.layers.flatMap((box) => numbersOfMap(now, box)),
    ...now.view.layout.kernels.flatMap((box) => [
      ...numbersOfKernel(now, box),
      ...sign(box, kernelKey(now, box.layer)),
    ]),
    ...windows(now),
    ...selection(now),
    ...calculation(now),
  ];
}

/** @param {Now} now @param {LayerBox} box @returns {DrawCommand[]} */
function numbersOfMap(now, box) {
  const [tile] = box.tiles;
  const { top, p, sliding } = shownMaps(now, box);
  if (!tile || !top || tile.width / tile.columns < LEAST_CELL) return [];
  if (!isExact(now.view.frame?.tensors.get(top.key))) return [];
  const shown = sliding ? Math.floor(p * top.rows * top.columns) : top.rows * top.columns;
  const faint = p < 1 && !sliding;
  const values = [...oneMap(top, tile.map).subarray(0, shown)];
  return [...values.map((value, at) => inPixel(tile, top, value, at, faint)), ...units(tile, top.reach)];
}

/** @param {Tile} tile @param {Maps} maps @param {number} value @param {number} at @param {boolean} faint @returns {DrawCommand} */
function inPixel(tile, { columns, reach }, value, at, faint) {
  const place = { row: Math.floor(at / columns), column: at % columns, rows: 1, columns: 1 };
  return inCell(areaOn(tile, place), value, reach, faint);
}

/** In which units the numbers are, at the upper right corner. @param {import("../types.js").Area} area @param {number} reach @returns {DrawCommand[]} */
function units({ x, y, width }, reach) {
  const words = unitsOf(powerFor(reach));
  return words ? [label(x + width, y - 9, words, { size: 11, align: "right" })] : [];
}

/** @param {Now} now @param {KernelBox} box @returns {DrawCommand[]} */
function numbersOfKernel(now, box) {
  const key = kernelKey(now, box.layer);
  const tensor = now.view.frame?.tensors.get(key);
  const values = valuesOf(tensor);
  if (!tensor || !values || tensor.shape.length !== 4 || box.cell < 20 || !isExact(tensor)) return [];
  const { from } = sliceOf(tensor, box.filter, box.first);
  const place = kernelArea(box, 0);
  const reach = largest(now.view.frame, [key]);
  const faint = now.phase === "backward" && !key.endsWith(":gradient");
  const cells = Array.from({ length: box.rows * box.columns }, (_, at) => {
    const [row, column] = [Math.floor(at / box.columns), at % box.columns];
    const cell = { x: place.x + column * box.cell, y: place.y + row * box.cell, width: box.cell, height: box.cell };
    return inCell(cell, values[from + at] ?? Number.NaN, reach, faint);
  });
  return [...cells, ...unitsBelow(place, reach)];
}

/** @param {import("../types.js").Area} area @param {number} reach @returns {DrawCommand[]} */
function unitsBelow({ x, y, width, height }, reach) {
  const words = unitsOf(powerFor(reach));
  return words ? [label(x + width / 2, y + height + 30, words, { size: 11 })] : [];
}

/** What the kernel is called, and for which channel. @param {KernelBox} box @param {string} key @returns {DrawCommand[]} */
function sign({ x, y, width, height, channels, first }, key) {
  const middle = x + width / 2;
  const words = channels > 1 ? say("scene.lens.map", { map: first + 1, count: channels }) : "";
  const name = key.endsWith(":gradient") ? say("scene.lens.gradient") : say("scene.lens.kernel");
  return [
    label(middle, y - 14, name, { ink: key.endsWith(":gradient") ? "backward" : "ink" }),
    label(middle, y + height + 15, words, { size: 11 }),
  ];
}
