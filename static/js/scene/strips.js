/**
 * A wide layer as a strip of cells, one for each unit, in the colour of its activation.
 *
 * @import { DrawCommand, LayerBox } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { layersInSight, unitsInSight } from "../layout/sight.js";
import { signInk, strength } from "./now.js";
import { reachOf } from "./units.js";

/** @param {Now} now @param {(layer: string) => boolean} wanted @returns {DrawCommand[]} */
export function strips(now, wanted) {
  return layersInSight(now.view.layout)
    .filter((box) => box.tier === "strip" && wanted(box.id))
    .flatMap((box) => [...plate(box), ...cells(now, box), ...outline(now, box)]);
}

/** @param {LayerBox} box @returns {DrawCommand[]} */
function plate({ x, r, top, bottom }) {
  return [{ kind: "bar", x: x - r, y: top, width: 2 * r, height: bottom - top, radius: 4, fill: "card", alpha: 1 }];
}

/** @param {Now} now @param {LayerBox} box @returns {DrawCommand[]} */
function cells(now, box) {
  const { a, mask } = now.numbers(box.id);
  const p = now.progress(`${box.id}.a`);
  if (!a || p === 0) return [];
  const reach = reachOf(box, a);
  const { x, r, top, bottom, pitch } = box;
  if (box.folded > 0) {
    const span = { low: box.neutral - reach, high: box.neutral + reach, neutral: box.neutral, reach };
    const place = { x: x - r, y: top, width: 2 * r, height: bottom - top, r: 0 };
    const version = `${now.view.frame?.seq} a`;
    const values = {
      values: a,
      columns: 1,
      rows: a.length,
      upwards: false,
      alpha: p,
      slot: `${box.id} strip`,
      version,
    };
    return [{ kind: "map", ...place, ...span, ...values }];
  }
  const gap = pitch > 6 ? 1 : 0.5;
  return unitsInSight(now.view.layout, box).flatMap(({ unit, y }) => {
    const s = strength((a[unit] ?? 0) - box.neutral, reach);
    if (mask?.[unit] === 0) return [];
    const alpha = p * (0.06 + 0.9 * (Math.abs(s) || 0));
    const cell = { x: x - r + 1, y: y - pitch / 2 + gap / 2, width: 2 * r - 2, height: pitch - gap, radius: 1 };
    return [/** @type {DrawCommand} */ ({ kind: "bar", ...cell, fill: signInk(s), alpha })];
  });
}

/** @param {Now} now @param {LayerBox} box @returns {DrawCommand[]} */
function outline(now, box) {
  const { x, r, top, bottom } = box;
  const computed = now.progress(`${box.id}.a`) > 0 || now.progress(`${box.id}.z`) > 0;
  const { beat } = now;
  const active = beat && (beat.kind === "forward" || beat.kind === "vjp") && /\.[za]$/.test(beat.node);
  const here = active && beat.node.startsWith(`${box.id}.`);
  const ink = here ? (beat.kind === "forward" ? "forward" : "backward") : computed ? "ink3" : "ink3";
  const place = { x: x - r - 1, y: top - 1, width: 2 * r + 2, height: bottom - top + 2, radius: 5 };
  return [{ kind: "outline", ...place, ink, dash: !computed, thickness: here ? 2.2 : 1 }];
}
