/**
 * The sum that one cell is: a gate's function is gone through to its pre-activation, a step that has not ended to what it
 * becomes, and what comes from the input is told as the products that it is. Every number is from the server's explanations.
 *
 * @import { CellSelection, Graph, Sum } from "../types.js"
 * @import { Explanation, Query, Term } from "../wire.js"
 */

import { aspects } from "./select.js";

/** From a state to its gates' sums there are fewer steps than these. */
const DEEPEST = 5;

/** @typedef {(query: Query) => Promise<Explanation>} Explain */

/**
 * @param {CellSelection} cell
 * @param {Graph} graph
 * @param {number} row of the example in the batch
 * @param {boolean} back whether the backward pass is on
 * @param {Explain} explain
 * @returns {Promise<Omit<Sum, "seq">>}
 */
export async function cellSum(cell, graph, row, back, explain) {
  const offered = aspects(cell, graph, row);
  const value = offered.filter(({ quantity }) => quantity === "value").at(-1);
  const gradient = back ? offered.find(({ quantity }) => quantity === "gradient") : undefined;
  const [trail, dz] = await Promise.all([
    value ? followed(value, explain) : [],
    gradient ? explain(asked(gradient)) : null,
  ]);
  const [first, last] = [trail[0], trail.at(-1)];
  const named = first && last && first.node !== last.node && first.combine === "function" ? first : null;
  return { z: last ? await whole(last, explain) : null, da: null, dz, made: named };
}

/** From the number to the sum behind it. @param {Query} query @param {Explain} explain @returns {Promise<readonly Explanation[]>} */
async function followed(query, explain) {
  const trail = [await explain(asked(query))];
  while (trail.length < DEEPEST) {
    const next = onwards(/** @type {Explanation} */ (trail.at(-1)));
    if (!next) break;
    trail.push(await explain(next));
  }
  return trail;
}

/** What a number is, where it is not itself a sum or a product. @param {Explanation} explanation @returns {Query | null} */
export function onwards({ computed, node, terms }) {
  if (!computed) return null;
  const [first] = terms;
  if (terms.length === 1 && first?.factors.length === 1)
    return layerIn(first.factors[0]?.node ?? "") === layerIn(node) ? queryOf(first) : null;
  const passed = terms.find(({ factors }) => factors.some(({ value }) => value === 1) && factors.some(becomes(node)));
  return passed ? queryOf({ factors: passed.factors.filter(becomes(node)) }) : null;
}

/** @param {string} node */
function layerIn(node) {
  return node.slice(0, node.lastIndexOf("."));
}

/** Whether this is what a state becomes, unless its sequence has ended. @param {string} node */
function becomes(node) {
  const name = node.replace(/\[\d+\]$/, "");
  return (/** @type {Term["factors"][number]} */ factor) => factor.node?.startsWith(`${name}_new[`) ?? false;
}

/** @param {Pick<Term, "factors">} term @returns {Query | null} */
function queryOf({ factors: [factor] }) {
  return factor?.node ? asked({ ...factor, node: factor.node }) : null;
}

/** @param {Query} query @returns {Query} */
function asked({ node, quantity, index }) {
  return { node, quantity, index };
}

/** A sum with its part from the input spread out. @param {Explanation} told @param {Explain} explain @returns {Promise<Explanation>} */
async function whole(told, explain) {
  const part = told.terms.find(({ factors }) => factors.length === 1 && /\.from_x\b/.test(factors[0]?.node ?? ""));
  const query = part && queryOf(part);
  if (!query) return told;
  const spread = (await followed(query, explain)).at(-1);
  return { ...told, terms: [...(spread?.terms ?? []), ...told.terms.filter((term) => term !== part)] };
}
