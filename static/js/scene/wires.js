/**
 * Weights as curves: hue is sign, width is size. In the backward pass they turn to their gradients, from the loss's side.
 *
 * @import { DrawCommand, Wire } from "../types.js"
 * @import { LayerNumbers } from "./reading.js"
 * @import { Now } from "./now.js"
 */

import { curve } from "./marks.js";
import { gradientShown, signInk, strength, weightAt } from "./now.js";
import { entry, largest } from "./reading.js";

/** More wires than this between two layers are thin, and drawn together. */
export const MANY = 260;
const WIDTH = { least: 0.7, more: 3.5 };
const ALPHA = { least: 0.34, more: 0.46 };
/** Weights whose gradient is still to come step back in the backward pass. */
const WAITING = 0.5;
/** Over the halo of its delta a weight must keep its own hue. */
const OVER_HALO = 1.15;

/**
 * @param {Now} now
 * @param {(layer: string) => boolean} wanted which layers' wires
 * @returns {DrawCommand[]}
 */
export function wires(now, wanted) {
  /** @type {Map<string, Wire[]>} */
  const groups = new Map();
  for (const wire of now.view.layout.wires) {
    if (!wanted(wire.layer)) continue;
    const key = `${wire.source} ${wire.layer}`;
    const group = groups.get(key);
    if (group) group.push(wire);
    else groups.set(key, [wire]);
  }
  return [...groups.values()].flatMap((group) => wiresOfPair(now, group));
}

/** @param {Now} now @param {readonly Wire[]} group @returns {DrawCommand[]} */
function wiresOfPair(now, group) {
  const [first] = group;
  if (!first) return [];
  if (!first.weighted) return group.map((wire) => curve(wire.from, wire.end, { ink: "ink3", alpha: 0.55 }));
  const numbers = now.numbers(first.layer);
  if (group.length > MANY) return [bundle(now, group, numbers)];
  return group.flatMap((wire) => strokes(now, wire, numbers));
}

/**
 * One wire; two parts while it turns from weight to gradient.
 *
 * @param {Now} now
 * @param {Wire} wire
 * @param {LayerNumbers} numbers
 * @returns {DrawCommand[]}
 */
function strokes(now, wire, numbers) {
  const turned = gradientShown(now, wire.layer);
  const fade = { forward: 1, loss: 1, backward: WAITING, update: OVER_HALO }[now.phase];
  const commands = [];
  if (turned < 1) {
    const weight = weightAt(now, numbers, wire.row, wire.to);
    commands.push(styled(wire, strength(weight, now.weightScale), fade, { begin: 0, end: 1 - turned }));
  }
  if (turned > 0 && numbers.dW) {
    const gradient = entry(numbers.dW, wire.row, wire.to);
    commands.push(styled(wire, strength(gradient, now.gradientScale), 1, { begin: 1 - turned, end: 1 }));
  }
  return commands;
}

/** @param {Wire} wire @param {number} s @param {number} fade @param {Readonly<{ begin: number, end: number }>} part */
function styled({ from, end }, s, fade, part) {
  const size = Number.isNaN(s) ? 1 : Math.abs(s);
  const alpha = Math.min(1, (ALPHA.least + ALPHA.more * size) * fade);
  return curve(from, end, { ink: signInk(s), width: widthOf(s), alpha, begin: part.begin, end: part.end });
}

/** @param {number} s -1 to 1 @returns {number} */
export function widthOf(s) {
  return WIDTH.least + WIDTH.more * (Number.isNaN(s) ? 0 : Math.abs(s));
}

/**
 * On a scale of its own: the strongest of the many must be seen.
 *
 * @param {Now} now
 * @param {readonly Wire[]} group
 * @param {LayerNumbers} numbers
 * @returns {DrawCommand}
 */
function bundle(now, group, numbers) {
  const ends = new Float32Array(4 * group.length);
  const strengths = new Float32Array(group.length);
  const layer = group[0]?.layer ?? "";
  const dW = gradientShown(now, layer) > 0.5 ? numbers.dW : null;
  const most = largest(now.view.frame, [`${layer}.W${dW ? ":gradient" : ""}`]) || 1;
  for (const [index, { from, end, row, to }] of group.entries()) {
    ends.set([from.x, from.y, end.x, end.y], 4 * index);
    strengths[index] = strength(dW ? entry(dW, row, to) : weightAt(now, numbers, row, to), most);
  }
  return { kind: "bundle", ends, strengths, alpha: now.phase === "backward" && !dW ? WAITING : 1 };
}
