/**
 * The backward pass: open chevrons travel left; the size of each is the part of the gradient that it carries.
 *
 * @import { Beat, DrawCommand, Wire } from "../types.js"
 * @import { Carrier } from "./flow.js"
 * @import { Now } from "./now.js"
 */

import { angleAt, pointAt } from "../layout/curve.js";
import { backwardShare, carrier, carriers, lead, matricesOf } from "./flow.js";
import { links } from "./loss.js";
import { entry } from "./reading.js";

/** How much of the wire's slope a chevron follows: little, so that it always points back. */
const LEAN = 0.35;
const SIZE = { least: 3, more: 3.4, lead: 1.4 };

/** @param {Now} now @returns {DrawCommand[]} */
export function backward(now) {
  const { beat, p, view } = now;
  if (beat?.kind !== "vjp") return [];
  if (beat.layer === "loss") return links(view.layout).flatMap(({ from, to }) => chevrons(carrier(from, to), p));
  const carried = carriedBy(now, beat);
  if (!carried) return [];
  return [...carriers(now, beat, carried).flatMap((carrier) => chevrons(carrier, p)), ...sweeps(now, beat)];
}

/**
 * What the call sends back over each wire; null if it stays within its units.
 *
 * @param {Now} now
 * @param {Beat} beat
 * @returns {((wire: Wire) => number) | null}
 */
function carriedBy(now, { node, layer }) {
  if (node.endsWith(".b")) return null;
  if (node.endsWith(".W")) {
    const { dW } = now.numbers(layer);
    return dW && ((wire) => entry(dW, wire.row, wire.to));
  }
  return node.startsWith(`${layer}.`)
    ? null
    : (wire) => (wire.source === node.replace(/\.[az]$/, "") ? backwardShare(now, wire) : 0);
}

/**
 * The leading chevron and those that it leaves behind.
 *
 * @param {Carrier} carrier
 * @param {number} p
 * @returns {DrawCommand[]}
 */
export function chevrons({ from, end, share, rests }, p) {
  const ahead = 1 - lead(p);
  const size = SIZE.least + SIZE.more * share;
  /** @param {number} t @param {number} s @param {number} alpha @returns {DrawCommand} */
  const mark = (t, s, alpha) => {
    const angle = Math.PI + LEAN * angleAt(from, end, t);
    return { kind: "chevron", ...pointAt(from, end, t), size: s, angle, ink: "backward", alpha };
  };
  const left = rests.filter((rest) => rest >= ahead).map((rest) => mark(rest, size, 0.4 + 0.5 * rest));
  return ahead > 0 && p > 0 ? [...left, mark(ahead, size + SIZE.lead, 1)] : left;
}

/** Over an image of weights a line sweeps back. @param {Now} now @param {Beat} beat @returns {DrawCommand[]} */
function sweeps(now, beat) {
  if (now.p >= 1) return [];
  return matricesOf(now, beat).flatMap(({ x, y, width, height }) => {
    const at = x + width * (1 - lead(now.p));
    const line = { x: at - 1.5, y: y - 3, width: 3, height: height + 6, radius: 1.5 };
    return [
      /** @type {DrawCommand} */ ({ kind: "bar", ...line, fill: "backward", alpha: 0.9 }),
      /** @type {DrawCommand} */ ({
        kind: "chevron",
        x: at,
        y: y - 9,
        size: 5,
        angle: Math.PI,
        ink: "backward",
        alpha: 1,
      }),
    ];
  });
}
