/**
 * Biases: a small square on the rim of each disc, its hue the sign, its strength the size.
 *
 * @import { DrawCommand, LayerBox } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { biasPlace } from "../layout/pick.js";
import { layersInSight, unitsInSight } from "../layout/sight.js";
import { mapBiasPlace } from "../layout/tiles.js";
import { signInk, strength } from "./now.js";

/** @param {Now} now @param {(layer: string) => boolean} wanted @returns {DrawCommand[]} */
export function biases(now, wanted) {
  const { layout } = now.view;
  return layersInSight(layout)
    .filter((box) => wanted(box.id))
    .flatMap((box) => [
      ...unitsInSight(layout, box).flatMap((unit) => bias(now, box, unit.unit, biasPlace(box, unit))),
      ...box.tiles.flatMap((tile) => bias(now, box, tile.map, mapBiasPlace(tile))),
    ]);
}

/** @param {Now} now @param {LayerBox} box @param {number} unit or map @param {ReturnType<typeof biasPlace>} place @returns {DrawCommand[]} */
function bias(now, box, unit, place) {
  const { b, db } = now.numbers(box.id);
  if (!b || !place) return [];
  const gradients = now.phase === "backward" && db && now.progress(`${box.id}.b:gradient`) > 0.5;
  const value = biasAt(now, box.id, unit);
  const s = gradients ? strength(db[unit] ?? 0, now.gradientScale) : strength(value, now.weightScale);
  const half = place.size / 2;
  const square = { x: place.x - half, y: place.y - half, width: place.size, height: place.size, radius: 2 };
  return [
    { kind: "bar", ...square, fill: "paper", alpha: 1 },
    { kind: "bar", ...square, fill: signInk(s), alpha: 0.25 + 0.75 * (Math.abs(s) || 0) },
    { kind: "outline", ...square, ink: gradients ? "backward" : "ink2", dash: false, thickness: 1 },
  ];
}

/** The bias at this moment: on its way while the update is applied. @param {Now} now @param {string} layer @param {number} unit */
export function biasAt(now, layer, unit) {
  const { b, deltaB } = now.numbers(layer);
  const after = b?.[unit] ?? Number.NaN;
  return now.finished && deltaB ? after - (1 - now.applied) * (deltaB[unit] ?? 0) : after;
}
