/**
 * The stage as lists of draw commands: what stays during an animation, and what moves.
 *
 * @import { DrawCommand, Scene, View } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { activeCell, travellers } from "./active.js";
import { backward } from "./backward.js";
import { bands } from "./bands.js";
import { biases } from "./biases.js";
import { deltaLabels, halos } from "./deltas.js";
import { foot } from "./foot.js";
import { forward } from "./forward.js";
import { joints } from "./joints.js";
import { kernels } from "./kernels.js";
import { loss } from "./loss.js";
import { matrices } from "./matrices.js";
import { moment } from "./now.js";
import { selection } from "./selection.js";
import { signs } from "./signs.js";
import { strips } from "./strips.js";
import { threads } from "./threads.js";
import { tiles } from "./tiles.js";
import { titles } from "./titles.js";
import { units } from "./units.js";
import { values } from "./values.js";
import { weights } from "./weights.js";
import { windows } from "./windows.js";
import { wires } from "./wires.js";

/** Everything, in the order in which it is drawn. @param {View} view @returns {Scene} */
export function scene(view) {
  return { still: stillScene(view), moving: [...movingScene(view), ...footScene(view)] };
}

/** @param {View} view @returns {DrawCommand[]} */
export function stillScene(view) {
  if (view.lens) return [];
  const now = moment(view);
  const moves = movement(now);
  const wired = (/** @type {string} */ layer) => !moves.wires(layer);
  const rests = (/** @type {string} */ layer) => !moves.units(layer);
  return [
    ...joints(now),
    ...(moves.all ? [] : halos(now)),
    ...wires(now, wired),
    ...matrices(now),
    ...threads(now),
    ...(moves.kernels ? [] : kernels(now)),
    ...(near(view) ? [] : titles(now)),
    ...layer(now, rests),
    ...(moves.loss ? [] : loss(now)),
  ];
}

/** @param {View} view @returns {DrawCommand[]} */
export function movingScene(view) {
  const now = moment(view);
  const moves = movement(now);
  return [
    ...(moves.all ? halos(now) : []),
    ...wires(now, moves.wires),
    ...(moves.kernels ? kernels(now) : []),
    ...layer(now, moves.units),
    ...(moves.loss ? loss(now) : []),
    ...forward(now),
    ...backward(now),
    ...(now.phase === "update" ? deltaLabels(now) : weights(now)),
    ...windows(now),
    ...activeCell(now),
    ...travellers(now),
    ...signs(now),
    ...selection(now),
  ];
}

/** @param {View} view whether one has come nearer than the whole network is */
function near({ layout }) {
  return (layout.scale ?? 1) > 1;
}

/** What stands below the network, wherever one looks from, and above it, what the layers in sight are called. @param {View} view @returns {DrawCommand[]} */
export function footScene(view) {
  if (view.lens) return [];
  const { foot: y, width, height } = view.layout;
  const below = { x: 0, y: y + 2, width, height: height - y, radius: 0 };
  /** @type {DrawCommand} */
  const plate = { kind: "bar", ...below, fill: "paper", alpha: 0.9 };
  return [...(near(view) ? [...titles(moment(view)), plate] : []), ...foot(moment(view))];
}

/** Discs, strips, tiles, biases and numbers of the layers that are wanted. @param {Now} now @param {(layer: string) => boolean} wanted @returns {DrawCommand[]} */
function layer(now, wanted) {
  return [
    ...bands(now, wanted),
    ...units(now, wanted),
    ...strips(now, wanted),
    ...tiles(now, wanted),
    ...biases(now, wanted),
    ...values(now, wanted),
  ];
}

/**
 * What the running call changes from one moment to the next.
 *
 * @param {Now} now
 * @returns {{ wires: (layer: string) => boolean, units: (layer: string) => boolean, loss: boolean, all: boolean, kernels: boolean }}
 */
function movement({ beat, view }) {
  const nothing = { wires: () => false, units: () => false, loss: false, all: false, kernels: false };
  if (!beat || view.beats.length === 0 || view.t >= 1) return nothing;
  switch (beat.kind) {
    case "forward":
      return {
        ...nothing,
        units: (id) => beat.node.startsWith(`${id}.`),
        loss: beat.node === view.layout.graph.output,
      };
    case "loss":
      return { ...nothing, loss: true };
    case "vjp":
      return {
        ...nothing,
        wires: (id) => beat.node === `${id}.W`,
        units: (id) => beat.node.startsWith(`${id}.`),
        kernels: beat.node.endsWith(".kernel"),
      };
    case "penalty":
    case "clip":
      return nothing;
    case "delta":
    case "apply":
      return { wires: () => beat.kind === "apply", units: () => true, loss: false, all: true, kernels: false };
    default:
      throw new Error(`unknown kind of call: ${/** @satisfies {never} */ (beat.kind)}`);
  }
}

/**
 * Two moments of one view with the same key have the same still part.
 *
 * @param {View} view
 * @returns {string}
 */
export function stillKey({ beats, t }) {
  const index = beats.findIndex(({ end }) => t < end);
  return beats.length === 0 || t >= 1 || index < 0 ? "end" : String(index);
}
