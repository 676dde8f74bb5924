/**
 * The number of a tensor that stands out most: the first question about an image is about its largest pixel.
 *
 * @import { Frame } from "../types.js"
 */

/**
 * @param {Frame | null} frame
 * @param {string} key
 * @returns {readonly number[]} where it stands, without the batch's axis; [0] for what is no image
 */
export function salient(frame, key) {
  const tensor = frame?.tensors.get(key);
  const shape = tensor?.summary?.full_shape ?? tensor?.shape ?? [];
  if (!tensor?.data || shape.length < 3) return shape.length > 1 ? shape.map(() => 0) : [0];
  const { data, min, max } = tensor;
  const size = (/** @type {number} */ x) => Math.abs(data instanceof Uint8Array ? min + (x / 255) * (max - min) : x);
  let [most, at] = [-1, 0];
  for (const [index, value] of data.entries()) if (size(value) > most) [most, at] = [size(value), index];
  return placeOf(at, tensor.shape).map((place, axis) =>
    Math.floor(((place + 0.5) * (shape[axis] ?? 1)) / (tensor.shape[axis] ?? 1)),
  );
}

/** The index of the at-th number, axis by axis. @param {number} at @param {readonly number[]} shape @returns {number[]} */
function placeOf(at, shape) {
  let behind = shape.reduce((product, size) => product * size, 1);
  return shape.map((size) => {
    behind /= size;
    return Math.floor(at / behind) % size;
  });
}
