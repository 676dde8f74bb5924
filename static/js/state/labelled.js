/**
 * Examples with a name each, drawn or typed, as datasets: pure functions.
 *
 * @import { Spec } from "../wire.js"
 */

/** @typedef {Readonly<{ image: readonly (readonly number[])[], label: string }>} Drawing */
/** @typedef {Readonly<{ text: string, label: string }>} Line */
/** @typedef {Readonly<{ line: number, why: "label" | "text" | "long" }>} BadLine */

const MOST_LINES = 2000;
export const LONGEST_TEXT = 60;
const DIGITS = 100;

/** @param {readonly { label: string }[]} examples @returns {readonly string[]} */
export function classesOf(examples) {
  return [...new Set(examples.map(({ label }) => label))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** @param {readonly { label: string }[]} examples @param {readonly string[]} classes */
function targets(examples, classes) {
  return examples.map(({ label }) => classes.indexOf(label));
}

/** One channel of pixels from 0 to 1. @param {readonly Drawing[]} drawings */
export function drawingsDataset(drawings) {
  const classes = classesOf(drawings);
  const inputs = drawings.map(({ image }) => [image.map((row) => row.map((ink) => Math.round(ink * DIGITS) / DIGITS))]);
  return { inline: { inputs, targets: targets(drawings, classes), classes }, shuffle: true };
}

/** @param {readonly Line[]} lines */
export function linesDataset(lines) {
  const classes = classesOf(lines);
  const inputs = lines.map(({ text }) => text);
  return { inline: { inputs, targets: targets(lines, classes), classes, tokens: tokensOf(lines) }, shuffle: true };
}

/** The characters that occur. @param {readonly Line[]} lines @returns {readonly string[]} */
export function tokensOf(lines) {
  return [...new Set(lines.flatMap(({ text }) => [...text]))].sort();
}

/**
 * A text and its label in each line, with a tab, a semicolon or the last comma between them.
 *
 * @param {string} typed
 * @returns {{ lines: readonly Line[], bad: readonly BadLine[] }}
 */
export function readLines(typed) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {BadLine[]} */
  const bad = [];
  typed.split(/\r?\n/).forEach((row, at) => {
    if (!row.trim() || lines.length >= MOST_LINES) return;
    const cut = cutOf(row);
    const [text, label] = [row.slice(0, cut).trim(), row.slice(cut + 1).trim()];
    const why = cut < 0 || !label ? "label" : !text ? "text" : [...text].length > LONGEST_TEXT ? "long" : null;
    if (why) bad.push({ line: at + 1, why });
    else lines.push({ text, label });
  });
  return { lines, bad };
}

/** @param {string} row */
function cutOf(row) {
  const tab = row.lastIndexOf("\t");
  if (tab >= 0) return tab;
  return Math.max(row.lastIndexOf(";"), row.includes(";") ? -1 : row.lastIndexOf(","));
}

/** The examples of a spec that were drawn here, to go on with them. @param {Spec | null} spec @returns {readonly Drawing[]} */
export function drawnBefore(spec) {
  const inline = /** @type {any} */ (spec?.dataset.inline);
  if (!inline?.classes || inline.inputs[0]?.length !== 1 || !Array.isArray(inline.inputs[0][0]?.[0])) return [];
  return inline.inputs.map((/** @type {number[][][]} */ image, /** @type {number} */ at) => ({
    image: image[0],
    label: inline.classes[inline.targets[at]],
  }));
}

/** The lines of a spec that were typed here. @param {Spec | null} spec @returns {string} */
export function typedBefore(spec) {
  const inline = /** @type {any} */ (spec?.dataset.inline);
  if (!inline?.classes || typeof inline.inputs[0] !== "string") return "";
  return inline.inputs
    .map((/** @type {string} */ text, /** @type {number} */ at) => `${text}\t${inline.classes[inline.targets[at]]}`)
    .join("\n");
}
