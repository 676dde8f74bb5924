/**
 * A network that reads sequences: time runs from left to right, and what happens at one time step stands in one column.
 * Tokens are at the bottom; each layer that keeps time is a band of lanes above what it reads. Layers without time stand at
 * the right, as everywhere.
 *
 * @import { Band, Block, Graph, Lane, Layer } from "../types.js"
 */

import { say } from "../words/say.js";

export const GUTTER = 104;
const EDGE = 14;
/** Narrower than this no time step gets: then the stage is wider than the window. */
export const LEAST_STEP = 5;
export const WIDEST_STEP = 54;
const TITLE = 26;
const BETWEEN = 10;
const LANE = { tokens: 22, text: 17, looks: 66, value: 34, state: 42, gate: 30, folded: 22 };
/** Below a lane of cells: a bar for the size of its gradient at each time step. */
const TRACK = { state: 27, gate: 13, value: 13, folded: 30 };
const TALLEST = 2.4;

/** Quantities in the order in which they are stacked, from the top; what is not listed here stays inside. */
const STACKS = /** @type {const} */ ({
  lstm: ["h", "c", "o", "g", "f", "i"],
  gru: ["h", "candidate", "update", "reset"],
  rnn: ["h"],
  decoder: ["weights", "h", "c", "o", "g", "f", "i", "candidate", "update", "reset"],
});

/** @type {Readonly<Record<string, string>>} */
const NAMES = {
  h: say("time.hidden"),
  c: say("time.cell"),
  i: say("time.input"),
  f: say("time.forget"),
  g: say("time.candidate"),
  o: say("time.output"),
  weights: say("time.looks"),
  reset: say("time.reset"),
  update: say("time.update"),
  candidate: say("time.proposal"),
};
const OPEN = new Set(["weights", "i", "f", "o", "reset", "update"]);

/** Does it have a time axis of its own: tokens, a sequence of vectors, or time steps inside? @param {Layer} layer @param {Graph} graph */
export function hasTime(layer, graph) {
  return layer.shape?.length === 2 || (layer.blocks?.length ?? 0) > 0 || isTokens(layer, graph);
}

/** @param {Layer} layer @param {Graph} graph */
function isTokens(layer, graph) {
  if (layer.type !== "input" || layer.shape?.length !== 1) return false;
  return graph.layers.some(
    ({ type, inputs }) => (type === "embedding" || type === "one_hot") && inputs.includes(layer.id),
  );
}

/** @param {Graph} graph */
export function isSequential(graph) {
  return graph.layers.some((layer) => hasTime(layer, graph));
}

/** How many time steps the longest of them has. @param {Graph} graph @returns {number} */
export function longest(graph) {
  return Math.max(1, ...graph.layers.filter((layer) => hasTime(layer, graph)).map(stepsOf));
}

/** @param {Layer} layer @returns {number} */
function stepsOf({ blocks, shape }) {
  return blocks?.[0]?.steps ?? shape[0] ?? 1;
}

/**
 * @typedef {Object} Room
 * @property {number} width of all time steps
 * @property {number} top
 * @property {number} bottom
 * @property {ReadonlySet<string>} folded ids of layers of which only a summary is shown
 */

/**
 * The bands from the bottom up, as high as there is room for.
 *
 * @param {Graph} graph
 * @param {Room} room
 * @returns {Band[]}
 */
export function bandsOf(graph, { width, top, bottom, folded }) {
  const layers = graph.layers.filter((layer) => hasTime(layer, graph));
  const drafts = layers.map((layer) => draft(layer, graph, folded.has(layer.id)));
  const all = drafts.flatMap(({ lanes }) => lanes);
  const words = all.filter(isText).reduce((sum, { height }) => sum + height, 0);
  const fixed = drafts.reduce((sum, { lanes }) => sum + (lanes[0]?.role === "tokens" ? 0 : TITLE) + BETWEEN, words);
  const wanted = all.filter((lane) => !isText(lane)).reduce((sum, lane) => sum + lane.height + lane.track, 0);
  const scale = Math.min(TALLEST, Math.max(0.25, (bottom - top - fixed) / Math.max(1, wanted)));
  let y = bottom;
  return drafts.map((one) => {
    const band = place(one, y, scale, width);
    y = band.y - BETWEEN;
    return band;
  });
}

/** @typedef {Omit<Lane, "x" | "y" | "width" | "track"> & { track: number }} LaneDraft */
/** @typedef {{ layer: Layer, folded: boolean, foldable: boolean, lanes: LaneDraft[] }} BandDraft */

/** @param {Layer} layer @param {Graph} graph @param {boolean} folded @returns {BandDraft} */
function draft(layer, graph, folded) {
  const blocks = layer.blocks ?? [];
  if (blocks.length === 0)
    return { layer, folded: false, foldable: false, lanes: [...texts(layer, graph), laneOfNode(layer, graph)] };
  const shown = folded ? ["h"] : (STACKS[/** @type {keyof typeof STACKS} */ (layer.type)] ?? restOf(blocks));
  const lanes = [layer.id, `${layer.id}.back`].flatMap((prefix) =>
    shown.flatMap((name) => {
      const block = blocks.find((candidate) => candidate.name === `${prefix}.${name}`);
      return block ? [laneOfBlock(layer, block, name, prefix !== layer.id, folded)] : [];
    }),
  );
  return { layer, folded, foldable: true, lanes: [...texts(layer, graph), ...lanes] };
}

/** Quantities of a layer that is not known here. @param {readonly Block[]} blocks */
function restOf(blocks) {
  return blocks.map(({ name }) => name.split(".").at(-1) ?? "").filter((name) => !/^z|_new$/.test(name));
}

/** Of what the network says step by step: the most likely symbol, and the one that was wanted. @param {Layer} layer @param {Graph} graph @returns {LaneDraft[]} */
function texts(layer, graph) {
  if (graph.output !== `${layer.id}.a` || layer.shape.length !== 2 || !/cross_entropy/.test(graph.loss.type)) return [];
  const common = { layer: layer.id, steps: layer.shape[0] ?? 1, units: 1, height: LANE.text, track: 0, open: false };
  return [
    { ...common, key: "target", label: say("time.wanted"), role: "target", block: false, reverse: false },
    { ...common, key: graph.output, label: say("time.says"), role: "said", block: false, reverse: false },
  ];
}

/** @param {Layer} layer @param {Graph} graph @returns {LaneDraft} */
function laneOfNode(layer, graph) {
  const tokens = isTokens(layer, graph);
  const role = tokens ? "tokens" : "value";
  const [steps = 1, units = 1] = layer.shape;
  return {
    layer: layer.id,
    key: layer.nodes.find((name) => name === `${layer.id}.a`) ?? `${layer.id}.a`,
    label: tokens ? say("time.tokens") : layer.type === "input" ? say("layers.inputs") : "",
    role,
    steps,
    units: tokens ? 1 : units,
    height: tokens ? LANE.tokens : LANE.value,
    track: layer.type === "input" ? 0 : TRACK.value,
    open: layer.activation === "sigmoid" || layer.activation === "softmax",
    block: false,
    reverse: false,
  };
}

/** @param {Layer} layer @param {Block} block @param {string} name @param {boolean} back @param {boolean} folded @returns {LaneDraft} */
function laneOfBlock(layer, block, name, back, folded) {
  const kind = folded ? "folded" : name === "h" || name === "c" ? "state" : "gate";
  return {
    layer: layer.id,
    key: block.name,
    label: `${back ? "← " : ""}${folded ? "‖h‖" : (NAMES[name] ?? name)}`,
    role: folded ? "norm" : kind === "state" ? "state" : "gate",
    steps: block.steps,
    units: block.units,
    height: name === "weights" ? LANE.looks : LANE[kind],
    track: TRACK[kind],
    open: OPEN.has(name),
    block: true,
    reverse: block.reverse,
  };
}

/** @param {Pick<Lane, "role">} lane */
export function isText({ role }) {
  return role === "tokens" || role === "said" || role === "target";
}

/** @param {BandDraft} draft @param {number} bottom @param {number} scale @param {number} width @returns {Band} */
function place({ layer, folded, foldable, lanes }, bottom, scale, width) {
  const tall = (/** @type {LaneDraft} */ lane) => lane.height * (isText(lane) ? 1 : scale);
  const track = (/** @type {LaneDraft} */ lane) => lane.track * Math.min(1.5, scale);
  const head = lanes[0]?.role === "tokens" ? 0 : TITLE;
  const height = head + lanes.reduce((sum, lane) => sum + tall(lane) + track(lane), 0);
  const left = EDGE + GUTTER;
  let y = bottom - height + head;
  const placed = lanes.map((lane) => {
    const cells = tall(lane);
    const at = {
      ...lane,
      x: left,
      y,
      width,
      height: cells - 2,
      track: { y: y + cells, height: Math.max(0, track(lane) - 4) },
    };
    y += cells + track(lane);
    return at;
  });
  return {
    layer: layer.id,
    title: layer.type === "input" ? "" : layer.id,
    subtitle: subtitleOf(layer),
    ...{ x: EDGE, y: bottom - height, width: GUTTER + width, height, steps: stepsOf(layer), folded, foldable },
    lanes: placed,
  };
}

/** @param {Layer} layer */
function subtitleOf(layer) {
  const units = layer.blocks?.find(({ name }) => /\.h$/.test(name))?.units ?? layer.shape.at(-1) ?? 1;
  const what = layer.activation && layer.type === "dense" ? layer.activation : layer.type.replace(/_/g, " ");
  const both = layer.blocks?.some(({ name }) => name.startsWith(`${layer.id}.back.`));
  return both ? say("time.both", { units, what }) : `${units} · ${what}`;
}

/** Where a time step begins. @param {Lane} lane @param {number} t */
export function stepX({ x, width, steps }, t) {
  return x + (width * t) / steps;
}

/** @param {Lane} lane */
export function stepWidth({ width, steps }) {
  return width / steps;
}

/**
 * Which cell is here: lane, time step and unit.
 *
 * @param {readonly Band[]} bands
 * @param {number} x
 * @param {number} y
 */
export function pickStep(bands, x, y) {
  for (const { lanes } of bands)
    for (const lane of lanes) {
      if (isText(lane) && lane.role !== "tokens") continue;
      if (x < lane.x || x >= lane.x + lane.width || y < lane.y || y >= lane.track.y + lane.track.height) continue;
      const share = Math.min(1, Math.max(0, (y - lane.y) / lane.height));
      const unit = Math.min(lane.units - 1, Math.floor(share * lane.units));
      const t = Math.floor(((x - lane.x) / lane.width) * lane.steps);
      return /** @type {const} */ ({ kind: "step", layer: lane.layer, key: lane.key, t, unit });
    }
  return null;
}

/** The band whose title is here. @param {readonly Band[]} bands @param {number} x @param {number} y @returns {Band | null} */
export function pickTitle(bands, x, y) {
  const inside = (/** @type {Band} */ band) =>
    band.foldable && x >= band.x && x < band.x + GUTTER + 120 && y >= band.y && y < band.y + TITLE;
  return bands.find(inside) ?? null;
}
