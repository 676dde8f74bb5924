/**
 * What the tiles of a layer show at a moment: its numbers on the way forward, their gradients on the way back.
 *
 * @import { Beat, Frame, LayerBox, Tensor } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { progressOf } from "../timeline/storyboard.js";
import { blockOf } from "./known.js";
import { largest, valuesOf } from "./reading.js";

/** @typedef {Readonly<{ key: string, data: Float32Array, rows: number, columns: number, reach: number, version: string }>} Maps all maps of a tensor (C, H, W) */
/**
 * What is being written, over what was there before.
 *
 * @typedef {Readonly<{ top: Maps | null, p: number, under: Maps | null, underAlpha: number, sliding: boolean, gradient: boolean }>} Shown
 */

/** Values whose gradient is still to come step back. */
const WAITING = 0.42;
const NOTHING = Object.freeze({ key: "", p: 0 });
const SLIDING = /^(conv2d|correlate2d|max_pool2d|avg_pool2d|upsample2d)$/;

/**
 * How far a tensor is written, whether or not what leads to it has arrived; 0 if it is not computed.
 *
 * @param {Now} now
 * @param {string} key
 */
export function written({ view: { frame, beats, t } }, key) {
  return frame?.tensors.get(key)?.data ? progressOf(beats, t, key) : 0;
}

/** @param {Now} now @param {LayerBox} box @returns {Shown} */
export function shownMaps(now, { id }) {
  const values = [`${id}.a`, `${id}.z`];
  const back = now.phase === "backward" ? latest(now, [`${id}.z:gradient`, `${id}.a:gradient`]) : NOTHING;
  const gradient = back !== NOTHING;
  const { key, p } = gradient ? back : latest(now, values);
  const all = gradient ? [`${id}.z:gradient`, `${id}.a:gradient`, ...values] : values;
  const under = p < 1 ? all.slice(all.indexOf(key) + 1).find((next) => written(now, next) > 0) : undefined;
  const waiting = now.phase === "backward";
  return {
    top: mapsOf(now, key),
    p: p * (waiting && !gradient ? WAITING : 1),
    under: under ? mapsOf(now, under) : null,
    underAlpha: waiting && !under?.endsWith("gradient") ? WAITING : 1,
    sliding: p < 1 && slides(now, key),
    gradient,
  };
}

/** The first of these that is being written or is there, and how far it is. @param {Now} now @param {readonly string[]} keys @returns {{ key: string, p: number }} */
function latest(now, keys) {
  const key = keys.find((candidate) => written(now, candidate) > 0);
  return key ? { key, p: written(now, key) } : NOTHING;
}

/** Whether the call that writes this key moves a window over an image. @param {Now} now @param {string} key */
function slides({ view: { layout }, beat }, key) {
  if (beat?.key !== key) return false;
  return SLIDING.test(layout.graph.layers.find(({ id }) => id === beat.layer)?.window?.op ?? "") && leaves(beat);
}

/** Forward into the layer's own first node, back into that of another layer. @param {Beat} beat */
function leaves({ kind, layer, node }) {
  return kind === "forward" ? node.startsWith(`${layer}.`) : !node.startsWith(`${layer}.`);
}

/** @param {Now} now @param {string} key @returns {Maps | null} */
function mapsOf({ view: { frame } }, key) {
  return mapsIn(frame, key);
}

/** @param {Frame | null} frame @param {string} key @returns {Maps | null} */
export function mapsIn(frame, key) {
  const tensor = frame?.tensors.get(key);
  const data = valuesOf(tensor);
  if (!tensor || !data || tensor.shape.length !== 3) return null;
  const [, rows = 1, columns = 1] = tensor.shape;
  return { key, data, rows, columns, reach: largest(frame, [key]) || 1e-9, version: `${frame?.seq} ${key}` };
}

/** One map of them. @param {Maps} maps @param {number} map @returns {Float32Array} */
export function oneMap({ data, rows, columns }, map) {
  return data.subarray(map * rows * columns, (map + 1) * rows * columns);
}

/**
 * One number; of pooled maps the mean of the block that it is in.
 *
 * @param {Frame | null} frame
 * @param {string} key
 * @param {readonly number[]} place map, row, column
 * @returns {number | null}
 */
export function pixelOf(frame, key, [map = 0, row = 0, column = 0]) {
  const maps = mapsIn(frame, key);
  const tensor = /** @type {Tensor} */ (frame?.tensors.get(key));
  if (!maps) return null;
  const [, height = maps.rows, width = maps.columns] = tensor.summary?.full_shape ?? tensor.shape;
  const i = blockOf(row, maps.rows, height).block;
  const j = blockOf(column, maps.columns, width).block;
  return maps.data[(map * maps.rows + i) * maps.columns + j] ?? null;
}
