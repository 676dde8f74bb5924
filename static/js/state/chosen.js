/**
 * Several layers and units selected at once.
 *
 * @import { Graph, Selection } from "../types.js"
 */

/** A layer, or one of its units. @typedef {Readonly<{ layer: string, unit: number | null }>} Chosen */

/** @param {Chosen} a @param {Chosen} b */
function same(a, b) {
  return a.layer === b.layer && a.unit === b.unit;
}

/** With this one, or without it if it was there. @param {readonly Chosen[]} chosen @param {Chosen} one @returns {readonly Chosen[]} */
export function toggled(chosen, one) {
  return chosen.some((each) => same(each, one)) ? chosen.filter((each) => !same(each, one)) : [...chosen, one];
}

/** What a selection is a part of; null for the loss. @param {Selection | null} selection @returns {Chosen | null} */
export function chosenOf(selection) {
  if (!selection || selection.kind === "loss") return null;
  return { layer: selection.layer, unit: selection.kind === "unit" ? selection.unit : null };
}

/** What commands are about: those that are chosen, or else the one that is selected. @param {readonly Chosen[]} chosen @param {Selection | null} selection */
export function subjects(chosen, selection) {
  const one = chosenOf(selection);
  return chosen.length || !one ? chosen : [one];
}

/** @param {readonly Chosen[]} chosen @returns {readonly string[]} each layer once */
export function layersOf(chosen) {
  return [...new Set(chosen.map(({ layer }) => layer))];
}

/** The units by layer. @param {readonly Chosen[]} chosen @returns {ReadonlyMap<string, readonly number[]>} */
export function unitsOf(chosen) {
  /** @type {Map<string, number[]>} */
  const units = new Map();
  for (const { layer, unit } of chosen) if (unit !== null) units.set(layer, [...(units.get(layer) ?? []), unit]);
  return units;
}

/** Those that still are. @param {readonly Chosen[]} chosen @param {Graph} graph @returns {readonly Chosen[]} */
export function surviving(chosen, graph) {
  const sizes = new Map(graph.layers.map(({ id, units }) => [id, units]));
  const there = chosen.filter(({ layer, unit }) => (unit ?? 0) < (sizes.get(layer) ?? 0));
  return there.length === chosen.length ? chosen : there;
}
