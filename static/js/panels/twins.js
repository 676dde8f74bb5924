/**
 * What the drawings of the columns show, as tables: the data, the loss, the answers over the plane, a matrix.
 *
 * @import { Tensor } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Table } from "../scene/table.js"
 */

import { asKnown } from "../scene/known.js";
import { valuesOf } from "../scene/reading.js";
import { columnName } from "../state/names.js";
import { say } from "../words/say.js";
import { fieldOf } from "./boundary.js";
import { number } from "./format.js";
import { rangeOf } from "./plot.js";

/** More rows nobody reads: they are spread evenly over what there is, and the caption says so. */
const MOST = 200;
/** So many places across and up stand for a map. */
const PLACES = 5;

/**
 * Evenly spread, with the first and the last.
 *
 * @param {number} count
 * @param {number} [most]
 * @returns {readonly number[]}
 */
export function spread(count, most = MOST) {
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  return Array.from({ length: most }, (_, at) => Math.round((at * (count - 1)) / (most - 1)));
}

/** @param {string} caption @param {number} count */
function captionOf(caption, count) {
  return count > MOST ? `${caption} ${say("twin.some", { shown: MOST, n: count })}` : caption;
}

/** Every example with its columns and its target. @param {Store} store @returns {Table | null} */
export function dataTable({ dataset: { value: dataset } }) {
  if (!dataset) return null;
  const all = /** @type {const} */ (["train", "test"]).flatMap((part) =>
    dataset[part].raw.map((row, at) => ({ part, row, at, target: dataset[part].targets[at] })),
  );
  const rows = spread(all.length).flatMap((at) => {
    const found = all[at];
    if (!found) return [];
    const target = dataset.classes[Number(found.target)] ?? number(Number(found.target));
    const cells = dataset.columns.map((_, column) => number(Number(found.row[column])));
    return [[`${say(`twin.${found.part}`)} ${found.at + 1}`, ...cells, target]];
  });
  const columns = [say("twin.example"), ...dataset.columns.map(columnName), dataset.target_name || say("twin.target")];
  return { caption: captionOf(say("twin.data"), all.length), columns, rows };
}

/** The loss by step. @param {Store} store @returns {Table} */
export function lossTable({ history: { value: history } }) {
  const rows = spread(history.step.length).map((at) => [
    String(history.step[at]),
    number(history.train_loss[at]),
    number(history.test_loss[at]),
  ]);
  const columns = [say("twin.step"), say("twin.loss.train"), say("twin.loss.test")];
  return { caption: captionOf(say("twin.loss"), history.step.length), columns, rows };
}

/** What the network answers at places of the plane: two digits, for a map comes in bytes. @param {Store} store @returns {Table | null} */
export function mapTable(store) {
  const [dataset, graph] = [store.dataset.value, store.graph.value];
  const map = store.frame.value?.tensors.get(`${graph?.output}:map`);
  const [units = 1, height = 0, width = 0] = map?.shape ?? [];
  if (!dataset?.plot || !map?.data || !height || !width) return null;
  const fields = fieldOf(map, units, height * width);
  const { x, y } = dataset.plot;
  const [across, up] = [axisOf(dataset, x, width), axisOf(dataset, y, height)];
  const answer = (/** @type {number} */ at) => {
    const values = fields.map((field) => field[at] ?? Number.NaN);
    if (values.length === 1) return number(values[0], 2);
    const best = values.indexOf(Math.max(...values));
    return `${dataset.classes[best] ?? best} ${number(values[best], 2)}`;
  };
  const rows = [...up]
    .reverse()
    .map((row) => [
      `${columnName(y)} ${number(row.value, 3)}`,
      ...across.map((column) => answer(row.at * width + column.at)),
    ]);
  const columns = [say("twin.row"), ...across.map(({ value }) => `${columnName(x)} ${number(value, 3)}`)];
  return { caption: say("twin.map"), columns, rows };
}

/** @param {import("../types.js").Dataset} dataset @param {string} name @param {number} size of the map along this axis */
function axisOf(dataset, name, size) {
  const column = dataset.columns.indexOf(name);
  const values = [...dataset.train.raw, ...dataset.test.raw].map((row) => Number(row[column] ?? 0));
  const { low, high } = rangeOf(values);
  return spread(size, PLACES).map((at) => ({ at, value: low + (at / Math.max(1, size - 1)) * (high - low) }));
}

/**
 * @param {string} name
 * @param {Tensor | undefined} tensor
 * @param {number} slice
 * @param {readonly string[]} names of the rows, if they have any
 * @returns {Table | null}
 */
export function matrixTable(name, tensor, slice, names) {
  const values = valuesOf(tensor);
  if (!tensor || !values) return null;
  const [height = 1, width = 1] = tensor.shape.slice(-2);
  const [tall = height, wide = width] = tensor.summary?.full_shape.slice(-2) ?? [];
  const start = slice * height * width;
  const across = spread(width, 64);
  const rows = spread(height, 64).map((row) => [
    tall === height ? (names[row] ?? String(row + 1)) : placesOf(row, height, tall),
    ...across.map((column) => asKnown(number(values[start + row * width + column]), tensor)),
  ]);
  const cut = height > 64 || width > 64 ? ` ${say("twin.cut", { rows: height, columns: width })}` : "";
  return {
    caption: `${name}${cut}`,
    columns: [say("twin.row"), ...across.map((at) => placesOf(at, width, wide))],
    rows,
  };
}

/** 5, or of means over blocks 5–8. @param {number} block @param {number} blocks @param {number} length */
function placesOf(block, blocks, length) {
  const [from, to] = [block, block + 1].map((at) => Math.floor((at * length) / blocks));
  return Number(to) - Number(from) === 1 ? String(to) : `${Number(from) + 1}–${to}`;
}
