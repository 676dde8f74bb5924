/**
 * What the data and the network hold, so that the page knows which of its parts are wanted.
 *
 * @import { Dataset, Graph } from "../types.js"
 */

/** Whether each example is an image: channels of rows of numbers. @param {Dataset | null} dataset */
export function holdsImages(dataset) {
  const first = /** @type {unknown[][] | undefined} */ (/** @type {unknown} */ (dataset?.train.raw[0]));
  return Array.isArray(first?.[0]?.[0]) && !dataset?.columns.length;
}

/** Whether each example is a sequence: of tokens, or of numbers. @param {Dataset | null} dataset */
export function holdsSequences(dataset) {
  if (!dataset) return false;
  if (dataset.tokens?.length) return true;
  const first = /** @type {unknown} */ (dataset.train.raw[0]);
  const step = Array.isArray(first) ? first[0] : null;
  return dataset.columns.length === 0 && Array.isArray(step) && !Array.isArray(step[0]);
}

/** Whether the data are texts that go on, so that a network can write them. @param {Dataset | null} dataset */
export function writes(dataset) {
  const [tokens, targets] = [dataset?.tokens ?? [], dataset?.target_tokens ?? []];
  return dataset?.task === "sequence" && tokens.length > 0 && tokens.join("") === targets.join("");
}

/** Whether a decoder writes texts of texts. @param {Dataset | null} dataset @param {Graph | null} graph */
export function translates(dataset, graph) {
  const texts = Boolean(dataset?.tokens?.length && dataset.target_tokens?.length);
  return texts && graph?.layers.at(-1)?.type === "decoder";
}

/** Whether there is an output for each of several classes. @param {Dataset | null} dataset @param {Graph | null} graph */
export function hasAnswers(dataset, graph) {
  const classes = dataset?.classes.length ?? 0;
  return dataset?.task === "classification" && classes > 1 && graph?.layers.at(-1)?.units === classes;
}

/** Whether the network says a symbol at each time step. @param {Dataset | null} dataset @param {Graph | null} graph */
export function saysSteps(dataset, graph) {
  return dataset?.task === "sequence" && (dataset.target_tokens?.length ?? 0) > 0 && graph !== null;
}

/** Red, green and blue. */
export const CHANNELS = 3;

/** The parameter that holds the learned picture; null if there is none. @param {Graph | null} graph */
export function pictureOf(graph) {
  const layer = graph?.layers.find(({ type }) => type === "pixels");
  return layer?.shape[0] === CHANNELS ? `${layer.id}.image` : null;
}

/** Layers whose matrices are not drawn on the stage. */
const MATRIX_TYPES = new Set(["embedding", "rnn", "lstm", "gru", "attention", "decoder"]);

/** The layers whose matrices are shown as images beside the stage. @param {Graph | null} graph */
export function matrixLayers(graph) {
  return graph?.layers.filter(({ type }) => MATRIX_TYPES.has(type)) ?? [];
}

/** From so many layers on, the way back through them is a curve. */
export const DEEP = 6;

/** Whether gradients have a way to go that is worth a curve: over time, or through many layers. @param {Graph | null} graph */
export function hasWay(graph) {
  return (graph?.layers.length ?? 0) >= DEEP || (graph?.layers.some(({ blocks = [] }) => blocks.length > 0) ?? false);
}
