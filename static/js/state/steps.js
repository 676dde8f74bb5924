/**
 * Numbers at time steps: what can be asked about a cell of a lane, and which cell shows a number.
 *
 * @import { Graph, Layer, Selection } from "../types.js"
 * @import { Query } from "../wire.js"
 */

/** @typedef {Extract<Selection, { kind: "step" }>} StepSelection */

/** @param {StepSelection} selection @param {Layer} layer */
export function stepSurvives({ key, t, unit }, layer) {
  const block = layer.blocks?.find(({ name }) => name === key);
  if (block) return t < block.steps && unit < block.units;
  const [steps = 0, units = 1] = layer.shape;
  return layer.nodes.includes(key) && t < steps && unit < units;
}

/** @param {StepSelection} selection @param {Graph} graph @param {number} row @returns {readonly (Query & { name: string })[]} */
export function stepAspects({ layer: id, key, t, unit }, graph, row) {
  const layer = graph.layers.find((candidate) => candidate.id === id);
  const block = layer?.blocks?.some(({ name }) => name === key);
  const vector = (layer?.shape.length ?? 0) > 1;
  const about = (/** @type {string} */ name) => ({
    node: block ? `${name}[${t}]` : name,
    index: block ? [row, unit] : vector ? [row, t, unit] : [row, t],
  });
  const names = block ? [...before(key, layer), key] : [key];
  const values = names.map((name) => ({ name: short(name), ...about(name), quantity: "value" }));
  const gradients = names.map((name) => ({ name: `d${short(name)}`, ...about(name), quantity: "gradient" }));
  return [...values, ...gradients.reverse()];
}

/** The pre-activation of a gate. @param {string} key @param {Layer | undefined} layer @returns {string[]} */
function before(key, layer) {
  const z = key.replace(/\.(\w+)$/, ".z_$1");
  if (layer?.blocks?.some(({ name }) => name === z)) return [z];
  if (layer?.type === "lstm" && /\.[ifgo]$/.test(key)) return [z];
  return layer?.type === "rnn" && /\.h$/.test(key) ? [key.replace(/h$/, "z")] : [];
}

/** @param {string} name */
function short(name) {
  return name.split(".").slice(1).join(".");
}

/**
 * The cell that shows a number of a time step; null if it belongs to none.
 *
 * @param {Query} query
 * @param {Graph} graph
 * @returns {StepSelection | null}
 */
export function stepOf({ node, index }, graph) {
  const found = /^(.*)\[(\d+)\]$/.exec(node);
  if (found) {
    const layer = graph.layers.find(({ blocks }) => blocks?.some(({ name }) => name === shownAs(found[1] ?? "")));
    const key = shownAs(found[1] ?? "");
    return layer ? { kind: "step", layer: layer.id, key, t: Number(found[2]), unit: index[1] ?? 0 } : null;
  }
  const layer = graph.layers.find(({ nodes, shape }) => nodes.includes(node) && shape.length === 2);
  if (!layer || index.length !== 3) return null;
  return { kind: "step", layer: layer.id, key: node, t: index[1] ?? 0, unit: index[2] ?? 0 };
}

/** The quantity in whose lane one looks: a gate for its pre-activation, a state for what it is about to become. @param {string} name */
function shownAs(name) {
  return name
    .replace(/_new$/, "")
    .replace(/\.tanh_c$/, ".c")
    .replace(/\.z_(\w+)$/, ".$1")
    .replace(/\.z$/, ".h");
}
