/**
 * How exactly a frame knows a number, said with it: a large tensor comes as codes, or as means over blocks, and neither is
 * what the engine computed with.
 *
 * @import { Tensor } from "../types.js"
 */

import { say } from "../words/say.js";

/** @typedef {"exact" | "coded" | "means"} Grain */

/** @param {Pick<Tensor, "summary"> | null | undefined} tensor @returns {Grain} */
export function grainOf(tensor) {
  if (!tensor?.summary) return "exact";
  return tensor.summary.kind === "pooled" ? "means" : "coded";
}

/** @param {Pick<Tensor, "summary"> | null | undefined} tensor */
export function isExact(tensor) {
  return grainOf(tensor) === "exact";
}

/**
 * Of so many blocks of an axis the one that this place is in: which, and its places [from, to). As app/shards/pooling.py cuts them.
 *
 * @param {number} place
 * @param {number} blocks
 * @param {number} length
 */
export function blockOf(place, blocks, length) {
  if (blocks === length) return { block: place, from: place, to: place + 1 };
  const block = Math.ceil(((place + 1) * blocks) / length) - 1;
  const begin = (/** @type {number} */ at) => Math.floor((at * length) / blocks);
  return { block, from: begin(block), to: begin(block + 1) };
}

/**
 * The words of a number with what they are worth: as they are, about so much, or the mean of the units around it.
 *
 * @param {string} words
 * @param {Tensor | null | undefined} tensor it is from
 * @param {number | null} [unit] its place on the last axis, if those are units
 * @returns {string}
 */
export function asKnown(words, tensor, unit = null) {
  const grain = grainOf(tensor);
  if (!tensor || grain === "exact") return words;
  if (grain === "coded") return say("numbers.about", { value: words });
  const [length, blocks] = [tensor.summary?.full_shape.at(-1) ?? 1, tensor.shape.at(-1) ?? 1];
  if (unit === null) return say("numbers.mean", { value: words });
  const { from, to } = blockOf(unit, blocks, length);
  if (to - from === 1) return say("numbers.about", { value: words });
  return say("numbers.mean.units", { value: words, from: from + 1, to });
}
