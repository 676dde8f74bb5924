/**
 * The forward pass: filled discs travel right; the size of each is the part of the sum that it carries.
 *
 * @import { DrawCommand } from "../types.js"
 * @import { Carrier } from "./flow.js"
 * @import { Now } from "./now.js"
 */

import { pointAt } from "../layout/curve.js";
import { carrier, carriers, forwardShare, lead, matricesOf } from "./flow.js";
import { links } from "./loss.js";

const SIZE = { least: 1.5, more: 2.6, lead: 1.5 };

/** @param {Now} now @returns {DrawCommand[]} */
export function forward(now) {
  const { beat, p, view } = now;
  if (beat?.kind === "loss") return links(view.layout).flatMap(({ from, to }) => pulses(carrier(from, to), p));
  if (beat?.kind !== "forward" || !travels(now, beat.node)) return [];
  const found = carriers(now, beat, (wire) => forwardShare(now, wire));
  return [...found.flatMap((carrier) => pulses(carrier, p)), ...sweeps(now)];
}

/** Whether the values of this node come over wires. @param {Now} now @param {string} node */
function travels(now, node) {
  if (node.endsWith(".z")) return true;
  return node.endsWith(".a") && !now.view.frame?.tensors.has(node.replace(/\.a$/, ".z"));
}

/**
 * The leading disc and those that it leaves behind.
 *
 * @param {Carrier} carrier
 * @param {number} p
 * @returns {DrawCommand[]}
 */
export function pulses({ from, end, share, rests }, p) {
  const ahead = lead(p);
  const r = SIZE.least + SIZE.more * share;
  /** @param {number} t @param {number} size @param {number} alpha @returns {DrawCommand} */
  const mark = (t, size, alpha) => ({ kind: "disc", ...pointAt(from, end, t), r: size, fill: "forward", alpha });
  const left = rests.filter((rest) => rest <= ahead).map((rest) => mark(rest, r, 0.35 + 0.5 * rest));
  return ahead < 1 && p > 0 ? [...left, mark(ahead, r + SIZE.lead, 1)] : left;
}

/** Over an image of weights a line sweeps. @param {Now} now @returns {DrawCommand[]} */
function sweeps(now) {
  if (!now.beat || now.p >= 1) return [];
  return matricesOf(now, now.beat).map(({ x, y, width, height }) => ({
    kind: "bar",
    ...{
      x: x + width * lead(now.p) - 1.5,
      y: y - 3,
      width: 3,
      height: height + 6,
      radius: 1.5,
      fill: "forward",
      alpha: 0.9,
    },
  }));
}
