/**
 * Edits of several layers at once, copies of them, their widths and their wires: pure functions, as in edits.js.
 *
 * @import { Graph } from "../types.js"
 * @import { LayerSpec, Patch, Spec } from "../wire.js"
 * @import { Key } from "../words/say.js"
 */

import { insertLayer, removeLayer } from "./edits.js";

/** What says on the clipboard that these are layers of ours. */
const MARK = "deltaflow/layers";
/** The option that says how wide a layer is. */
const WIDTHS = ["units", "filters"];
/** Layers that more than one other may be led into. */
const JOINTS = new Set(["add", "multiply", "concat"]);

/** @typedef {{ patch: Patch } | { reason: Key, values?: Readonly<Record<string, string>> }} Attempt an edit, or why there is none */

/** The ids in the order of the network, without the output, which stays. @param {Spec} spec @param {Iterable<string>} ids */
export function movable(spec, ids) {
  const wanted = new Set(ids);
  return spec.layers
    .slice(0, -1)
    .filter(({ id, type }) => wanted.has(id) && type !== "input")
    .map(({ id }) => id);
}

/** Without these layers; whoever read one reads what it read. @param {Spec} spec @param {Iterable<string>} ids @returns {Patch} */
export function removeLayers(spec, ids) {
  let layers = spec.layers;
  for (const id of movable(spec, ids)) layers = layersOf(removeLayer({ ...spec, layers }, id));
  return { layers };
}

/** @param {Patch} patch @returns {readonly LayerSpec[]} */
function layersOf(patch) {
  return /** @type {readonly LayerSpec[]} */ (patch.layers);
}

/** The same change of several layers. @param {Spec} spec @param {Iterable<string>} ids @param {(layer: LayerSpec) => Partial<LayerSpec>} change @returns {Patch} */
export function changeLayers(spec, ids, change) {
  const wanted = new Set(ids);
  return { layers: spec.layers.map((layer) => (wanted.has(layer.id) ? { ...layer, ...change(layer) } : layer)) };
}

/** Layers as text for the clipboard. @param {Spec} spec @param {Iterable<string>} ids @returns {string} */
export function copyText(spec, ids) {
  const wanted = new Set(ids);
  return JSON.stringify({ [MARK]: spec.layers.filter(({ id }) => wanted.has(id)) }, null, 2);
}

/** Layers that were copied; null if the text is something else. @param {string} text @returns {readonly LayerSpec[] | null} */
export function copied(text) {
  try {
    const layers = JSON.parse(text)?.[MARK];
    const good = Array.isArray(layers) && layers.length > 0 && layers.every((each) => typeof each?.type === "string");
    return good ? layers : null;
  } catch {
    return null;
  }
}

/**
 * Copies of these layers before place `at`, under names that are free; among themselves they stay wired as they were, and what
 * they read from elsewhere they go on reading, if it is there and stands before them.
 *
 * @param {Spec} spec
 * @param {readonly LayerSpec[]} layers
 * @param {number} at
 * @returns {Patch}
 */
export function pasteLayers(spec, layers, at) {
  const before = new Set(["input", ...spec.layers.slice(0, at).map(({ id }) => id)]);
  /** @type {Map<string, string>} */
  const names = new Map();
  const taken = new Set(spec.layers.map(({ id }) => id));
  const fresh = layers.map((layer) => {
    const id = freeName(layer.id ?? layer.type, taken);
    const inputs = layer.inputs?.map((source) => names.get(source) ?? source);
    names.set(layer.id, id);
    const known = new Set([...before, ...names.values()]);
    const { inputs: _, clamps: __, ...rest } = /** @type {LayerSpec & { clamps?: unknown }} */ (layer);
    return inputs?.every((source) => known.has(source)) ? { ...rest, id, inputs } : { ...rest, id };
  });
  return { layers: [...spec.layers.slice(0, at), ...fresh, ...spec.layers.slice(at)] };
}

/** hidden1 → hidden2, encoder → encoder2. @param {string} name @param {Set<string>} taken to which it is added @returns {string} */
function freeName(name, taken) {
  const stem = name.replace(/\d+$/, "") || name;
  let number = Number(name.slice(stem.length)) || 1;
  let free = name;
  while (taken.has(free)) {
    number += 1;
    free = `${stem}${number}`;
  }
  taken.add(free);
  return free;
}

/** Copies of these, right behind the last of them. @param {Spec} spec @param {Iterable<string>} ids @returns {Patch} */
export function duplicateLayers(spec, ids) {
  const chosen = movable(spec, ids);
  const layers = spec.layers.filter(({ id }) => chosen.includes(id));
  return pasteLayers(spec, layers, spec.layers.findIndex(({ id }) => id === chosen.at(-1)) + 1);
}

// ------------------------------------------------------------------------------------------------------------ widths

/**
 * How wide a layer is, and by which option; null if that follows from something else (the output's from the data).
 *
 * @param {Spec} spec
 * @param {string} id
 * @returns {Readonly<{ field: string, value: number }> | null}
 */
export function widthOf(spec, id) {
  const layer = spec.layers.find((each) => each.id === id);
  if (!layer || layer === spec.layers.at(-1)) return null;
  const options = /** @type {Readonly<Record<string, unknown>>} */ (layer);
  const field = WIDTHS.find((name) => typeof options[name] === "number");
  return field ? { field, value: Number(options[field]) } : null;
}

/** Another width; units that are gone are held no more. @param {Spec} spec @param {string} id @param {number} width @returns {Patch} */
export function widenLayer(spec, id, width) {
  const field = widthOf(spec, id)?.field ?? "units";
  return changeLayers(spec, [id], (layer) => {
    const clamps = /** @type {{ clamps?: Readonly<Record<string, number>> }} */ (layer).clamps;
    const held = clamps && Object.fromEntries(Object.entries(clamps).filter(([unit]) => Number(unit) < width));
    return { [field]: width, ...(held && { clamps: held }) };
  });
}

/** Units held at a value; null lets them go. @param {LayerSpec} layer @param {readonly number[]} units @param {number | null} value */
export function clampUnits(layer, units, value) {
  const before = /** @type {{ clamps?: Readonly<Record<string, number>> }} */ (layer).clamps ?? {};
  const others = Object.entries(before).filter(([unit]) => !units.includes(Number(unit)));
  const held = value === null ? [] : units.map((unit) => /** @type {const} */ ([String(unit), value]));
  return { clamps: Object.fromEntries([...others, ...held]) };
}

// ------------------------------------------------------------------------------------------------------------- wires

/** What a layer reads. @param {Spec} spec @param {string} id @returns {readonly string[]} */
function inputsOf(spec, id) {
  const at = spec.layers.findIndex((layer) => layer.id === id);
  return spec.layers[at]?.inputs ?? [spec.layers[at - 1]?.id ?? "input"];
}

/**
 * A skip connection from one layer to a later one: into its joint, or into a new one before it: a sum where shapes are
 * equal, both side by side where they only fit.
 *
 * @param {Spec} spec
 * @param {Graph} graph
 * @param {string} from
 * @param {string} to
 * @returns {Attempt}
 */
export function skip(spec, graph, from, to) {
  const at = spec.layers.findIndex(({ id }) => id === to);
  const start = spec.layers.findIndex(({ id }) => id === from);
  const target = spec.layers[at];
  if (!target || start >= at || from === to) return { reason: "edit.skip.back" };
  const reads = inputsOf(spec, to);
  if (reads.includes(from)) return { reason: "edit.skip.already", values: { from, to } };
  const beside = JOINTS.has(target.type) ? reads[0] : reads.at(-1);
  const joint = jointOf(shapeOf(graph, from), shapeOf(graph, beside ?? ""));
  if (!joint || (JOINTS.has(target.type) && target.type !== "concat" && joint !== "add"))
    return { reason: "edit.skip.shapes", values: { from: shapeText(graph, from), to: shapeText(graph, beside ?? "") } };
  if (JOINTS.has(target.type)) return { patch: changeLayers(spec, [to], () => ({ inputs: [...reads, from] })) };
  if (reads.length > 1) return { reason: "edit.skip.several", values: { to } };
  const layers = layersOf(insertLayer(spec, joint, at, { inputs: [...reads, from] }));
  const made = layers[at]?.id ?? "";
  return {
    patch: { layers: layers.map((each) => (each.id === to && each.inputs ? { ...each, inputs: [made] } : each)) },
  };
}

/** @param {readonly number[] | null} a @param {readonly number[] | null} b @returns {"add" | "concat" | null} */
function jointOf(a, b) {
  if (!a || !b || a.length !== b.length) return null;
  if (a.every((size, axis) => size === b[axis])) return "add";
  const free = a.length === 3 ? 0 : a.length - 1; // of images the maps, else the numbers of each row
  return a.every((size, axis) => axis === free || size === b[axis]) ? "concat" : null;
}

/** @param {Graph} graph @param {string} id @returns {readonly number[] | null} */
function shapeOf(graph, id) {
  return graph.layers.find((layer) => layer.id === id)?.shape ?? null;
}

/** @param {Graph} graph @param {string} id */
function shapeText(graph, id) {
  return (shapeOf(graph, id) ?? []).join("×");
}

/** Without this wire; a joint of which one is left goes too. @param {Spec} spec @param {string} layer @param {string} source @returns {Patch} */
export function removeWire(spec, layer, source) {
  const rest = inputsOf(spec, layer).filter((id) => id !== source);
  const patch = changeLayers(spec, [layer], () => ({ inputs: rest }));
  const joint = spec.layers.find(({ id }) => id === layer);
  if (rest.length > 1 || !joint || !JOINTS.has(joint.type)) return patch;
  return removeLayer({ ...spec, layers: layersOf(patch) }, layer);
}

/** Wires that pass over a layer, or meet in a joint: those that can be taken away. @param {Spec} spec @param {string} id @returns {readonly string[]} */
export function looseWires(spec, id) {
  const reads = inputsOf(spec, id);
  return reads.length > 1 ? reads.slice(1) : [];
}
