/**
 * Runs in words: a network in a line, what differs between specs, the table as CSV. Pure.
 *
 * @import { LayerSpec, Spec } from "../wire.js"
 * @import { Run } from "../state/runs.js"
 */

import { say } from "../words/say.js";

/** dense 6 tanh → dense 1 sigmoid. @param {Pick<Spec, "layers">} spec */
export function networkOf({ layers }) {
  return layers.map(layerOf).join(" → ");
}

/** @param {LayerSpec} layer */
function layerOf(layer) {
  const size = layer.units ?? /** @type {any} */ (layer).filters;
  const kind = layer.type === "dense" && size !== undefined ? "" : layer.type.replaceAll("_", " ");
  return [kind, size, layer.activation === "linear" ? "" : layer.activation].filter(Boolean).join(" ");
}

/** @param {Spec} spec */
export function dataOf({ dataset }) {
  return dataset.name ?? say("runs.own");
}

/** @param {Run} run */
export function accuracyOf({ train_accuracy: train, test_accuracy: test }) {
  const shown = [train, test].filter((share) => share !== null).map((share) => `${(100 * Number(share)).toFixed(1)} %`);
  return shown.join(" / ") || say("runs.missing");
}

/**
 * Where specs differ: a path in words, and what each has there; null where it has nothing.
 *
 * @param {readonly Spec[]} specs
 * @returns {readonly Readonly<{ path: string, values: readonly (string | null)[] }>[]}
 */
export function differences(specs) {
  const flat = specs.map((spec) => flattened({ ...spec, name: undefined, layers: named(spec) }));
  const paths = [...new Set(flat.flatMap((map) => [...map.keys()]))];
  return paths
    .map((path) => ({ path, values: flat.map((map) => map.get(path) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** Layers by their id, so that one more of them is one difference. @param {Spec} spec */
function named({ layers }) {
  return Object.fromEntries(layers.map(({ id, ...layer }) => [id, layer]));
}

/** @param {unknown} value @param {string} path @param {Map<string, string>} found */
function flattened(value, path = "", found = new Map()) {
  if (value === undefined) return found;
  const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
  if (!entries) found.set(path, Array.isArray(value) ? JSON.stringify(value).slice(0, 60) : String(value));
  else for (const [name, part] of entries) flattened(part, path ? `${path} · ${spelt(name)}` : spelt(name), found);
  return found;
}

/** @param {string} name */
function spelt(name) {
  return name.replaceAll("_", " ");
}

const COLUMNS = /** @type {const} */ ([
  ["name", (/** @type {Run} */ run) => run.name],
  ["when", (/** @type {Run} */ run) => new Date(run.at).toISOString()],
  ["network", (/** @type {Run} */ run) => networkOf(run.spec)],
  ["dataset", (/** @type {Run} */ run) => run.spec.dataset.name ?? "inline"],
  ["loss", (/** @type {Run} */ run) => run.spec.loss.type],
  ["optimizer", (/** @type {Run} */ run) => run.spec.optimizer.type],
  ["learning_rate", (/** @type {Run} */ run) => run.spec.optimizer.learning_rate],
  ["batch_size", (/** @type {Run} */ run) => run.spec.batch_size],
  ["seed", (/** @type {Run} */ run) => run.spec.seed],
  ["from_step", (/** @type {Run} */ run) => run.from],
  ["step", (/** @type {Run} */ run) => run.step],
  ["train_loss", (/** @type {Run} */ run) => run.train_loss],
  ["test_loss", (/** @type {Run} */ run) => run.test_loss],
  ["train_accuracy", (/** @type {Run} */ run) => run.train_accuracy],
  ["test_accuracy", (/** @type {Run} */ run) => run.test_accuracy],
  ["weights_set_by_hand", (/** @type {Run} */ run) => run.byHand],
]);

/** RFC 4180; a text that a spreadsheet would take for a formula is quoted as one. @param {readonly Run[]} runs */
export function csvOf(runs) {
  const rows = runs.map((run) => COLUMNS.map(([, value]) => cellOf(value(run))).join(","));
  return `${[COLUMNS.map(([name]) => name).join(","), ...rows].join("\r\n")}\r\n`;
}

/** @param {string | number | boolean | null} value */
function cellOf(value) {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
