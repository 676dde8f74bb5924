/**
 * Which objections stand beside their field: what is read there need not be told a second time.
 *
 * @import { FieldProblem } from "../wire.js"
 */

/** @type {WeakSet<FieldProblem>} */
const standing = new WeakSet();

/** @param {FieldProblem} problem */
export function standsBeside(problem) {
  standing.add(problem);
}

/** @param {readonly FieldProblem[]} problems */
export function areBeside(problems) {
  return problems.length > 0 && problems.every((problem) => standing.has(problem));
}
