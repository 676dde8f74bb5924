/**
 * A ribbon of hundreds or thousands of operations: grouped by layer, with a fine tick wherever a time step begins.
 *
 * @import { Call, Phase } from "../types.js"
 */

import { widthOf } from "../layout/text.js";
import { svg } from "./dom.js";

const NAME = 9.5;
const TICKS = { y: 27, height: 4, least: 2.5 };
const BASE = 31;

/** `steps`: numbers of the calls at which another time step begins. @typedef {Readonly<{ phase: Phase, layer: string, from: number, count: number, steps: readonly number[] }>} Group */

/** @param {string} node @returns {string} the time step in its name, or "" */
function stepOf(node) {
  return /\[(\d+)\]$/.exec(node)?.[1] ?? "";
}

/**
 * Neighbouring calls of one layer in one phase.
 *
 * @param {readonly Call[]} calls
 * @returns {readonly Group[]}
 */
export function groupsOf(calls) {
  /** @type {{ phase: Phase, layer: string, from: number, count: number, steps: number[] }[]} */
  const found = [];
  let step = "";
  for (const [index, { phase, layer, node }] of calls.entries()) {
    const last = found.at(-1);
    const here = stepOf(node);
    if (last?.phase === phase && last.layer === layer) {
      last.count += 1;
      if (here && here !== step) last.steps.push(index);
    } else found.push({ phase, layer, from: index, count: 1, steps: here ? [index] : [] });
    step = here || step;
  }
  return found;
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
  return from === 0 ? [] : [svg("path", { d: `M${from * slot} 8V33`, class: `group-border ${phase}` })];
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
function name({ layer, from, count, phase, steps }, slot) {
  const width = count * slot;
  if (widthOf(layer, NAME) + 8 > width || steps.length < 2) return [];
  return [svg("text", { x: from * slot + 6, y: BASE - 6, class: `group-name ${phase}` }, layer)];
}
