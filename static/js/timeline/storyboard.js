/**
 * What is animated between two frames: the calls that have run, each a beat with its part of the time.
 *
 * @import { Beat, Call, CallKind, Frame, Phase, Position } from "../types.js"
 */

import { within } from "./easing.js";

/** How long each kind of call takes on the stage, in milliseconds, when it is alone. @type {Record<CallKind, number>} */
const DURATIONS = { forward: 620, loss: 620, vjp: 700, penalty: 320, clip: 320, delta: 560, apply: 900 };
/** An operation that stays within its units, without wires to travel. */
const ELEMENTWISE = 420;
/** A window that goes to every place of an image. */
const SLIDING = 1700;
const SLIDES = /^(conv2d|correlate2d|max_pool2d|avg_pool2d|upsample2d)$/;
/** However many calls have run, the animation ends within this time. */
const LONGEST = 3200;
/** More calls than this are a jump: only the last shows. */
const MOST_BEATS = 200;

/** @typedef {Readonly<{ beats: readonly Beat[], duration: number, backwards: boolean }>} Storyboard */
/** @type {Storyboard} */
export const STILL = Object.freeze({ beats: [], duration: 0, backwards: false });

/**
 * @param {Frame | null} before
 * @param {Frame} after
 * @param {readonly Call[]} calls the step's ribbon; if it is not known, only the last call is shown
 * @returns {Storyboard}
 */
export function storyboard(before, after, calls = []) {
  const ran = callsBetween(before, after, calls);
  if (ran.length === 0 || ran.length > MOST_BEATS) return STILL;
  const lengths = ran.map(lengthOf);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let spent = 0;
  const beats = ran.map((call, at) => {
    const begin = spent / total;
    spent += lengths[at] ?? 0;
    return beatOf(call, begin, spent / total);
  });
  return { beats, duration: Math.min(LONGEST, total), backwards: false };
}

/**
 * The calls that ran after the first frame and up to the second; those of the last step only, if there are more.
 *
 * @param {Frame | null} before
 * @param {Frame} after
 * @param {readonly Call[]} calls
 * @returns {readonly Call[]}
 */
export function callsBetween(before, after, calls) {
  if (!before || !after.ran) return [];
  if (calls.length === 0) return compare(before.cursor, after.cursor) < 0 ? [after.ran] : [];
  const [from, to] = [shown(before.cursor, calls.length), shown(after.cursor, calls.length)];
  if (to.step === from.step) return calls.slice(from.op, to.op);
  return to.step > from.step ? calls.slice(0, to.op) : [];
}

/** Which of two positions comes first: negative, zero or positive. @param {Position} a @param {Position} b */
export function compare(a, b) {
  return a.step - b.step || a.op - b.op;
}

/** Between two steps, what is shown is the finished one. @param {Position} position @param {number} total */
function shown(position, total) {
  return position.op === 0 && position.step > 0 ? { step: position.step - 1, op: total } : position;
}

/** @param {Call} call @returns {number} */
function lengthOf(call) {
  if (SLIDES.test(call.op) && /\.[za]$/.test(call.node)) return SLIDING;
  const stays = call.kind === "forward" && /\.a$/.test(call.node) && call.op !== "dense";
  return stays || /\[\d+\]$/.test(call.node) || /\.(z|b)$/.test(call.kind === "vjp" ? call.node : "")
    ? ELEMENTWISE
    : DURATIONS[call.kind];
}

/** @param {Call} call @param {number} begin @param {number} end @returns {Beat} */
function beatOf({ kind, layer, node, op }, begin, end) {
  return { kind, key: keyOf(kind, node), layer, node, op, begin, end };
}

/** The tensor that a call completes, by the name it has in a frame. @param {CallKind} kind @param {string} node */
export function keyOf(kind, node) {
  switch (kind) {
    case "forward":
    case "loss":
      return node;
    case "vjp":
      return `${node}:gradient`;
    case "penalty":
    case "clip":
    case "delta":
    case "apply":
      return kind === "penalty" ? "penalty:gradient" : kind;
    default:
      throw new Error(`unknown kind of call: ${/** @satisfies {never} */ (kind)}`);
  }
}

/** @type {Record<CallKind, Phase>} */
const PHASES = {
  forward: "forward",
  loss: "loss",
  vjp: "backward",
  penalty: "backward",
  clip: "update",
  delta: "update",
  apply: "update",
};

/** @param {CallKind} kind @returns {Phase} */
export function phaseOf(kind) {
  return PHASES[kind];
}

/**
 * The beat that runs at t; the last one at the end.
 *
 * @param {readonly Beat[]} beats
 * @param {number} t
 * @returns {Beat | null}
 */
export function activeBeat(beats, t) {
  return beats.find(({ end }) => t < end) ?? beats.at(-1) ?? null;
}

/**
 * How far the writing of a tensor is: 1 if no beat writes it.
 *
 * @param {readonly Beat[]} beats
 * @param {number} t
 * @param {string} key
 * @returns {number}
 */
export function progressOf(beats, t, key) {
  const beat = beatsByKey(beats).get(key);
  return beat ? within(t, beat.begin, beat.end) : 1;
}

/** @type {WeakMap<readonly Beat[], ReadonlyMap<string, Beat>>} */
const byKey = new WeakMap();

/** Thousands of cells ask in each picture. @param {readonly Beat[]} beats @returns {ReadonlyMap<string, Beat>} */
function beatsByKey(beats) {
  const known = byKey.get(beats);
  if (known) return known;
  const made = new Map([...beats].reverse().map((beat) => [beat.key, beat]));
  byKey.set(beats, made);
  return made;
}
