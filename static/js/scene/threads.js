/**
 * Threads: thin lines from each feature map to the one that is made of it. In a pass that runs, what travels along them.
 *
 * @import { DrawCommand, Thread } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { curve } from "./marks.js";

/** @param {Now} now @returns {DrawCommand[]} */
export function threads(now) {
  const { threads: all } = now.view.layout;
  return all.map((thread) => line(now, thread));
}

/** @param {Now} now @param {Thread} thread @returns {DrawCommand} */
function line({ beat }, { layer, source, from, end }) {
  const forwards = beat?.kind === "forward" && beat.layer === layer && beat.node.startsWith(`${layer}.`);
  const back = beat?.kind === "vjp" && beat.layer === layer && beat.node.startsWith(`${source}.`);
  if (forwards) return curve(from, end, { ink: "forward", width: 1, alpha: 0.55 });
  return curve(from, end, { ink: back ? "backward" : "ink3", width: back ? 1 : 0.8, alpha: back ? 0.6 : 0.3 });
}
