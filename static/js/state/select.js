/**
 * From what is selected to the number that is asked about, and back.
 *
 * @import { Call, Frame, Graph, Layer, Selection } from "../types.js"
 * @import { Query } from "../wire.js"
 */

import { OF_BATCH } from "./names.js";
import { salient } from "./salient.js";
import { stepAspects, stepOf, stepSurvives } from "./steps.js";

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
  if (selection.kind === "step") return stepSurvives(selection, layer);
  if (selection.kind === "pixel" || selection.kind === "kernel")
    return isInside(placeOf(selection), layer, selection.kind);
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
  if (selection.kind === "unit") return unitAspects(selection, graph, [row, selection.unit]);
  if (selection.kind === "step") return stepAspects(selection, graph, row);
  if (selection.kind === "pixel") return unitAspects(selection, graph, [row, ...placeOf(selection)]);
  const [node, index] = parameterOf(selection);
  return [
    { name: "value", node, quantity: "value", index },
    { name: "gradient", node, quantity: "gradient", index },
    { name: "delta", node, quantity: "delta", index },
  ];
}

/**
 * @param {Extract<Selection, { kind: "unit" | "pixel" }>} selection
 * @param {Graph} graph
 * @param {readonly number[]} index
 */
function unitAspects(selection, graph, index) {
  const nodes = layerOf(graph, selection.layer)?.nodes ?? [];
  const shown = nodes.filter((node) => /\.[za]$/.test(node));
  const values = shown.map((node) => ({ name: short(node), node, quantity: "value", index }));
  const gradients = shown.map((node) => ({ name: `d${short(node)}`, node, quantity: "gradient", index }));
  return [...values, ...gradients.reverse()];
}

/** @param {Extract<Selection, { kind: "weight" | "bias" | "kernel" }>} selection @returns {[string, readonly number[]]} */
export function parameterOf(selection) {
  if (selection.kind === "kernel") return [`${selection.layer}.kernel`, placeOf(selection)];
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
  const isNode = selection.kind === "unit" || selection.kind === "pixel" || selection.kind === "step";
  if (isNode && phase !== "forward") {
    const gradient = rank.find(({ query, computed }) => query.quantity === "gradient" && computed);
    return (gradient ?? rank[rank.length / 2 - 1] ?? rank[0])?.query ?? null;
  }
  if (isNode) return (order.filter(({ computed }) => computed).at(-1) ?? rank[1] ?? rank[0])?.query ?? null;
  return ([...rank].reverse().find(({ computed }) => computed) ?? rank[0])?.query ?? null;
}

/** @param {Query} query @param {Frame | null} frame @returns {boolean} */
function isComputed(query, frame) {
  const key = query.quantity === "value" ? query.node : `${query.node}:${query.quantity}`;
  const found = /^(.*)\[(\d+)\](:\w+)?$/.exec(key);
  if (!found) return (frame?.tensors.get(key)?.data ?? null) !== null;
  const tensor = frame?.tensors.get(`${found[1]}${found[3] ?? ""}`);
  return tensor?.steps?.computed ? tensor.steps.computed[Number(found[2])] === 1 : (tensor?.data ?? null) !== null;
}

/**
 * What the last operation made: its first number; of images the one that stands out most.
 *
 * @param {Call | null} ran
 * @param {Graph} graph
 * @param {number} row
 * @param {Frame | null} [frame]
 * @returns {Query | null}
 */
export function queryOfCall(ran, graph, row, frame = null) {
  if (!ran) return null;
  const parameter = parameterNamed(graph, ran.node) ?? firstParameter(graph);
  switch (ran.kind) {
    case "forward":
      return { node: ran.node, quantity: "value", index: salientOf(graph, ran.node, "", row, frame) };
    case "loss":
      return { node: ran.node, quantity: "value", index: [] };
    case "vjp":
      return {
        node: ran.node,
        quantity: "gradient",
        index: parameterNamed(graph, ran.node)
          ? entryOf(graph, ran.node, frame)
          : salientOf(graph, ran.node, ":gradient", row, frame),
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
  const step = stepOf(query, graph);
  if (step) return step;
  if (!layerOf(graph, layer)) return null;
  const [first = 0, second = 0] = query.index;
  if (part === "W") return { kind: "weight", layer, from: first, to: second };
  if (part === "kernel" && query.index.length === 4) return kernelAt(layer, query.index);
  if (query.index.length === 4) return pixelAt(layer, query.index);
  if (part === "b") return { kind: "bias", layer, unit: first };
  return { kind: "unit", layer, unit: query.index.length > 1 ? second : first };
}

/** @param {string} layer @param {readonly number[]} index @returns {Selection} */
function kernelAt(layer, [filter = 0, channel = 0, row = 0, column = 0]) {
  return { kind: "kernel", layer, filter, channel, row, column };
}

/** @param {string} layer @param {readonly number[]} index @returns {Selection} */
function pixelAt(layer, [, map = 0, row = 0, column = 0]) {
  return { kind: "pixel", layer, map, row, column };
}

/** Where a pixel or an entry of a kernel stands. @param {Extract<Selection, { kind: "pixel" | "kernel" }>} selection @returns {readonly number[]} */
export function placeOf(selection) {
  if (selection.kind === "pixel") return [selection.map, selection.row, selection.column];
  return [selection.filter, selection.channel, selection.row, selection.column];
}

/** @param {readonly number[]} place @param {Layer} layer @param {"pixel" | "kernel"} kind */
function isInside(place, layer, kind) {
  const kernel = layer.parameters.find(({ name }) => name.endsWith(".kernel"))?.shape ?? [];
  const shape = kind === "pixel" ? layer.shape : kernel;
  return shape.length === place.length && place.every((at, axis) => at < (shape[axis] ?? 0));
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
  const learning = graph.layers.filter(({ trainable = true }) => trainable).flatMap((layer) => layer.parameters);
  return learning[0] ?? graph.layers.flatMap((layer) => layer.parameters)[0] ?? null;
}

/**
 * The index of what stands out in a node: the frame knows where there is such a tensor, and the node's shape says how many
 * axes there are where there is none (all gates in one, before they are cut apart, are in no frame).
 *
 * @param {Graph} graph
 * @param {string} node
 * @param {"" | ":gradient"} suffix
 * @param {number} row
 * @param {Frame | null} frame
 * @returns {readonly number[]}
 */
function salientOf(graph, node, suffix, row, frame) {
  const found = salient(frame, `${node}${suffix}`);
  const info = graph.nodes?.find(({ name }) => name === node.replace(/\[\d+\]$/, ""));
  const place = (info?.shape ?? found).length === found.length ? found : (info?.shape ?? []).map(() => 0);
  return OF_BATCH.has(info?.kind ?? "") ? place : [row, ...place];
}

/** The first entry of a parameter; of a kernel the one with the largest gradient. @param {Graph} graph @param {string} name @param {Frame | null} frame @returns {readonly number[]} */
function entryOf(graph, name, frame) {
  const first = zeros(graph, name);
  return first.length === 4 && frame ? salient(frame, `${name}:gradient`) : first;
}

/** @param {Graph} graph @param {string} name @returns {number[]} */
function zeros(graph, name) {
  return parameterNamed(graph, name)?.shape.map(() => 0) ?? [];
}
