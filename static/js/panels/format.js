/**
 * Numbers and names as people read them: a true minus, four significant digits, subscripts that count from 1.
 *
 * @import { Call, Position } from "../types.js"
 */

import { LANGUAGE } from "../words/language.js";
import { say } from "../words/say.js";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const NOT_COMPUTED = say("numbers.missing");

/**
 * @param {number | string | null | undefined} value strings are what JSON has no words for: "NaN", "Infinity"
 * @param {number} [digits]
 * @returns {string}
 */
export function number(value, digits = 4) {
  if (value === null || value === undefined) return NOT_COMPUTED;
  const x = Number(value);
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0) return "0";
  const size = Math.abs(x);
  return minus(size >= 1e6 || size < 1e-4 ? scientific(x, digits) : plain(x, digits));
}

/** @param {number} x @param {number} digits @returns {string} */
function plain(x, digits) {
  return Math.abs(x) >= 10 ** (digits - 1) ? x.toFixed(0) : String(Number(x.toPrecision(digits)));
}

/** @param {number} x @param {number} digits @returns {string} */
function scientific(x, digits) {
  const [mantissa = "", exponent = "0"] = x.toExponential(Math.max(0, digits - 2)).split("e");
  return `${Number(mantissa)}·10${raised(Number(exponent))}`;
}

/** @param {number} n @returns {string} */
function raised(n) {
  const digits = [...String(Math.abs(n))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return n < 0 ? `⁻${digits}` : digits;
}

/** With its sign, also where it is positive. @param {number | null | undefined} value @param {number} [digits] */
export function signed(value, digits = 4) {
  const words = number(value, digits);
  return value !== null && value !== undefined && Number(value) > 0 ? `+${words}` : words;
}

/** All the digits that there are, in groups of three: for numbers that are compared. @param {number} value */
export function exact(value) {
  const [whole = "", fraction = ""] = Math.abs(value).toFixed(10).split(".");
  const groups = fraction.match(/.{1,3}/g)?.join("\u2009") ?? "";
  return Math.abs(value) !== 0 && Math.abs(value) < 1e-6
    ? number(value, 6)
    : `${value < 0 ? "−" : ""}${whole}.${groups}`;
}

/** The class of the colour that a sign has. @param {number | null | undefined} value */
export function signClass(value) {
  if (value === null || value === undefined) return "none";
  return value < 0 ? "neg" : "pos";
}

/** @param {string} words @returns {string} */
export function minus(words) {
  return words.replace(/-/g, "−");
}

/** hidden1, 2 -> hidden1₃: people count from 1. @param {string} layer @param {number} unit */
export function unitName(layer, unit) {
  return `${layer}${[...String(unit + 1)].map((digit) => SUBSCRIPTS[Number(digit)]).join("")}`;
}

/** softmax_cross_entropy -> softmax cross-entropy. @param {string} name */
export function words(name) {
  return name.replace(/cross_entropy/, "cross-entropy").replace(/_/g, " ");
}

/** The values for words that count: how many, and as it is written. @param {number} n */
export function counted(n) {
  return { n, count: whole(n) };
}

/** 1,797 or 1 797. @param {number} n */
export function whole(n) {
  return n.toLocaleString(LANGUAGE);
}

/**
 * Where we stand, named after the operation that ran last.
 *
 * @param {Position} position
 * @param {readonly Call[]} calls of one step
 * @returns {string}
 */
export function positionText({ step, op }, calls) {
  const last = calls[op - 1];
  if (!last) return step === 0 ? say("numbers.ready") : say("numbers.done", { n: step });
  return say("numbers.place", { step, phase: say(`numbers.${last.phase}`), op, count: calls.length });
}
