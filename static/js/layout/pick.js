/**
 * What is under the pointer. Small things first; wires, which are thin, have a generous reach.
 *
 * @import { LayerBox, MatrixBox, Selection, StageLayout, UnitBox, Wire } from "../types.js"
 */

import { distanceTo } from "./curve.js";
import { pickImage } from "./pickimages.js";
import { cardAt, rowAt, rowsOfWeights } from "./sums.js";
import { pickStep } from "./time.js";

const REACH = { bias: 9, unit: 4, wire: 7 };
/** Where on the rim the bias sits: lower left. */
const BIAS_ANGLE = (3 * Math.PI) / 4;

/**
 * The square of a unit's bias; null where discs are too small to carry one, or the layer has none.
 *
 * @param {LayerBox} box
 * @param {UnitBox} unit
 * @returns {Readonly<{ x: number, y: number, size: number }> | null}
 */
export function biasPlace(box, { x, y, r }) {
  if (r < 9 || box.role === "input" || box.tier === "strip" || box.kind === "joint") return null;
  return { x: x + r * Math.cos(BIAS_ANGLE), y: y + r * Math.sin(BIAS_ANGLE), size: r >= 16 ? 9 : 6 };
}

/**
 * @param {StageLayout} layout
 * @param {number} x
 * @param {number} y
 * @returns {Selection | null}
 */
export function pick(layout, x, y) {
  return (
    pickCard(layout, x, y) ??
    pickBias(layout, x, y) ??
    pickUnit(layout, x, y) ??
    pickImage(layout, x, y) ??
    pickStep(layout.bands ?? [], x, y) ??
    pickLoss(layout, x, y) ??
    pickWire(layout, x, y) ??
    pickCell(layout.matrices, x, y)
  );
}

/** A row of a unit's sum is its weight; elsewhere on the card it is the unit. @param {StageLayout} layout @param {number} x @param {number} y @returns {Selection | null} */
function pickCard(layout, x, y) {
  const card = cardAt(layout, x, y);
  if (!card) return null;
  if (card.cell) return card.cell;
  const { layer, unit } = card;
  const row = rowAt(card, y);
  return row !== null && row < rowsOfWeights(layout.graph, layer)
    ? { kind: "weight", layer, from: row, to: unit }
    : { kind: "unit", layer, unit };
}

/** @param {StageLayout} layout @param {string} id @returns {boolean} */
export function hasBias({ graph }, id) {
  const layer = graph.layers.find((candidate) => candidate.id === id);
  return layer?.parameters.some(({ name }) => name === `${id}.b`) ?? false;
}

/** @param {StageLayout} layout @param {number} x @param {number} y @returns {Selection | null} */
function pickBias(layout, x, y) {
  for (const box of layout.layers) {
    if (Math.abs(x - box.x) > box.r + REACH.bias || !hasBias(layout, box.id)) continue;
    for (const unit of box.units) {
      const place = biasPlace(box, unit);
      if (place && Math.hypot(x - place.x, y - place.y) <= Math.min(REACH.bias, place.size))
        return { kind: "bias", layer: box.id, unit: unit.unit };
    }
  }
  return null;
}

/** @param {StageLayout} layout @param {number} x @param {number} y @returns {Selection | null} */
function pickUnit({ layers }, x, y) {
  for (const box of layers) {
    if (Math.abs(x - box.x) > box.r + REACH.unit) continue;
    if (box.tier === "strip") {
      const unit = Math.floor((y - box.top) / box.pitch);
      if (unit >= 0 && unit < box.units.length) return { kind: "unit", layer: box.id, unit };
      continue;
    }
    const hit = box.units.find((unit) => Math.hypot(x - unit.x, y - unit.y) <= unit.r + REACH.unit);
    if (hit) return { kind: "unit", layer: box.id, unit: hit.unit };
  }
  return null;
}

/** @param {StageLayout} layout @param {number} x @param {number} y @returns {Selection | null} */
function pickLoss({ loss }, x, y) {
  const inside = x >= loss.x && x <= loss.x + loss.width && y >= loss.y && y <= loss.y + loss.height;
  return inside ? { kind: "loss" } : null;
}

/** @param {StageLayout} layout @param {number} x @param {number} y @returns {Selection | null} */
function pickWire({ wires }, x, y) {
  /** @type {Wire | null} */
  let nearest = null;
  let least = REACH.wire;
  for (const wire of wires) {
    if (!wire.weighted || !isNear(wire, x, y)) continue;
    const distance = distanceTo(wire.from, wire.end, x, y);
    if (distance < least) [least, nearest] = [distance, wire];
  }
  return nearest && { kind: "weight", layer: nearest.layer, from: nearest.row, to: nearest.to };
}

/** @param {Wire} wire @param {number} x @param {number} y @returns {boolean} */
function isNear({ from, end }, x, y) {
  if (x < from.x - REACH.wire || x > end.x + REACH.wire) return false;
  return y >= Math.min(from.y, end.y) - REACH.wire && y <= Math.max(from.y, end.y) + REACH.wire;
}

/** @param {readonly MatrixBox[]} matrices @param {number} x @param {number} y @returns {Selection | null} */
function pickCell(matrices, x, y) {
  const box = matrices.find((m) => x >= m.x && x < m.x + m.width && y >= m.y && y < m.y + m.height);
  if (!box) return null;
  const from = Math.floor(((y - box.y) / box.height) * box.rows);
  return { kind: "weight", layer: box.layer, from, to: Math.floor(((x - box.x) / box.width) * box.columns) };
}
