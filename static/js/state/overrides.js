/**
 * What a teacher writes by hand behind the ? of an address: `?preset=xor&learning_rate=0.1&units=8,8`.
 *
 * @import { LayerSpec, Spec } from "../wire.js"
 */

/** @typedef {Record<string, unknown>} Json */

const COLUMN = /^[^,]{1,60}$/;

/** Name in the address -> the merge patch that it means; null: that is no value for it. @type {Readonly<Record<string, (written: string, spec: Spec) => Json | null>>} */
export const OVERRIDES = {
  seed: (written) => number(written, (seed) => ({ seed })),
  learning_rate: (written) => number(written, (learning_rate) => ({ optimizer: { learning_rate } })),
  batch_size: (written) => (written === "full" ? { batch_size: "full" } : number(written, (n) => ({ batch_size: n }))),
  optimizer: (written) => word(written, (type) => ({ optimizer: { type } })),
  loss: (written) => word(written, (type) => ({ loss: { type } })),
  l1: (written) => number(written, (l1) => ({ regularization: { l1 } })),
  l2: (written) => number(written, (l2) => ({ regularization: { l2 } })),
  dataset: (written) => word(written, (name) => ({ dataset: { name } })),
  noise: (written) => number(written, (noise) => ({ dataset: { noise } })),
  size: (written) => number(written, (size) => ({ dataset: { size } })),
  test_fraction: (written) => number(written, (test_fraction) => ({ dataset: { test_fraction } })),
  features: (written) => {
    const features = written.split(",");
    return features.every((name) => COLUMN.test(name)) ? { dataset: { features } } : null;
  },
  units: (written, spec) => unitsPatch(written, spec),
  activation: (written, spec) => word(written, (activation) => activationPatch(activation, spec)),
};

/**
 * @param {URLSearchParams} params
 * @param {Spec} spec of the preset
 * @returns {{ patch: Json, bad: string[] }} one merge patch of all, and the names of what makes no sense here
 */
export function overridesOf(params, spec) {
  /** @type {Json} */
  let patch = {};
  /** @type {string[]} */
  const bad = [];
  let now = spec;
  for (const [name, read] of Object.entries(OVERRIDES)) {
    const written = params.get(name);
    if (written === null) continue;
    const change = read(written, now);
    if (change === null) bad.push(name);
    else {
      patch = merged(patch, change);
      now = /** @type {Spec} */ ({ ...now, ...(change.layers ? { layers: change.layers } : {}) });
    }
  }
  return { patch, bad };
}

/** @param {Json} a @param {Json} b @returns {Json} */
function merged(a, b) {
  const pairs = Object.entries(b).map(([key, value]) => {
    const before = a[key];
    return [key, isObject(before) && isObject(value) ? merged(before, value) : value];
  });
  return { ...a, ...Object.fromEntries(pairs) };
}

/** @param {unknown} value @returns {value is Json} */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {string} written @param {(value: number) => Json | null} mean */
function number(written, mean) {
  const value = Number(written);
  return written.trim() !== "" && Number.isFinite(value) ? mean(value) : null;
}

/** @param {string} written @param {(value: string) => Json | null} mean */
function word(written, mean) {
  return /^[a-z0-9_]{1,40}$/.test(written) ? mean(written) : null;
}

/** Dense layers one after the other: only there is it clear what widths mean. @param {Spec} spec */
function isPlain({ layers }) {
  return layers.every(({ type, inputs }) => type === "dense" && !inputs?.length);
}

/** @param {string} written such as 8,8 @param {Spec} spec @returns {Json | null} */
function unitsPatch(written, spec) {
  const widths = written === "" ? [] : written.split(",").map(Number);
  const output = spec.layers.at(-1);
  if (!output || !isPlain(spec) || !widths.every((units) => Number.isInteger(units) && units > 0)) return null;
  const [first] = spec.layers.length > 1 ? spec.layers : [];
  /** @type {LayerSpec} */
  const like = first ?? { id: "", type: "dense", activation: "tanh" };
  const hidden = widths.map((units, at) => ({ ...like, id: `hidden${at + 1}`, units }));
  return { layers: [...hidden, output] };
}

/** @param {string} activation @param {Spec} spec @returns {Json | null} */
function activationPatch(activation, spec) {
  const last = spec.layers.length - 1;
  if (!isPlain(spec)) return null;
  return { layers: spec.layers.map((layer, at) => (at === last ? layer : { ...layer, activation })) };
}
