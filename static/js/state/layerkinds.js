/**
 * The layers that a person can put in, with what suits as first options; and which of them fit where.
 *
 * @import { Graph } from "../types.js"
 * @import { Spec } from "../wire.js"
 */

import { say } from "../words/say.js";
import { SEQUENCE_KINDS } from "./sequencekinds.js";
import { SHAPE_KINDS } from "./shapekinds.js";

/** @typedef {Readonly<{ type: string, stem: string, title: string, summary: string, options: Readonly<Record<string, unknown>>, reads?: "images" | "numbers" | "both" }>} Kind */

/** @type {readonly Kind[]} */
export const KINDS = [
  {
    type: "conv2d",
    stem: "conv",
    title: say("layers.conv2d"),
    summary: say("layers.conv2d.summary"),
    options: { filters: 8, kernel: 3, padding: "same", activation: "relu" },
    reads: "images",
  },
  {
    type: "max_pool2d",
    stem: "pool",
    title: say("layers.max_pool2d"),
    summary: say("layers.max_pool2d.summary"),
    options: { size: 2 },
    reads: "images",
  },
  {
    type: "avg_pool2d",
    stem: "pool",
    title: say("layers.avg_pool2d"),
    summary: say("layers.avg_pool2d.summary"),
    options: { size: 2 },
    reads: "images",
  },
  {
    type: "global_avg_pool2d",
    stem: "mean",
    title: say("layers.global_avg_pool2d"),
    summary: say("layers.global_avg_pool2d.summary"),
    options: {},
    reads: "images",
  },
  {
    type: "upsample",
    stem: "larger",
    title: say("layers.upsample"),
    summary: say("layers.upsample.summary"),
    options: { factor: 2 },
    reads: "images",
  },
  {
    type: "flatten",
    stem: "flat",
    title: say("layers.flatten"),
    summary: say("layers.flatten.summary"),
    options: {},
    reads: "images",
  },
];

/** @param {string} type @returns {Kind | null} */
export function kindOf(type) {
  return [...KINDS, ...SEQUENCE_KINDS, ...SHAPE_KINDS].find((kind) => kind.type === type) ?? null;
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
