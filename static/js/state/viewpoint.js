/**
 * What is looked at, and how, as it stands in an address: `select=unit:hidden1:2&ask=hidden1.W:gradient:0,1&level=kid`.
 *
 * @import { Lens, Level, Selection, Standpoint, StepUnit } from "../types.js"
 * @import { Query } from "../wire.js"
 * @import { Store, Theme } from "./store.js"
 */

import { batch } from "@preact/signals-core";
import { survivesLens } from "./lens.js";
import { ALLOWED } from "./preferences.js";
import { survives } from "./select.js";

/**
 * @typedef {Object} Viewpoint
 * @property {Selection} [select]
 * @property {Query} [ask]
 * @property {Lens} [lens]
 * @property {Standpoint} [view]
 * @property {number} [example]
 * @property {Level} [level]
 * @property {StepUnit} [unit]
 * @property {Theme} [theme]
 */

/** The fields of each kind of selection, in the order in which they are written. @type {Readonly<Record<string, readonly string[]>>} */
const FIELDS = {
  unit: ["layer", "unit"],
  weight: ["layer", "from", "to"],
  bias: ["layer", "unit"],
  pixel: ["layer", "map", "row", "column"],
  kernel: ["layer", "filter", "channel", "row", "column"],
  step: ["layer", "key", "t", "unit"],
  loss: [],
};
const WORDS = new Set(["layer", "key"]);
const QUANTITIES = ["value", "gradient", "delta"];

/** What the page shows now; in which colours is for each reader to choose. @param {Store} store @returns {Viewpoint} */
export function viewpointOf(store) {
  const { selection, asked, lens, outlook, example, level, unit } = store;
  return {
    ...(selection.value ? { select: selection.value } : {}),
    ...(asked.value ? { ask: asked.value } : {}),
    ...(lens.value ? { lens: lens.value } : {}),
    ...(outlook.value.at ? { view: outlook.value.at } : {}),
    ...(typeof example.value === "number" ? { example: example.value } : {}),
    level: level.value,
    unit: unit.value,
  };
}

/** @param {Viewpoint} view @returns {[string, string][]} */
export function writeViewpoint({ select, ask, lens, view, example, level, unit, theme }) {
  /** @type {[string, string | undefined][]} */
  const pairs = [
    ["select", select && writeSelection(select)],
    ["ask", ask && [ask.node, ask.quantity ?? "", ask.index.join(",")].join(":")],
    ["lens", lens && `${lens.layer}:${lens.map}`],
    ["view", view && [view.x, view.y, view.scale].join(",")],
    ["example", example?.toString()],
    ["level", level],
    ["unit", unit],
    ["theme", theme],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

/** @param {Selection} selection */
function writeSelection(selection) {
  const fields = FIELDS[selection.kind] ?? [];
  return [selection.kind, ...fields.map((name) => Reflect.get(selection, name))].join(":");
}

/**
 * @param {URLSearchParams} params
 * @returns {{ view: Viewpoint, bad: string[] }} what could be read, and the names of what could not
 */
export function readViewpoint(params) {
  /** @type {Record<string, unknown>} */
  const view = {};
  /** @type {string[]} */
  const bad = [];
  for (const [name, read] of Object.entries(READERS)) {
    const written = params.get(name);
    if (written === null) continue;
    const value = read(written);
    if (value === null) bad.push(name);
    else view[name] = value;
  }
  return { view, bad };
}

/** @type {Readonly<Record<string, (written: string) => unknown>>} null: it cannot be read */
const READERS = {
  select: readSelection,
  ask: readQuery,
  lens: (written) => {
    const [layer = "", map = "", ...more] = written.split(":");
    return layer && isWhole(map) && !more.length ? { layer, map: Number(map) } : null;
  },
  view: readStandpoint,
  example: (written) => (isWhole(written) ? Number(written) : null),
  level: (written) => oneOf(ALLOWED.level, written),
  unit: (written) => oneOf(ALLOWED.unit, written),
  theme: (written) => oneOf(ALLOWED.theme, written),
};

/** @param {string} written @returns {Standpoint | null} */
function readStandpoint(written) {
  const found = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,5}(?:\.\d{1,6})?)$/.exec(written);
  const [x = 0, y = 0, scale = 0] = (found ?? []).slice(1).map(Number);
  return scale > 0 ? { x, y, scale } : null;
}

/** @param {readonly string[]} allowed @param {string} written */
function oneOf(allowed, written) {
  return allowed.includes(written) ? written : null;
}

/** @param {string} written */
function isWhole(written) {
  return /^\d{1,9}$/.test(written);
}

/** @param {string} written */
function readSelection(written) {
  const [kind = "", ...values] = written.split(":");
  const fields = Object.hasOwn(FIELDS, kind) ? (FIELDS[kind] ?? []) : null;
  if (!fields || fields.length !== values.length) return null;
  const pairs = fields.map((name, at) => [name, WORDS.has(name) ? values[at] : Number(values[at])]);
  const fits = fields.every((name, at) => (WORDS.has(name) ? values[at] : isWhole(values[at] ?? "")));
  return fits ? { kind, ...Object.fromEntries(pairs) } : null;
}

/** @param {string} written @returns {Query | null} */
function readQuery(written) {
  const [node = "", quantity = "", index = "", ...more] = written.split(":");
  const places = index ? index.split(",") : [];
  const fits = node && (quantity === "" || QUANTITIES.includes(quantity)) && places.every(isWhole) && !more.length;
  return fits ? { node, quantity: quantity || null, index: places.map(Number) } : null;
}

/**
 * Stand there: to be done when the session's graph has come. What this network does not have is left out.
 *
 * @param {Store} store
 * @param {Viewpoint} view
 * @returns {boolean} whether all of it is there
 */
export function takeViewpoint(store, view) {
  const graph = store.graph.value;
  if (!graph) return false;
  const rows = store.dataset.value?.train.raw.length ?? 0;
  const select = view.select && survives(view.select, graph) ? view.select : null;
  const lens = view.lens && survivesLens(view.lens, graph) ? view.lens : null;
  const example = view.example !== undefined && view.example < rows ? view.example : null;
  batch(() => {
    store.level.value = view.level ?? store.level.value;
    store.unit.value = view.unit ?? store.unit.value;
    store.theme.value = view.theme ?? store.theme.value;
    store.example.value = example;
    store.selection.value = select;
    store.lens.value = lens;
    store.asked.value = view.ask ?? null;
  });
  if (view.view) store.journey.value = { to: view.view }; // After the selection, which the stage brings into view.
  return !((view.select && !select) || (view.lens && !lens) || (view.example !== undefined && example === null));
}
