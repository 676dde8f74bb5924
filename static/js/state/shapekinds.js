/**
 * Layers that join, cut and reshape, and the decoder: with options that fit where they are put.
 *
 * @import { Dataset, Graph } from "../types.js"
 * @import { Spec } from "../wire.js"
 * @import { Kind } from "./layerkinds.js"
 */

import { say } from "../words/say.js";

/** @param {Spec} spec @param {Graph | null} graph @param {number} at @returns {readonly number[]} of what stands before this place */
function shapeBefore(spec, graph, at) {
  const before = spec.layers[at - 1]?.id;
  return graph?.layers.find(({ id, type }) => (before ? id === before : type === "input"))?.shape ?? [];
}

/** Pictures where there is a square of numbers, else one row of them. @param {readonly number[]} shape @returns {readonly number[]} */
export function otherShape(shape) {
  const size = shape.reduce((a, b) => a * b, 1);
  const side = Math.sqrt(size);
  return shape.length === 1 && Number.isInteger(side) && side > 1 ? [1, side, side] : [size];
}

/**
 * @param {Spec} spec
 * @param {Graph | null} graph
 * @param {Dataset | null} dataset
 * @param {number} at
 * @returns {readonly Kind[]}
 */
export function shapeKindsAt(spec, graph, dataset, at) {
  const shape = shapeBefore(spec, graph, at);
  const inputs = [spec.layers[at - 1]?.id ?? "input", spec.layers[at - 2]?.id ?? spec.layers[at - 1]?.id ?? "input"];
  const tokens = dataset?.task === "sequence" ? (dataset.target_tokens?.length ?? 0) : 0;
  return [
    kind("concat", "beside", { inputs }),
    kind("reshape", "shape", { shape: otherShape(shape) }),
    ...(tokens > 1 && shape.length === 2
      ? [kind("decoder", "decoder", { units: shape[1] ?? 16, tokens, cell: "gru", attention: true })]
      : []),
  ];
}

/** @param {"concat" | "reshape" | "decoder"} type @param {string} stem @param {Readonly<Record<string, unknown>>} options @returns {Kind} */
function kind(type, stem, options) {
  return { type, stem, title: say(`layers.${type}`), summary: say(`layers.${type}.summary`), options };
}

/** For those who look one up. */
export const SHAPE_KINDS = [
  kind("concat", "beside", {}),
  kind("reshape", "shape", { shape: [1] }),
  kind("decoder", "decoder", { units: 16, tokens: 2 }),
];
