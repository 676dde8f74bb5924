/**
 * The layers that a person can put in, with what suits as first options; and which of them fit where.
 *
 * @import { Graph } from "../types.js"
 * @import { Spec } from "../wire.js"
 */

import { SEQUENCE_KINDS } from "./sequencekinds.js";

/** @typedef {Readonly<{ type: string, stem: string, title: string, summary: string, options: Readonly<Record<string, unknown>>, reads?: "images" | "numbers" | "both" }>} Kind */

/** @type {readonly Kind[]} */
export const KINDS = [
  {
    type: "conv2d",
    stem: "conv",
    title: "Convolution",
    summary: "little windows that look for the same pattern everywhere",
    options: { filters: 8, kernel: 3, padding: "same", activation: "relu" },
    reads: "images",
  },
  {
    type: "max_pool2d",
    stem: "pool",
    title: "Max pooling",
    summary: "keeps the largest number under each window",
    options: { size: 2 },
    reads: "images",
  },
  {
    type: "avg_pool2d",
    stem: "pool",
    title: "Average pooling",
    summary: "the mean of what lies under each window",
    options: { size: 2 },
    reads: "images",
  },
  {
    type: "global_avg_pool2d",
    stem: "mean",
    title: "Global average",
    summary: "one number for each feature map",
    options: {},
    reads: "images",
  },
  {
    type: "upsample",
    stem: "larger",
    title: "Upsampling",
    summary: "each number becomes a block of equal ones",
    options: { factor: 2 },
    reads: "images",
  },
  {
    type: "flatten",
    stem: "flat",
    title: "Flatten",
    summary: "all pixels of all maps in one row, for dense layers",
    options: {},
    reads: "images",
  },
];

/** @param {string} type @returns {Kind | null} */
export function kindOf(type) {
  return [...KINDS, ...SEQUENCE_KINDS].find((kind) => kind.type === type) ?? null;
}

/**
 * Whether what stands before place `at` of the list are images.
 *
 * @param {Spec} spec
 * @param {Graph | null} graph
 * @param {number} at
 */
export function readsImages(spec, graph, at) {
  const before = spec.layers[at - 1]?.id;
  const layer = graph?.layers.find(({ id, type }) => (before ? id === before : type === "input"));
  return layer?.shape?.length === 3;
}
