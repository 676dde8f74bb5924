/**
 * The numbers in the cells of images, where one is near enough to read them: of weights, of feature maps, of time steps.
 *
 * @import { Area, DrawCommand, KernelBox, Lane, LayerBox, MatrixBox } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { touches } from "../layout/sight.js";
import { kernelArea } from "../layout/tiles.js";
import { isText, stepWidth } from "../layout/time.js";
import { inCell } from "./cells.js";
import { kernelKey, sliceOf } from "./kernels.js";
import { isExact } from "./known.js";
import { entryAt, laneNumbers } from "./lanes.js";
import { oneMap, shownMaps } from "./maps.js";
import { label } from "./marks.js";
import { gradientShown } from "./now.js";
import { niceCeil, powerFor, unitsOf } from "./numbers.js";
import { entry, largest, valuesOf } from "./reading.js";

/** In smaller cells no number can be read. */
const LEAST = { width: 27, height: 13 };
/** All in all: what cannot be seen is not written, so this is not often reached. */
const MOST = 1200;
/** Where it is said in which units they are. */
const [ABOVE, EDGE] = [9, 8];

/** @typedef {Readonly<{ rows: number, columns: number, reach: number, faint?: boolean, at: (row: number, column: number) => number }>} Cells */

/** @param {Now} now @returns {DrawCommand[]} */
export function cellNumbers(now) {
  const { layout } = now.view;
  if ((layout.scale ?? 1) <= 1) return [];
  return [
    ...layout.matrices.flatMap((box) => ofMatrix(now, box)),
    ...layout.layers.flatMap((box) => ofTiles(now, box)),
    ...layout.kernels.flatMap((box) => ofKernels(now, box)),
    ...(layout.bands ?? []).flatMap(({ lanes }) => lanes.flatMap((lane) => ofLane(now, lane))),
  ].slice(0, MOST);
}

/** Those cells of an area that are in sight. @param {Now} now @param {Area} area @param {{ rows: number, columns: number }} size @param {() => Cells | null} read @returns {DrawCommand[]} */
function written({ view: { layout } }, area, { rows, columns }, read) {
  const [w, h] = [area.width / columns, area.height / rows];
  const { sight } = layout;
  if (w < LEAST.width || h < LEAST.height || !sight || !touches(sight, area)) return [];
  const cells = read();
  if (!cells) return [];
  const between = (/** @type {number} */ at, /** @type {number} */ most) => Math.min(most, Math.max(0, at));
  const [top, bottom] = [
    between(Math.floor((sight.y - area.y) / h), rows),
    between(Math.ceil((layout.foot - area.y) / h), rows),
  ];
  const left = between(Math.floor((sight.x - area.x) / w), columns);
  const right = between(Math.ceil((sight.x + sight.width - area.x) / w), columns);
  /** @type {DrawCommand[]} */
  const found = [];
  for (let row = top; row < bottom; row += 1)
    for (let column = left; column < right; column += 1) {
      const cell = { x: area.x + column * w, y: area.y + row * h, width: Math.min(w, 60), height: h };
      const value = cells.at(row, column);
      if (!Number.isNaN(value))
        found.push(inCell({ ...cell, x: cell.x + (w - cell.width) / 2 }, value, cells.reach, cells.faint));
    }
  return [...found, ...(found.length > 0 ? scaleOf(area, layout.foot, sight, cells.reach) : [])];
}

/** In units of which power of ten the numbers are: above the right corner of what is seen of them. @param {Area} area @param {number} foot @param {Area} sight @param {number} reach @returns {DrawCommand[]} */
function scaleOf({ x, y, width }, foot, sight, reach) {
  const words = unitsOf(powerFor(reach));
  if (!words) return [];
  const right = Math.min(x + width, sight.x + sight.width - EDGE);
  const top = Math.max(y - ABOVE, sight.y + ABOVE);
  return top < foot ? [label(right, top, words, { size: 11, align: "right", ink: "ink", plate: true })] : [];
}

/** @param {Now} now @param {MatrixBox} box @returns {DrawCommand[]} */
function ofMatrix(now, box) {
  return written(now, box, box, () => {
    const numbers = now.numbers(box.layer);
    const gradients = gradientShown(now, box.layer) > 0.5 && numbers.dW !== null;
    const shown = gradients ? numbers.dW : numbers.W;
    if (shown?.grain !== "exact") return null;
    const reach = niceCeil(largest(now.view.frame, [`${box.layer}.W${gradients ? ":gradient" : ""}`]));
    const faint = now.phase === "backward" && !gradients;
    return { ...box, reach, faint, at: (row, column) => entry(shown, row, column) };
  });
}

/** @param {Now} now @param {LayerBox} box @returns {DrawCommand[]} */
function ofTiles(now, box) {
  return box.tiles.flatMap((tile) =>
    written(now, tile, tile, () => {
      const { top, p } = shownMaps(now, box);
      if (!top || p < 1 || !isExact(now.view.frame?.tensors.get(top.key))) return null;
      const values = oneMap(top, tile.map);
      return { ...tile, reach: top.reach, at: (row, column) => values[row * tile.columns + column] ?? Number.NaN };
    }),
  );
}

/** @param {Now} now @param {KernelBox} box @returns {DrawCommand[]} */
function ofKernels(now, box) {
  return Array.from({ length: box.shown }, (_, channel) => channel).flatMap((channel) =>
    written(now, kernelArea(box, channel), box, () => {
      const key = kernelKey(now, box.layer);
      const tensor = now.view.frame?.tensors.get(key);
      const values = valuesOf(tensor);
      if (!tensor || !values || tensor.shape.length !== 4 || !isExact(tensor)) return null;
      const { from } = sliceOf(tensor, box.filter, box.first + channel);
      const faint = now.phase === "backward" && !key.endsWith(":gradient");
      const reach = largest(now.view.frame, [key]);
      return { ...box, reach, faint, at: (row, column) => values[from + row * box.columns + column] ?? Number.NaN };
    }),
  );
}

/** @param {Now} now @param {Lane} lane @returns {DrawCommand[]} */
function ofLane(now, lane) {
  if (isText(lane) || lane.role === "norm" || stepWidth(lane) < LEAST.width) return [];
  return written(now, lane, { rows: lane.units, columns: lane.steps }, () => {
    const numbers = laneNumbers(now, lane);
    if (!isExact(numbers.tensor)) return null;
    const at = (/** @type {number} */ unit, /** @type {number} */ t) =>
      numbers.progress(t) === 1 ? entryAt(numbers, lane, t, unit) : Number.NaN;
    return { rows: lane.units, columns: lane.steps, reach: numbers.reach, at };
  });
}
