/**
 * The stage of a network that reads sequences: bands over time at the left, layers without time at the right of them.
 *
 * @import { Graph, Layer, LayerBox, StageLayout } from "../types.js"
 * @import { Wanted } from "./layout.js"
 */

import { say } from "../words/say.js";
import { bandsOf, GUTTER, hasTime, LEAST_STEP, longest, WIDEST_STEP } from "./time.js";

const EDGE = 14;
const TOP = 24;
const FOOT = 62;
const AIR = 22;
/** The other layout leaves room for names of inputs, which are not wanted here. */
const NAMES = 58;
const COLUMN = 92;
const LOSS = { width: 126, height: 112, room: 206 };

/** @typedef {(graph: Graph, wanted: Wanted) => StageLayout} LayOut */

/**
 * @param {Graph} graph
 * @param {Wanted} wanted
 * @param {LayOut} others lays out the layers without time
 * @returns {StageLayout}
 */
export function layoutSequential(graph, wanted, others) {
  const rest = withoutTime(graph);
  const right = rest.layers.length ? LOSS.room + COLUMN * rest.layers.length : LOSS.width + 2 * AIR;
  const first = arranged(graph, rest, right, wanted, others);
  if (first.width <= wanted.width) return first;
  // What has no time needs more room than was thought: the time steps give it.
  return arranged(graph, rest, right + first.width - wanted.width, wanted, others);
}

/**
 * @param {Graph} graph
 * @param {Graph} rest layers without time
 * @param {number} right the room that they get
 * @param {Wanted} wanted
 * @param {LayOut} others
 * @returns {StageLayout}
 */
function arranged(graph, rest, right, wanted, others) {
  const { width, height, folded = new Set() } = wanted;
  const steps = longest(graph);
  const free = (width - EDGE - GUTTER - right) / steps;
  const span = Math.min(WIDEST_STEP, Math.max(LEAST_STEP, free)) * steps;
  const begin = EDGE + GUTTER + span;
  const foot = Math.max(160, height - FOOT);
  const bands = bandsOf(graph, { width: span, top: TOP, bottom: foot - AIR, folded });
  const words = { tokens: wanted.tokens ?? [], targetTokens: wanted.targetTokens ?? [] };
  if (rest.layers.length === 0) return { ...bandsOnly(graph, { width, height, foot, begin, bands }), ...words };
  const spare = Math.max(right, width - begin);
  const beside = others(rest, { ...wanted, names: [], width: spare + NAMES });
  return { ...shifted(beside, begin - NAMES), height, foot, bands, graph, ...words };
}

/** Layers without time; of a recurrent layer what it says at its end. @param {Graph} graph @returns {Graph} */
function withoutTime(graph) {
  const kept = graph.layers.filter(
    (layer) => layer.shape.length === 1 && !(hasTime(layer, graph) && !layer.blocks?.length),
  );
  const ids = new Set(kept.map(({ id }) => id));
  return { ...graph, layers: kept.map((layer) => ({ ...layer, inputs: layer.inputs.filter((id) => ids.has(id)) })) };
}

/**
 * @param {Graph} graph
 * @param {{ width: number, height: number, foot: number, begin: number, bands: import("../types.js").Band[] }} given
 * @returns {StageLayout}
 */
function bandsOnly(graph, { width, height, foot, begin, bands }) {
  const last = bands.at(-1);
  const middle = last ? last.y + last.height / 2 : foot / 2;
  const y = Math.max(TOP, middle - LOSS.height / 2);
  return {
    ...{ width: Math.max(width, begin + LOSS.width + 2 * AIR), height, foot, bands, graph },
    ...{ layers: [], wires: [], matrices: [], arcs: [], kernels: [], threads: [] },
    loss: { x: begin + AIR, y, width: LOSS.width, height: LOSS.height, type: graph.loss.type },
  };
}

/** Everything as far to the right; what is no input is not called one. @param {StageLayout} layout @param {number} by @returns {StageLayout} */
function shifted(layout, by) {
  const point = (/** @type {import("../types.js").Point} */ { x, y }) => ({ x: x + by, y });
  return {
    ...layout,
    width: layout.width + by,
    layers: layout.layers.map((box) => moved(box, by, layout.graph.layers)),
    wires: layout.wires.map((wire) => ({ ...wire, from: point(wire.from), end: point(wire.end) })),
    matrices: layout.matrices.map((box) => ({ ...box, x: box.x + by })),
    arcs: layout.arcs.map((arc) => ({ ...arc, from: point(arc.from), end: point(arc.end) })),
    loss: { ...layout.loss, x: layout.loss.x + by },
  };
}

/** @param {LayerBox} box @param {number} by @param {readonly Layer[]} layers @returns {LayerBox} */
function moved(box, by, layers) {
  const at = { ...box, x: box.x + by, units: box.units.map((unit) => ({ ...unit, x: unit.x + by })) };
  const layer = layers.find(({ id }) => id === box.id);
  if (box.role !== "input" || layer?.type === "input") return at;
  const units = at.units.map((unit) => ({ ...unit, name: "" }));
  const subtitle = layer?.blocks?.length ? say("scene.last") : `${layer?.units ?? 0} · ${layer?.type ?? ""}`;
  return { ...at, units, role: "hidden", title: box.id, subtitle };
}
