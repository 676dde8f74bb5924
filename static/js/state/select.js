/**
 * From what is selected to the number that is asked about, and back.
 *
 * @import { Call, Frame, Graph, Layer, Phase, Selection } from "../types.js"
 * @import { Query } from "../wire.js"
 */

/**
 * Is what was selected still there in this graph?
 *
 * @param {Selection | null} selection
 * @param {Graph} graph
 * @returns {boolean}
 */
export function survives(selection, graph) {
  if (!selection || selection.kind === "loss") return true;
  const layer = graph.layers.find(({ id }) => id === selection.layer);
  if (!layer) return false;
  if (selection.kind !== "weight") return selection.unit < layer.units;
  const shape = layer.parameters.find(({ name }) => name.endsWith(".W"))?.shape ?? [0, 0];
  return selection.from < (shape[0] ?? 0) && selection.to < (shape[1] ?? 0);
}

/**
 * The numbers that a selection offers, in the order of the passes: each a button of the inspector.
 *
 * @param {Selection} selection
 * @param {Graph} graph
 * @param {number} row of the followed example in the batch
 * @returns {readonly (Query & { name: string })[]}
 */
export function aspects(selection, graph, row) {
  if (selection.kind === "loss") return [{ name: "loss", node: "loss", quantity: "value", index: [] }];
  if (selection.kind === "unit") return unitAspects(selection, graph, row);
  const [node, index] = parameterOf(selection);
  return [
    { name: "value", node, quantity: "value", index },
    { name: "gradient", node, quantity: "gradient", index },
    { name: "delta", node, quantity: "delta", index },
  ];
}

/**
 * @param {Extract<Selection, { kind: "unit" }>} selection
 * @param {Graph} graph
 * @param {number} row
 */
function unitAspects(selection, graph, row) {
  const nodes = layerOf(graph, selection.layer)?.nodes ?? [];
  const index = [row, selection.unit];
  const shown = nodes.filter((node) => /\.[za]$/.test(node));
  const values = shown.map((node) => ({ name: short(node), node, quantity: "value", index }));
  const gradients = shown.map((node) => ({ name: `d${short(node)}`, node, quantity: "gradient", index }));
  return [...values, ...gradients.reverse()];
}

/** @param {Extract<Selection, { kind: "weight" | "bias" }>} selection @returns {[string, readonly number[]]} */
export function parameterOf(selection) {
  if (selection.kind === "bias") return [`${selection.layer}.b`, [selection.unit]];
  return [`${selection.layer}.W`, [selection.from, selection.to]];
}

/**
 * The aspect that the present phase is about.
 *
 * @param {Selection} selection
 * @param {Graph} graph
 * @param {Frame | null} frame
 * @returns {Query | null}
 */
export function suggested(selection, graph, frame) {
  const offered = aspects(selection, graph, rowOf(frame));
  const rank = offered.map((query) => ({ query, computed: isComputed(query, frame) }));
  const phase = frame?.ran?.phase ?? "forward";
  const order = phase === "forward" ? rank : [...rank].reverse();
  if (selection.kind === "unit" && phase !== "forward") {
    const gradient = rank.find(({ query, computed }) => query.quantity === "gradient" && computed);
    return (gradient ?? rank[rank.length / 2 - 1] ?? rank[0])?.query ?? null;
  }
  if (selection.kind === "unit")
    return (order.filter(({ computed }) => computed).at(-1) ?? rank[1] ?? rank[0])?.query ?? null;
  return ([...rank].reverse().find(({ computed }) => computed) ?? rank[0])?.query ?? null;
}

/** @param {Query} query @param {Frame | null} frame @returns {boolean} */
function isComputed(query, frame) {
  const key = query.quantity === "value" ? query.node : `${query.node}:${query.quantity}`;
  return (frame?.tensors.get(key)?.data ?? null) !== null;
}

/**
 * What the last operation made: its first number.
 *
 * @param {Call | null} ran
 * @param {Graph} graph
 * @param {number} row
 * @returns {Query | null}
 */
export function queryOfCall(ran, graph, row) {
  if (!ran) return null;
  const parameter = parameterNamed(graph, ran.node) ?? firstParameter(graph);
  switch (ran.kind) {
    case "forward":
      return { node: ran.node, quantity: "value", index: [row, 0] };
    case "loss":
      return { node: ran.node, quantity: "value", index: [] };
    case "vjp":
      return {
        node: ran.node,
        quantity: "gradient",
        index: parameterNamed(graph, ran.node) ? zeros(graph, ran.node) : [row, 0],
      };
    case "penalty":
    case "clip":
      return parameter && { node: parameter.name, quantity: "gradient", index: parameter.shape.map(() => 0) };
    case "delta":
    case "apply":
      return parameter && { node: parameter.name, quantity: "delta", index: parameter.shape.map(() => 0) };
    default:
      throw new Error(`unknown kind of call: ${/** @satisfies {never} */ (ran.kind)}`);
  }
}

/**
 * The selection that shows a number on the stage, if there is one.
 *
 * @param {Query} query
 * @param {Graph} graph
 * @returns {Selection | null}
 */
export function selectionOf(query, graph) {
  const [layer = "", part = ""] = splitNode(query.node);
  if (query.node === "loss" || query.node === "penalty") return { kind: "loss" };
  if (!layerOf(graph, layer)) return null;
  const [first = 0, second = 0] = query.index;
  if (part === "W") return { kind: "weight", layer, from: first, to: second };
  if (part === "b") return { kind: "bias", layer, unit: first };
  return { kind: "unit", layer, unit: query.index.length > 1 ? second : first };
}

/** @param {Frame | null} frame @returns {number} */
export function rowOf(frame) {
  return frame?.example?.in_batch ? (frame.example.row ?? 0) : 0;
}

/** @param {Graph} graph @param {string} id @returns {Layer | undefined} */
export function layerOf(graph, id) {
  return graph.layers.find((layer) => layer.id === id);
}

/** @param {string} node @returns {string[]} */
function splitNode(node) {
  const at = node.lastIndexOf(".");
  return at < 0 ? [node] : [node.slice(0, at), node.slice(at + 1)];
}

/** @param {string} node @returns {string} */
function short(node) {
  return splitNode(node)[1] ?? node;
}

/** @param {Graph} graph @param {string} name */
function parameterNamed(graph, name) {
  return graph.layers.flatMap((layer) => layer.parameters).find((parameter) => parameter.name === name) ?? null;
}

/** @param {Graph} graph */
function firstParameter(graph) {
  return graph.layers.flatMap((layer) => layer.parameters)[0] ?? null;
}

/** @param {Graph} graph @param {string} name @returns {number[]} */
function zeros(graph, name) {
  return parameterNamed(graph, name)?.shape.map(() => 0) ?? [];
}

/** @param {Phase} phase @returns {string} */
export function phaseName(phase) {
  return { forward: "forward", loss: "loss", backward: "backward", update: "update" }[phase];
}
