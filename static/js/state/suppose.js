/**
 * Which number a what-if question can be about.
 *
 * @import { Graph, Selection } from "../types.js"
 * @import { Target } from "../wire.js"
 */

import { parameterOf, placeOf } from "./select.js";

/**
 * A weight, a bias, a kernel's entry, or a number of the input (tokens are no numbers).
 *
 * @param {Selection | null} selection
 * @param {Graph | null} graph
 * @returns {Target | null}
 */
export function targetOf(selection, graph) {
  const input = graph?.layers[0];
  if (!selection || !graph || !input || selection.kind === "loss") return null;
  if (selection.kind === "weight" || selection.kind === "bias" || selection.kind === "kernel") {
    const [parameter, index] = parameterOf(selection);
    const known = graph.layers.some(({ parameters }) => parameters.some(({ name }) => name === parameter));
    return known ? { parameter, index } : null;
  }
  if (selection.layer !== input.id || looksUp(graph, input.id)) return null;
  if (selection.kind === "pixel") return { input: placeOf(selection) };
  if (selection.kind === "unit") return input.shape.length === 1 ? { input: [selection.unit] } : null;
  return input.shape.length === 2 ? { input: [selection.t, selection.unit] } : null;
}

/** Whether the input holds token ids. @param {Graph} graph @param {string} input */
function looksUp({ layers }, input) {
  return layers.some(({ type, inputs }) => (type === "embedding" || type === "one_hot") && inputs.includes(input));
}
