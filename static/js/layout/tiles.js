/**
 * A layer of images as a column of tiles: how large they are, in how many columns, and where each of them stands.
 *
 * @import { KernelBox, Layer, LayerBox, Thread, Tile } from "../types.js"
 * @import { Dress } from "./tiers.js"
 */

const GAP = 5;
const MOST = { input: 118, hidden: 60 };
/** The input is what everything begins with: it stays large. */
const LEAST_INPUT = 84;
const LEAST = 17;
/** Below this a further column is begun. */
const COMFORT = 27;
const MOST_COLUMNS = 3;
const KERNEL = { width: 50, cell: 6, air: 6, apart: 1.5, lines: 4 };
/** Below a column whose maps are not all drawn: room to say how many more there are. */
const MORE = 16;

/** @typedef {Readonly<{ columns: number, rows: number, width: number, height: number, shown: number, kernels: Kernels }>} Grid
 * @typedef {Readonly<{ width: number, height: number, cell: number, shown: number, columns: number }>} Kernels of one map */

/** @param {Readonly<{ shape?: readonly number[] }>} layer @returns {boolean} */
export function isImages({ shape }) {
  return shape?.length === 3;
}

/** @param {Layer} layer @returns {readonly number[] | null} (F, C, kH, kW) */
export function kernelShape({ parameters }) {
  return parameters.find(({ name, shape }) => name.endsWith(".kernel") && shape.length === 4)?.shape ?? null;
}

/**
 * @param {Layer} layer
 * @param {number} height
 * @param {number} scale 1: as large as is good; less where many columns share the width
 * @returns {Dress & { grid: Grid }}
 */
export function dressImages(layer, height, scale) {
  const [maps = 1, rows = 1, columns = 1] = layer.shape;
  const most = layer.type === "input" ? Math.max(LEAST_INPUT, scale * MOST.input) : scale * MOST.hidden;
  const aspect = columns / rows;
  const grid = gridOf(maps, height, most / Math.max(1, aspect));
  const width = grid.size * aspect;
  const kernels = kernelStrip(layer, grid.pitch / grid.columns, scale);
  const half = (grid.columns * (width + GAP) - GAP) / 2;
  const left = half + 2 + (kernels.width ? kernels.width + KERNEL.air : 0);
  return {
    tier: "tiles",
    pitch: grid.pitch,
    r: half,
    left,
    right: half + 2,
    grid: {
      columns: grid.columns,
      rows: grid.rows,
      width,
      height: grid.size,
      shown: grid.shown,
      kernels,
    },
  };
}

/** @param {number} maps @param {number} height @param {number} most */
function gridOf(maps, height, most) {
  const wanted = Math.min(COMFORT, most);
  for (let columns = 1; columns <= MOST_COLUMNS; columns += 1) {
    const rows = Math.ceil(maps / columns);
    const size = Math.min(most, (height + GAP) / rows - GAP);
    if (size >= wanted || (columns === MOST_COLUMNS && size >= LEAST))
      return { columns, rows, size, pitch: size + GAP, shown: maps };
  }
  const size = Math.max(LEAST, Math.min(most, wanted));
  const rows = Math.max(1, Math.floor((height - MORE + GAP) / (size + GAP)));
  return {
    columns: MOST_COLUMNS,
    rows,
    size,
    pitch: size + GAP,
    shown: Math.min(maps, rows * MOST_COLUMNS),
  };
}

/**
 * The kernels of one map in as many lines as makes them largest.
 *
 * @param {Layer} layer
 * @param {number} height that one map has
 * @param {number} scale
 * @returns {Kernels}
 */
function kernelStrip(layer, height, scale) {
  const shape = kernelShape(layer);
  if (!shape) return { width: 0, height: 0, cell: 0, shown: 0, columns: 0 };
  const lines = Array.from({ length: Math.min(KERNEL.lines, shape[1] ?? 1) }, (_, index) => index + 1);
  const tried = lines.map((count) => inLines(shape, count, height - 2, KERNEL.width * Math.max(0.6, scale)));
  return tried.reduce((best, one) => (one.shown * one.cell > best.shown * best.cell ? one : best));
}

/** @param {readonly number[]} shape @param {number} lines @param {number} height @param {number} room @returns {Kernels} */
function inLines([, channels = 1, kH = 1, kW = 1], lines, height, room) {
  const { apart } = KERNEL;
  const most = Math.max(1, Math.floor((room + apart) / (kW + apart)));
  const columns = Math.min(most, Math.ceil(channels / lines));
  const wide = (room - (columns - 1) * apart) / (columns * kW);
  const tall = (height - (lines - 1) * apart) / (lines * kH);
  const cell = Math.max(0.8, Math.min(KERNEL.cell, wide, tall));
  return {
    width: columns * (kW * cell + apart) - apart,
    height: lines * (kH * cell + apart) - apart,
    cell,
    shown: Math.min(channels, columns * lines),
    columns,
  };
}

/**
 * The tiles of a layer, row by row, around x and below top.
 *
 * @param {Layer} layer
 * @param {Grid} grid
 * @param {number} x
 * @param {number} top
 * @returns {Tile[]}
 */
export function tilesOf(layer, grid, x, top) {
  const [, rows = 1, columns = 1] = layer.shape;
  const left = x - (grid.columns * (grid.width + GAP) - GAP) / 2;
  return Array.from({ length: grid.shown }, (_, map) => ({
    layer: layer.id,
    map,
    rows,
    columns,
    x: left + (map % grid.columns) * (grid.width + GAP),
    y: top + Math.floor(map / grid.columns) * (grid.height + GAP),
    width: grid.width,
    height: grid.height,
  }));
}

/** The square of a map's bias, at the lower left corner of its tile. @param {Tile} tile */
export function mapBiasPlace({ x, y, width, height }) {
  const size = width > 90 ? 12 : Math.max(4.5, Math.min(8, width / 6));
  return { x: x + size / 2 - 1, y: y + height - size / 2 + 1, size };
}

/** How tall the tiles are together. @param {Grid} grid */
export function heightOf({ rows, height }) {
  return rows * (height + GAP) - GAP;
}

/**
 * The kernels of each tile at the left of its row; of tiles in one row one below the other.
 *
 * @param {Layer} layer
 * @param {Grid} grid
 * @param {readonly Tile[]} tiles
 * @returns {KernelBox[]}
 */
export function kernelsOf(layer, grid, tiles) {
  const [, channels = 1, rows = 1, columns = 1] = kernelShape(layer) ?? [];
  const [first] = tiles;
  const { width, height, cell, shown, columns: across } = grid.kernels;
  if (!width || !first) return [];
  const air = (grid.height + GAP - grid.columns * height) / (grid.columns + 1);
  return tiles.map(({ map, y }) => ({
    ...{ layer: layer.id, filter: map, channels, shown, first: 0, across, rows, columns, cell, width, height },
    apart: KERNEL.apart,
    x: first.x - KERNEL.air - width,
    y: y - GAP / 2 + air + (map % grid.columns) * (height + air),
  }));
}

/** Where the kernel of one channel stands. @param {KernelBox} box @param {number} channel @returns {import("../types.js").Area} */
export function kernelArea({ x, y, rows, columns, cell, across, apart }, channel) {
  const [w, h] = [columns * cell, rows * cell];
  const line = Math.floor(channel / across);
  return {
    x: x + (channel % across) * (w + apart),
    y: y + line * (h + apart),
    width: w,
    height: h,
  };
}

/**
 * Which tile a tile is made of, where it is one (pooling, enlarging, elementwise); and each tile's part of a flattened strip.
 *
 * @param {readonly LayerBox[]} boxes
 * @param {readonly Layer[]} layers
 * @returns {Thread[]}
 */
export function threadsOf(boxes, layers) {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return layers.flatMap((layer) => {
    const target = byId.get(layer.id);
    if (!target || kernelShape(layer)) return [];
    return layer.inputs.flatMap((id) => {
      const source = byId.get(id);
      return source ? source.tiles.flatMap((tile) => threadOf(tile, source, target)) : [];
    });
  });
}

/** @param {Tile} tile @param {LayerBox} source @param {LayerBox} target @returns {Thread[]} */
function threadOf(tile, source, target) {
  const from = { x: tile.x + tile.width + 1, y: tile.y + tile.height / 2 };
  const to = target.tiles.find(({ map }) => map === tile.map);
  const given = { layer: target.id, source: source.id, map: tile.map, from };
  if (to) return [{ ...given, end: { x: to.x - 1, y: to.y + to.height / 2 } }];
  const size = tile.rows * tile.columns;
  const whole = target.units.length > source.tiles.length || size === 1;
  const unit = target.units[whole ? tile.map * size + Math.floor(size / 2) : tile.map];
  return unit ? [{ ...given, end: { x: unit.x - target.left, y: unit.y } }] : [];
}
