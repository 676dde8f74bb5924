/**
 * One feature map enlarged to the stage: what it is made of at the left, the kernel between, the map at the right, and below
 * them room for the calculation of one of its numbers. It is a layout like the network's, so it is drawn and clicked alike.
 *
 * @import { Area, KernelBox, Layer, LayerBox, Lens, Size, StageLayout, Tile } from "../types.js"
 */

import { say } from "../words/say.js";
import { kernelShape } from "./tiles.js";
import { channelsOf, imageSource } from "./windows.js";

const TOP = 102;
const EDGE = 28;
const LARGEST = 288;
const KERNEL = { cell: 34, width: 118 };
const GAP = 34;
const STRIP = { size: 26, gap: 4, air: 12 };
/** The calculation below. */
const SUM = { height: 196, air: 56 };

/**
 * @param {StageLayout} base
 * @param {Lens} lens
 * @param {Size} size
 * @param {number} channel of the source that is shown large
 * @returns {StageLayout}
 */
export function lensLayout(base, lens, { width, height }, channel) {
  const { graph } = base;
  const layer = /** @type {Layer} */ (graph.layers.find(({ id }) => id === lens.layer));
  const source = imageSource(graph, lens.layer);
  const kernel = source && kernelShape(layer);
  const columns = source ? 2 : 1;
  const between = kernel ? KERNEL.width + 2 * GAP : source ? 3 * GAP : 0;
  const room = (width - 2 * EDGE - between) / columns;
  const tall = height - TOP - SUM.height - SUM.air - (kernel ? STRIP.size + STRIP.air : 0);
  const side = Math.max(96, Math.min(LARGEST, room, tall));
  const slack = Math.max(0, (width - 2 * EDGE - between - columns * side) / 2);
  const left = EDGE + slack;
  const right = source ? left + side + between : left;
  const targetBox = boxOf(base, layer, [tileOf(layer, lens.map, { x: right, y: TOP, width: side, height: side })]);
  const sourceBox = source && boxOf(base, source, sourceTiles(layer, source, lens.map, channel, left, side));
  const kernels = kernel ? [kernelOf(layer, kernel, lens.map, channel, left + side + GAP, side)] : [];
  return {
    ...base,
    ...{ width, height, wires: [], matrices: [], arcs: [], threads: [], kernels },
    layers: [...(sourceBox ? [sourceBox] : []), targetBox],
    foot: height - SUM.height,
    loss: { ...base.loss, x: -1e4, y: -1e4 },
  };
}

/** As large as fits into the square, with its own proportions. @param {Layer} layer @param {number} map @param {Area} square @returns {Tile} */
function tileOf({ id, shape: [, rows = 1, columns = 1] }, map, { x, y, width: side }) {
  const [width, height] = [side * Math.min(1, columns / rows), side * Math.min(1, rows / columns)];
  const place = { x: x + (side - width) / 2, y: y + (side - height) / 2, width, height };
  return { layer: id, map, rows, columns, ...place };
}

/**
 * One channel large, all that the map is made of as a strip below it.
 *
 * @param {Layer} layer
 * @param {Layer} source
 * @param {number} map
 * @param {number} channel
 * @param {number} x
 * @param {number} side
 * @returns {Tile[]}
 */
function sourceTiles(layer, source, map, channel, x, side) {
  const [from, to] = channelsOf(layer, source, map);
  const chosen = Math.min(to - 1, Math.max(from, channel));
  const large = tileOf(source, chosen, { x, y: TOP, width: side, height: side });
  const pitch = Math.min(STRIP.size + STRIP.gap, side / Math.max(1, to - from - 1));
  const size = pitch - STRIP.gap;
  const others = Array.from({ length: to - from }, (_, index) => from + index).filter((one) => one !== chosen);
  const y = TOP + side + STRIP.air;
  const strip = others.map((one, at) => tileOf(source, one, { x: x + at * pitch, y, width: size, height: size }));
  return [large, ...(size >= 8 ? strip : [])];
}

/** @param {Layer} layer @param {readonly number[]} shape @param {number} filter @param {number} channel @param {number} x @param {number} side @returns {KernelBox} */
function kernelOf(layer, [, channels = 1, rows = 1, columns = 1], filter, channel, x, side) {
  const cell = Math.min(KERNEL.cell, KERNEL.width / columns, side / rows);
  const [width, height] = [columns * cell, rows * cell];
  const place = { x: x + (KERNEL.width - width) / 2, y: TOP + (side - height) / 2, width, height };
  return {
    layer: layer.id,
    filter,
    channels,
    shown: 1,
    first: channel % channels,
    across: 1,
    apart: 0,
    rows,
    columns,
    cell,
    ...place,
  };
}

/** @param {StageLayout} base @param {Layer} layer @param {Tile[]} tiles @returns {LayerBox} */
function boxOf(base, layer, tiles) {
  const box = /** @type {LayerBox} */ (base.layers.find(({ id }) => id === layer.id));
  const [{ x = 0, y = 0, width = 0, height = 0 } = {}] = tiles;
  const [maps = 1] = layer.shape;
  const map = (tiles[0]?.map ?? 0) + 1;
  const title = box.role === "input" && maps === 1 ? box.title : say("scene.map", { layer: layer.id, map });
  const size = layer.shape.slice(1).join("×");
  const subtitle = maps > 1 ? say("scene.map.one", { size, count: maps }) : size;
  const edges = { left: width / 2, right: width / 2, r: width / 2, top: y, bottom: y + height };
  return { ...box, ...edges, title, subtitle, titleSize: 13.5, x: x + width / 2, titleY: y - 44, tiles, folded: 0 };
}
