/**
 * What columns, inputs, classes and single numbers are called on the page.
 *
 * @import { Dataset, Graph } from "../types.js"
 * @import { Query } from "../wire.js"
 * @import { Store } from "./store.js"
 */

/** Kinds of nodes that belong to no single example. */
export const OF_BATCH = new Set(["loss", "penalty", "statistic"]);

/** The preset whose name the session still has. @param {Store} store */
export function presetOf(store) {
  const name = store.spec.value?.name;
  return store.catalog.value?.presets.find(({ spec }) => spec?.name === name);
}

/** What the session is called; as long as it has its preset's name, in the reader's language. @param {Store} store */
export function titleOf(store) {
  return presetOf(store)?.title ?? store.spec.value?.name ?? "Deltaflow";
}

/** color_score -> color score; x1^2 -> x1²; x1*x2 -> x1·x2. @param {string} name */
export function columnName(name) {
  return name.replace(/_/g, " ").replace(/\^2/g, "²").replace(/\*/g, "·");
}

/**
 * What of the dataset the stage needs.
 *
 * @param {Graph} graph
 * @param {Pick<Dataset, "features" | "classes" | "tokens" | "target_tokens"> | null} dataset
 */
export function namesOf(graph, dataset) {
  const outputs = graph.layers.at(-1)?.units ?? 0;
  const classes = dataset?.classes.length === outputs ? dataset.classes : [];
  const { tokens, target_tokens: targetTokens } = dataset ?? {};
  return { features: dataset?.features.map(columnName) ?? [], classes, tokens, targetTokens };
}

/** hidden1.W[1, 2]: people count from 1, the wire from 0. @param {string} name @param {readonly number[]} index */
export function entryName(name, index) {
  return `${name}[${index.map((at) => at + 1).join(", ")}]`;
}

/**
 * The number that people call so: hidden1.W[1, 2], d output.a[1] of the followed example, lstm.f[3][2] (steps of time are part of
 * the engine's name, from 0).
 *
 * @param {string} typed
 * @param {Graph} graph
 * @param {number} row of the followed example in the batch
 * @returns {Query | null} null: there is none
 */
export function queryNamed(typed, graph, row) {
  const [, name = "", places = ""] = /^\s*(.*?)\s*\[([\d\s,]+)\]\s*$/.exec(typed) ?? [];
  const index = places.split(",").map((at) => Number(at) - 1);
  const fits = (/** @type {readonly number[]} */ shape) =>
    shape.length === index.length && index.every((at, axis) => at >= 0 && at < (shape[axis] ?? 0));
  for (const [quantity, node] of readings(name)) {
    const parameter = graph.layers.flatMap(({ parameters }) => parameters).find((each) => each.name === node);
    if (parameter && fits(parameter.shape)) return { node, quantity, index };
    const shape = quantity === "delta" ? null : shapeOfOne(graph, node);
    if (shape && fits(shape)) return { node, quantity, index: [row, ...index] };
  }
  return null;
}

/** A layer's name may begin with a d, too. @param {string} name @returns {[string, string][]} */
function readings(name) {
  const [, gradient = ""] = /^d\s*(.+)/.exec(name) ?? [];
  const [, delta = ""] = /^(?:delta|Δ)\s*(.+)/.exec(name) ?? [];
  return [
    ["value", name],
    ["gradient", gradient],
    ["delta", delta],
  ];
}

/** Of one example's numbers at a node, or at a step of time of one. @param {Graph} graph @param {string} node */
function shapeOfOne({ layers, nodes = [] }, node) {
  const [, name = node, step = null] = /^(.*)\[(\d+)\]$/.exec(node) ?? [];
  const block = layers.flatMap(({ blocks = [] }) => blocks ?? []).find((each) => each.name === name);
  if ((block !== undefined) !== (step !== null) || Number(step) >= (block?.steps ?? 1)) return null;
  const info = nodes.find((each) => each.name === name);
  return info && !OF_BATCH.has(info.kind ?? "") ? info.shape : null;
}
