/**
 * The stage by arrow keys. Up and down stay in the column (a unit, then its bias, then the next unit; wires by what they
 * lead to, then by where they come from), left and right go along the wires.
 *
 * @import { LayerBox, Selection, StageLayout } from "../types.js"
 */

import { hasBias } from "./pick.js";
import { fromKernel, fromPixel, middleOf, pixelOfUnit } from "./walkimages.js";
import { firstStep, fromStep } from "./walksteps.js";

/** Up and down from unit to unit, or over all of them (`over`, `under`). @typedef {"up" | "down" | "left" | "right" | "over" | "under"} Direction */
/** @typedef {Readonly<{ layer: string, from: number, to: number }>} Weight */

/**
 * What stands next to the selection in a direction; the selection itself where there is nothing.
 *
 * @param {StageLayout} layout
 * @param {Selection | null} selection
 * @param {Direction} direction
 * @returns {Selection | null}
 */
export function nextSelection(layout, selection, direction) {
  if (!selection) return start(layout);
  switch (selection.kind) {
    case "unit":
    case "bias":
      return fromUnit(layout, selection, direction) ?? selection;
    case "weight":
      return fromWeight(layout, selection, direction) ?? selection;
    case "pixel":
      return fromPixel(layout, selection, direction) ?? selection;
    case "kernel":
      return fromKernel(layout, selection, direction) ?? selection;
    case "step":
      return fromStep(layout, selection, direction) ?? selection;
    case "loss":
      return direction === "left"
        ? unitOf(
            layout.layers.find(({ role }) => role === "output"),
            0,
          )
        : selection;
    default:
      throw new Error(`unknown selection: ${/** @satisfies {never} */ (selection)}`);
  }
}

/** @param {StageLayout} layout @returns {Selection | null} */
function start({ layers, graph, bands }) {
  return middleOf(graph.layers[0]) ?? firstStep(bands) ?? unitOf(layers[0], 0);
}

/** @param {LayerBox | undefined} box @param {number} unit @returns {Selection | null} */
function unitOf(box, unit) {
  if (!box || box.units.length === 0) return null;
  return { kind: "unit", layer: box.id, unit: Math.min(Math.max(0, unit), box.units.length - 1) };
}

/**
 * @param {StageLayout} layout
 * @param {Extract<Selection, { kind: "unit" | "bias" }>} selection
 * @param {Direction} direction
 * @returns {Selection | null}
 */
function fromUnit(layout, selection, direction) {
  const { layer, unit } = selection;
  const box = layout.layers.find(({ id }) => id === layer);
  if (!box) return null;
  switch (direction) {
    case "up":
    case "down":
      return inColumn(layout, box, selection, direction === "down" ? 1 : -1);
    case "left":
      return intoUnit(layout, layer, unit);
    case "right":
      return outOfUnit(layout, box, unit);
    case "over":
    case "under":
      return null;
    default:
      throw new Error(`unknown direction: ${/** @satisfies {never} */ (direction)}`);
  }
}

/** @param {StageLayout} layout @param {LayerBox} box @param {Extract<Selection, { kind: "unit" | "bias" }>} at @param {1 | -1} step @returns {Selection | null} */
function inColumn(layout, box, { kind, unit }, step) {
  const stops = hasBias(layout, box.id) ? 2 : 1;
  const next = unit * stops + (kind === "bias" ? 1 : 0) + step;
  if (next < 0 || next >= box.units.length * stops) return null;
  const there = Math.floor(next / stops);
  return next % stops === 1 ? { kind: "bias", layer: box.id, unit: there } : unitOf(box, there);
}

/** The wire that arrives first; over a joint straight to the unit before it. @param {StageLayout} layout @param {string} layer @param {number} unit @returns {Selection | null} */
function intoUnit(layout, layer, unit) {
  const pixel = pixelOfUnit(layout, layer, unit);
  if (pixel) return pixel;
  const wire = layout.wires.find((candidate) => candidate.layer === layer && candidate.to === unit);
  if (wire && !wire.weighted) return { kind: "unit", layer: wire.source, unit: wire.row };
  if (wire || layout.matrices.some((matrix) => matrix.layer === layer))
    return { kind: "weight", layer, from: 0, to: unit };
  const arc = layout.arcs.find((candidate) => candidate.layer === layer);
  return arc
    ? unitOf(
        layout.layers.find(({ id }) => id === arc.source),
        unit,
      )
    : null;
}

/** @param {StageLayout} layout @param {LayerBox} box @param {number} unit @returns {Selection | null} */
function outOfUnit(layout, box, unit) {
  const wire = layout.wires.find(({ source, row }) => source === box.id && row === unit);
  if (wire?.weighted) return { kind: "weight", layer: wire.layer, from: unit, to: 0 };
  if (wire) return { kind: "unit", layer: wire.layer, unit: wire.to };
  const matrix = layout.matrices.find(({ source }) => source === box.id);
  if (matrix) return { kind: "weight", layer: matrix.layer, from: unit, to: 0 };
  const arc = layout.arcs.find(({ source }) => source === box.id);
  return arc
    ? unitOf(
        layout.layers.find(({ id }) => id === arc.layer),
        unit,
      )
    : { kind: "loss" };
}

/** @param {StageLayout} layout @param {Weight} weight @returns {{ source: string, rows: number, columns: number } | null} */
function shapeAround(layout, { layer, from }) {
  const matrix = layout.matrices.find((candidate) => candidate.layer === layer);
  if (matrix) return { source: matrix.source, rows: matrix.rows, columns: matrix.columns };
  const wire = layout.wires.find((candidate) => candidate.layer === layer && candidate.row === from);
  const rows = layout.layers.find(({ id }) => id === wire?.source)?.units.length ?? 0;
  const columns = layout.layers.find(({ id }) => id === layer)?.units.length ?? 0;
  return wire ? { source: wire.source, rows, columns } : null;
}

/** @param {StageLayout} layout @param {Extract<Selection, { kind: "weight" }>} weight @param {Direction} direction @returns {Selection | null} */
function fromWeight(layout, weight, direction) {
  const { layer, from, to } = weight;
  const shape = shapeAround(layout, weight);
  if (!shape) return null;
  if (direction === "left") return { kind: "unit", layer: shape.source, unit: from };
  if (direction === "right") return { kind: "unit", layer, unit: to };
  const next = from * shape.columns + to + (direction === "down" ? 1 : -1);
  if (next < 0 || next >= shape.rows * shape.columns) return null;
  return { kind: "weight", layer, from: Math.floor(next / shape.columns), to: next % shape.columns };
}
