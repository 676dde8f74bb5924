/**
 * The words of a cell's sum: where it is, what its rows are, what becomes of them.
 *
 * @import { CellSelection, Sum } from "../types.js"
 * @import { Explanation, Factor } from "../wire.js"
 */

import { say } from "../words/say.js";

/** Parameters that something is multiplied by. */
export const WEIGHTS = /\.(W|W_ih|W_hh|kernel)$/;

/** @param {CellSelection} cell @param {boolean} [full] with its layer */
export function nameOfCell(cell, full = true) {
  if (cell.kind === "pixel")
    return say(full ? "sum.pixel" : "sum.pixel.short", {
      layer: cell.layer,
      map: cell.map + 1,
      row: cell.row + 1,
      column: cell.column + 1,
    });
  return say("sum.step", { name: full ? cell.key : nameInLayer(cell.key), t: cell.t + 1, unit: cell.unit + 1 });
}

/** What the rows of a cell are: products with weights, what is multiplied, or what the rule adds up. @param {Explanation | null} told */
export function kindOfCell(told) {
  const weighed = told?.terms.some(({ factors }) => factors.some(({ node }) => WEIGHTS.test(node ?? "")));
  const back = told?.quantity === "gradient";
  if (weighed) return back ? say("sum.back") : say("sum.forward");
  if (told?.combine === "product") return say("sum.product");
  return back ? say("sum.gradient") : say("sum.terms");
}

/** Below the rows: what they make, and the function of it. @param {Sum} sum @param {boolean} back @returns {[string | null, number | null][]} */
export function endsOfCell({ z, dz, made }, back) {
  if (back && dz?.computed) return [[`= d ${shortOf(dz.node)}`, dz.value]];
  const name = /operatorname\{(\w+)\}/.exec(made?.substituted ?? "")?.[1] ?? "f";
  const sum = shortOf(z?.node ?? "");
  return [
    [`= ${sum}`, z?.value ?? null],
    made?.computed ? [`${shortOf(made.node)} = ${name}(${sum})`, made.value] : [null, null],
  ];
}

/** Whether nothing is a weight: what is multiplied are numbers of the layer, such as a gate and a state. @param {readonly Factor[]} factors */
export function isProduct(factors) {
  return factors.length === 2 && factors.every(({ node }) => node && /\[\d+\]$/.test(node) && !WEIGHTS.test(node));
}

/** @param {string} name say, lstm.c[2][1] @returns {string} c[2][1] */
export function nameInLayer(name) {
  return name.replace(/^[^[]*\./, "");
}

/** Without its layer. @param {string} node */
function shortOf(node) {
  return node.slice(node.lastIndexOf(".") + 1);
}
