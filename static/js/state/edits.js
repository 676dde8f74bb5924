/**
 * Edits of a spec as RFC 7396 merge patches: pure functions. Lists are replaced as a whole, null removes a member.
 *
 * @import { LayerSpec, Options, Patch, Spec } from "../wire.js"
 */

import { kindOf } from "./layerkinds.js";

/** "dense", "dropout", "activation", "add", or one of the KINDS. @typedef {string} Insertable */

/**
 * A layer of this type before position `at`, with what suits its place.
 *
 * @param {Spec} spec
 * @param {Insertable} type
 * @param {number} at
 * @param {Readonly<Record<string, unknown>>} [options] that differ from the usual ones
 * @returns {Patch}
 */
export function insertLayer(spec, type, at, options = {}) {
  const layer = { ...fresh(spec, type, at), ...options };
  return { layers: [...spec.layers.slice(0, at), layer, ...spec.layers.slice(at)] };
}

/** @param {Spec} spec @param {Insertable} type @param {number} at @returns {LayerSpec} */
function fresh(spec, type, at) {
  const id = freeId(spec, type);
  switch (type) {
    case "dense":
      return { id, type, units: 4, activation: "tanh" };
    case "dropout":
      return { id, type, rate: 0.2 };
    case "activation":
      return { id, type, function: "relu" };
    case "add":
    case "multiply":
      return { id, type, inputs: skipInputs(spec, at) };
    default: {
      const kind = kindOf(type);
      if (!kind) throw new Error(`unknown layer: ${type}`);
      return { id, type, ...kind.options };
    }
  }
}

/**
 * The layer before, and the nearest earlier one that is as wide: what a skip connection adds up.
 *
 * @param {Spec} spec
 * @param {number} at
 * @returns {readonly string[]}
 */
function skipInputs(spec, at) {
  const before = spec.layers.slice(0, at);
  const last = before.at(-1);
  const twin = before.slice(0, -1).findLast((layer) => widthAt(spec, layer) === widthAt(spec, last));
  return [last?.id, (twin ?? last)?.id].filter((id) => id !== undefined);
}

/** @param {Spec} spec @param {LayerSpec | undefined} layer @returns {number | undefined} */
function widthAt(spec, layer) {
  if (!layer || layer.units !== undefined) return layer?.units;
  return spec.layers.slice(0, spec.layers.indexOf(layer)).findLast(({ units }) => units !== undefined)?.units;
}

/**
 * `hidden3`, `dropout1`, …: a name that no layer has.
 *
 * @param {Spec} spec
 * @param {Insertable} type
 * @returns {string}
 */
export function freeId(spec, type) {
  const stem = kindOf(type)?.stem ?? { dense: "hidden", add: "sum", multiply: "product" }[type] ?? type;
  const taken = new Set(spec.layers.map(({ id }) => id));
  let number = 1;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

/**
 * Without this layer; whoever read it reads what it read.
 *
 * @param {Spec} spec
 * @param {string} id
 * @returns {Patch}
 */
export function removeLayer(spec, id) {
  const at = spec.layers.findIndex((layer) => layer.id === id);
  const heir = spec.layers[at]?.inputs?.[0] ?? spec.layers[at - 1]?.id ?? "input";
  const rest = spec.layers.filter((layer) => layer.id !== id);
  return { layers: rest.map((layer) => renamedInputs(layer, id, heir)) };
}

/** @param {LayerSpec} layer @param {string} from @param {string} to @returns {LayerSpec} */
function renamedInputs(layer, from, to) {
  if (!layer.inputs?.includes(from)) return layer;
  return { ...layer, inputs: layer.inputs.map((id) => (id === from ? to : id)) };
}

/**
 * @param {Spec} spec
 * @param {string} id
 * @param {-1 | 1} by
 * @returns {Patch}
 */
export function moveLayer(spec, id, by) {
  const layers = [...spec.layers];
  const at = layers.findIndex((layer) => layer.id === id);
  const [moved] = layers.splice(at, 1);
  if (moved) layers.splice(at + by, 0, moved);
  return { layers };
}

/**
 * @param {Spec} spec
 * @param {string} id
 * @param {Partial<LayerSpec>} change
 * @returns {Patch}
 */
export function changeLayer(spec, id, change) {
  return { layers: spec.layers.map((layer) => (layer.id === id ? { ...layer, ...change } : layer)) };
}

/**
 * Another loss, optimizer, schedule …: options of the old one would be unknown to the new one, so they are removed.
 *
 * @param {Options} old
 * @param {Options} next
 * @returns {Patch}
 */
export function replaceOptions(old, next) {
  const gone = Object.keys(old).filter((key) => !(key in next));
  return { ...Object.fromEntries(gone.map((key) => [key, null])), ...next };
}

/**
 * A column or an expression of columns in or out of the features; the last one cannot go.
 *
 * @param {readonly string[]} features
 * @param {string} name
 * @returns {readonly string[]}
 */
export function toggleFeature(features, name) {
  if (!features.includes(name)) return [...features, name];
  return features.length > 1 ? features.filter((feature) => feature !== name) : features;
}

/**
 * The features that can be switched on and off: the columns, and for two of them what TensorFlow Playground offers.
 *
 * @param {readonly string[]} columns
 * @param {readonly string[]} features
 * @returns {readonly string[]}
 */
export function offeredFeatures(columns, features) {
  const [x, y] = columns.length === 2 ? columns : features.filter((name) => columns.includes(name));
  const extra = x && y ? [`${x}^2`, `${y}^2`, `${x}*${y}`, `sin(${x})`, `sin(${y})`] : [];
  return [...new Set([...columns, ...extra, ...features])];
}
