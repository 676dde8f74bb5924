/**
 * A ribbon of hundreds or thousands of operations: grouped by layer, with a fine tick wherever a time step begins.
 *
 * @import { Call, Phase } from "../types.js"
 */

import { widthOf } from "../layout/text.js";
import { svg } from "./dom.js";

const NAME = 9.5;
const TICKS = { y: 27, height: 4, least: 2.5 };
/** From top to bottom, what the names of the groups take. */
const NAMED = { from: 16, to: 25 };

/** `steps`: numbers of the calls at which another time step begins. @typedef {Readonly<{ phase: Phase, layer: string, from: number, count: number, steps: readonly number[] }>} Group */

/**
 * Neighbouring calls of one layer in one phase.
 *
 * @param {readonly Call[]} calls
 * @returns {readonly Group[]}
 */
export function groupsOf(calls) {
  /** @type {{ phase: Phase, layer: string, from: number, count: number }[]} */
  const found = [];
  for (const [index, { phase, layer }] of calls.entries()) {
    const last = found.at(-1);
    if (last?.phase === phase && last.layer === layer) last.count += 1;
    else found.push({ phase, layer, from: index, count: 1 });
  }
  return found.map((group) => ({ ...group, steps: beginnings(calls, group) }));
}

/**
 * One call for each time step: those of the quantity that is computed once in each and is spread over the whole group.
 *
 * @param {readonly Call[]} calls
 * @param {Readonly<{ from: number, count: number }>} group
 * @returns {readonly number[]}
 */
function beginnings(calls, { from, count }) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  for (let index = from; index < from + count; index += 1) {
    const block = /^(.*)\[\d+\]$/.exec(calls[index]?.node ?? "")?.[1];
    if (block) places.set(block, [...(places.get(block) ?? []), index]);
  }
  const most = Math.max(
    0,
    ...[...places.values()].map((indices) => new Set(indices.map((index) => calls[index]?.node)).size),
  );
  const once = [...places.values()].filter((indices) => indices.length === most);
  const span = (/** @type {readonly number[]} */ indices) => (indices.at(-1) ?? 0) - (indices[0] ?? 0);
  return once.reduce(
    (best, indices) => (span(indices) > span(best) ? indices : best),
    /** @type {readonly number[]} */ ([]),
  );
}

/** @param {readonly Call[]} calls @param {number} slot @param {number} done */
export function groupMarks(calls, slot, done) {
  return groupsOf(calls).flatMap((group) => [
    ...border(group, slot),
    ...ticks(group, slot, done),
    ...name(group, slot),
  ]);
}

/** @param {Group} group @param {number} slot */
function border({ from, phase }, slot) {
  return from === 0 ? [] : [svg("path", { d: `M${from * slot} 21V33`, class: `group-border ${phase}` })];
}

/** As many as can be told apart. @param {Group} group @param {number} slot @param {number} done */
function ticks({ steps, count, phase }, slot, done) {
  if (steps.length < 2) return [];
  const every = Math.max(1, Math.ceil((TICKS.least * steps.length) / (count * slot)));
  return steps
    .filter((_, at) => at % every === 0)
    .map((index) => {
      const ran = index < done ? " ran" : "";
      return svg("path", { d: `M${index * slot} ${TICKS.y}v${TICKS.height}`, class: `step-tick ${phase}${ran}` });
    });
}

/** @param {Group} group @param {number} slot */
function name(group, slot) {
  const { layer, phase } = group;
  return placeOf(group, slot).map(({ left }) =>
    svg("text", { x: left, y: NAMED.to, class: `group-name ${phase}` }, layer),
  );
}

/** Where its name stands, if there is room for it. @param {Group} group @param {number} slot */
function placeOf({ layer, from, count, steps }, slot) {
  const [left, long] = [from * slot + 6, widthOf(layer, NAME)];
  return long + 8 > count * slot || steps.length < 2 ? [] : [{ left, right: left + long, ...NAMED }];
}

/** Where names stand. @param {readonly Call[]} calls @param {number} slot */
export function groupNames(calls, slot) {
  return groupsOf(calls).flatMap((group) => placeOf(group, slot));
}
