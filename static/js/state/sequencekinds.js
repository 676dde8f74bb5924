/**
 * The layers for sequences that a person can put in, with what suits as first options where they are put.
 *
 * @import { Dataset, Graph } from "../types.js"
 * @import { Spec } from "../wire.js"
 * @import { Kind } from "./layerkinds.js"
 */

import { say } from "../words/say.js";

/** What reads a sequence, so that what stands before it has to say something at every time step. */
const READERS = new Set(["rnn", "lstm", "gru", "attention", "last", "decoder"]);

/** @type {readonly Omit<Kind, "options">[]} */
const RECURRENT = [
  { type: "lstm", stem: "lstm", title: say("layers.lstm"), summary: say("layers.lstm.summary") },
  { type: "gru", stem: "gru", title: say("layers.gru"), summary: say("layers.gru.summary") },
  { type: "rnn", stem: "rnn", title: say("layers.rnn"), summary: say("layers.rnn.summary") },
];
/** @type {readonly Kind[]} */
const OVER_TIME = [
  {
    type: "attention",
    stem: "attend",
    title: say("layers.attention"),
    summary: say("layers.attention.summary"),
    options: { heads: 1 },
  },
  { type: "last", stem: "last", title: say("layers.final"), summary: say("layers.final.summary"), options: {} },
];
/** @type {readonly Kind[]} */
const ANYWHERE = [
  {
    type: "layer_norm",
    stem: "norm",
    title: say("layers.layer_norm"),
    summary: say("layers.layer_norm.summary"),
    options: {},
  },
  {
    type: "batch_norm",
    stem: "norm",
    title: say("layers.batch_norm"),
    summary: say("layers.batch_norm.summary"),
    options: {},
  },
];

/** All of them, for those who look one up. @type {readonly Kind[]} */
export const SEQUENCE_KINDS = [
  ...tokenKinds(1),
  ...RECURRENT.map((kind) => ({ ...kind, options: { units: 16 } })),
  ...OVER_TIME,
  ...ANYWHERE,
];

/** @param {number} tokens @returns {readonly Kind[]} */
function tokenKinds(tokens) {
  return [
    {
      type: "embedding",
      stem: "embed",
      title: say("layers.embedding"),
      summary: say("layers.embedding.summary"),
      options: { tokens, units: 8 },
    },
    {
      type: "one_hot",
      stem: "onehot",
      title: say("layers.one_hot"),
      summary: say("layers.one_hot.summary"),
      options: { tokens },
    },
  ];
}

/**
 * What can stand at this place, if what stands before it has time steps; else null.
 *
 * @param {Spec} spec
 * @param {Graph | null} graph
 * @param {Dataset | null} dataset
 * @param {number} at
 * @returns {readonly Kind[] | null}
 */
export function sequenceKindsAt(spec, graph, dataset, at) {
  const before = spec.layers[at - 1]?.id;
  const layer = graph?.layers.find(({ id, type }) => (before ? id === before : type === "input"));
  const tokens = dataset?.tokens?.length ?? 0;
  if (layer?.type === "input" && tokens > 0) return tokenKinds(tokens);
  if (layer?.shape?.length !== 2) return null;
  const sequences = dataset?.task === "sequence" || READERS.has(spec.layers[at]?.type ?? "");
  const recurrent = RECURRENT.map((kind) => ({ ...kind, options: { units: 16, return_sequences: sequences } }));
  return [...recurrent, ...OVER_TIME.filter(({ type }) => type !== "last" || !sequences), ...ANYWHERE];
}

/** What suits behind vectors of numbers. */
export const NORMS = ANYWHERE;
