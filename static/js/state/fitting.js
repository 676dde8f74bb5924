/**
 * A network that fits data of one's own: the layers that can stay do, and what has to change is said before it does.
 *
 * @import { LayerSpec, Patch, Spec } from "../wire.js"
 */

import { replaceOptions } from "./edits.js";

/**
 * What the data ask of a network.
 *
 * @typedef {Object} Needs
 * @property {"rows" | "image" | "text"} holds
 * @property {"classification" | "regression"} task
 * @property {number} classes
 * @property {number} [rows] examples
 * @property {number} [tokens] of texts: so many, the padding included
 */
/** @typedef {Readonly<{ units: number, activation: string, loss: string }>} Ending */
/**
 * @typedef {Readonly<{ layers: readonly LayerSpec[], loss: Patch, batch: number | "full", stays: boolean, ending: Ending }>} Fitting
 */

/** More examples than this in one step are slow, and from a thousand on refused. */
const LARGEST_BATCH = 512;
const BATCH = 32;

/** Layers that take a row of numbers as well as any other. */
const PLAIN = new Set(["dense", "dropout", "activation", "batch_norm", "layer_norm", "add", "concat", "multiply"]);

/** @param {Needs} needs @returns {Ending} */
function endingFor({ task, classes }) {
  if (task === "regression") return { units: 1, activation: "linear", loss: "mse" };
  if (classes > 2) return { units: classes, activation: "softmax", loss: "softmax_cross_entropy" };
  return { units: 1, activation: "sigmoid", loss: "binary_cross_entropy" };
}

/** @param {Spec} spec @param {Needs} needs @returns {Fitting} */
export function fitting(spec, needs) {
  const ending = endingFor(needs);
  const stays = canStay(spec, needs);
  const body = stays ? spec.layers.slice(0, -1) : bodyFor(needs);
  const last = stays ? spec.layers.at(-1) : null;
  const output = { id: "output", type: "dense", ...last, units: ending.units, activation: ending.activation };
  const loss = spec.loss.type === ending.loss ? spec.loss : replaceOptions(spec.loss, { type: ending.loss });
  const batch = spec.batch_size === "full" && (needs.rows ?? 0) > LARGEST_BATCH ? BATCH : spec.batch_size;
  return { layers: [...body.map((layer) => sized(layer, needs)), output], loss, batch, stays, ending };
}

/** Whether the network ends as the data ask, so that nothing has to change. @param {Spec} spec @param {Fitting} fit */
export function fitsAlready(spec, { stays, ending }) {
  const last = spec.layers.at(-1);
  return (
    stays && last?.units === ending.units && last.activation === ending.activation && spec.loss.type === ending.loss
  );
}

/** @param {Spec} spec @param {Needs} needs */
function canStay(spec, { holds }) {
  const types = spec.layers.map(({ type }) => type);
  if (types.at(-1) !== "dense") return false;
  if (holds === "rows") return types.every((type) => PLAIN.has(type));
  if (holds === "text") return types[0] === "embedding" && !types.includes("decoder") && flatAtTheEnd(spec);
  return types[0] === "conv2d" && types.includes("flatten");
}

/** The last recurrent layer answers once, not at each time step. @param {Spec} spec */
function flatAtTheEnd(spec) {
  const options = /** @type {Record<string, unknown> | undefined} */ (
    spec.layers.findLast(({ type }) => ["rnn", "lstm", "gru"].includes(type))
  );
  return options !== undefined && options.return_sequences !== true;
}

/** @param {Needs} needs @returns {readonly LayerSpec[]} */
function bodyFor({ holds }) {
  if (holds === "rows") return [{ id: "hidden1", type: "dense", units: 8, activation: "tanh" }];
  if (holds === "text") return [{ id: "letters", type: "embedding", units: 4 }, recurrent()];
  const conv = { id: "conv1", type: "conv2d", filters: 6, kernel: 3, activation: "relu" };
  return [conv, { id: "flat", type: "flatten" }];
}

/** @returns {LayerSpec} */
function recurrent() {
  return { id: "memory", type: "gru", units: 8 };
}

/** An embedding has a row for each token of its data. @param {LayerSpec} layer @param {Needs} needs */
function sized(layer, { tokens }) {
  return layer.type === "embedding" && tokens !== undefined ? { ...layer, tokens } : layer;
}
