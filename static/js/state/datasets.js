/**
 * Another dataset needs a network that ends as the dataset does: the patch that changes both.
 *
 * @import { CatalogEntry, LayerSpec, Patch, Spec } from "../wire.js"
 */

import { replaceOptions } from "./edits.js";

/** @typedef {CatalogEntry & { task?: string, classes?: readonly string[], columns?: readonly string[] }} DatasetEntry */

/** What fits whichever kind of target: the last layer's units and activation, and the loss. */
const ENDINGS = {
  regression: { units: 1, activation: "linear", loss: "mse" },
  binary: { units: 1, activation: "sigmoid", loss: "binary_cross_entropy" },
  classes: { units: 0, activation: "softmax", loss: "softmax_cross_entropy" },
};

/**
 * @param {Spec} spec
 * @param {DatasetEntry} entry
 * @returns {Patch}
 */
export function datasetPatch(spec, entry) {
  const count = entry.classes?.length ?? 0;
  const kind = entry.task === "regression" ? "regression" : count > 2 ? "classes" : "binary";
  const ending = { ...ENDINGS[kind], ...(kind === "classes" ? { units: count } : {}) };
  return {
    name: entry.title ?? entry.name,
    dataset: freshDataset(spec, entry.name),
    layers: withEnding(spec.layers, ending.units, ending.activation),
    loss: replaceOptions(spec.loss, { type: ending.loss }),
  };
}

/** Only the share for testing is kept: features and knobs belong to the old data. @param {Spec} spec @param {string} name */
function freshDataset(spec, name) {
  const gone = Object.keys(spec.dataset).filter((key) => key !== "test_fraction" && key !== "name");
  return { ...Object.fromEntries(gone.map((key) => [key, null])), name };
}

/** @param {readonly LayerSpec[]} layers @param {number} units @param {string} activation */
function withEnding(layers, units, activation) {
  const at = layers.findLastIndex(({ type }) => type === "dense");
  return layers.map((layer, index) => (index === at ? { ...layer, units, activation } : layer));
}
