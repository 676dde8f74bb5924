/**
 * The update: under each wire a violet halo, as wide as its delta is large, and the largest deltas as numbers.
 *
 * @import { DrawCommand, Wire } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { pointAt } from "../layout/curve.js";
import { asKnown } from "./known.js";
import { curve, numeral } from "./marks.js";
import { strength, weightAt } from "./now.js";
import { signed } from "./numbers.js";
import { entry, largest } from "./reading.js";
import { widthOf } from "./wires.js";

const HALO = 4.5;
const ALPHA = { pending: 0.45, applied: 0.26 };
const LABELS = 5;
const HALOS = 24;
const PLACES = [0.5, 0.36, 0.64];
const CLEAR = { x: 62, y: 16 };

/** How visible deltas are: not at all before they are computed, most until they are applied. @param {Now} now @returns {number} */
function visibility(now) {
  const keys = deltaKeys(now);
  const computed = keys.length > 0 && keys.some((key) => now.view.frame?.tensors.get(key)?.data);
  if (!computed || now.phase !== "update") return 0;
  if (now.beat?.kind === "delta") return ALPHA.pending * now.p;
  return now.finished ? ALPHA.pending + (ALPHA.applied - ALPHA.pending) * now.applied : ALPHA.pending;
}

/** @param {Now} now @returns {string[]} */
function deltaKeys({ view }) {
  return view.layout.graph.layers.flatMap(({ parameters }) => parameters.map(({ name }) => `${name}:delta`));
}

/** @param {Now} now @returns {DrawCommand[]} */
export function halos(now) {
  const alpha = visibility(now);
  if (alpha === 0) return [];
  const most = largest(now.view.frame, deltaKeys(now)) || 1;
  return bySize(now)
    .slice(0, HALOS)
    .map(({ wire, delta }) => {
      const size = Math.abs(delta) / most;
      const weight = strength(weightAt(now, now.numbers(wire.layer), wire.row, wire.to), now.weightScale);
      return curve(wire.from, wire.end, { ink: "update", width: widthOf(weight) + HALO * size, alpha });
    });
}

/** Wires with their deltas, the largest first. @param {Now} now @returns {{ wire: Wire, delta: number }[]} */
function bySize(now) {
  return now.view.layout.wires
    .filter(({ weighted }) => weighted)
    .map((wire) => ({ wire, delta: deltaOf(now, wire) ?? 0 }))
    .filter(({ delta }) => delta !== 0)
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
}

/**
 * The largest few deltas as numbers on their wires, where they do not stand in each other's way.
 *
 * @param {Now} now
 * @returns {DrawCommand[]}
 */
export function deltaLabels(now) {
  if (visibility(now) === 0) return [];
  /** @type {{ x: number, y: number, text: string }[]} */
  const placed = [];
  const isTold = (/** @type {Wire} */ wire) => now.numbers(wire.layer).deltaW?.grain !== "means";
  const free = bySize(now).filter(({ wire }) => !isMarked(now, wire) && hasRoom(wire) && isTold(wire));
  for (const { wire, delta } of free.slice(0, 4 * LABELS)) {
    const spots = PLACES.map((t) => pointAt(wire.from, wire.end, t));
    const place = spots.find((spot) =>
      placed.every((p) => Math.abs(p.x - spot.x) > CLEAR.x || Math.abs(p.y - spot.y) > CLEAR.y),
    );
    if (place && placed.length < LABELS) placed.push({ ...place, text: asKnown(signed(delta), tensorOf(now, wire)) });
  }
  const alpha = now.beat?.kind === "delta" ? now.p : 1;
  return placed.map(({ x, y, text }) => numeral(x, y, text, { ink: "update", plate: true, alpha }));
}

/** Between two columns that stand close a number would cover their units. @param {Wire} wire */
function hasRoom({ from, end }) {
  return end.x - from.x >= CLEAR.x;
}

/** What is selected or hovered says its delta itself. @param {Now} now @param {Wire} wire @returns {boolean} */
function isMarked({ view: { selection, hover } }, { layer, row, to }) {
  return [selection, hover].some(
    (what) => what?.kind === "weight" && what.layer === layer && what.from === row && what.to === to,
  );
}

/** @param {Now} now @param {Wire} wire */
function tensorOf({ view: { frame } }, { layer }) {
  return frame?.tensors.get(`${layer}.W:delta`);
}

/** @param {Now} now @param {Wire} wire @returns {number | null} */
function deltaOf(now, { layer, row, to }) {
  const { deltaW } = now.numbers(layer);
  return deltaW ? entry(deltaW, row, to) : null;
}
