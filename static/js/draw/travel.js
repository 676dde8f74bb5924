/**
 * The camera's journeys: nearer and farther, aside, and level by level into what is selected and out of it again.
 *
 * @import { Beat, Camera, Point, Selection } from "../types.js"
 * @import { Journey } from "../state/store.js"
 * @import { Viewpoint } from "./viewpoint.js"
 */

import { areaOf, levelOf, levels, middleThing } from "../layout/levels.js";

const CLOSER = 1.5;
/** How far a key pans, as a part of the view. */
const STRIDE = 0.2;

/**
 * @param {Viewpoint} viewpoint
 * @param {Journey} to
 * @param {Selection | null} selection
 * @param {boolean} calm at once
 * @returns {boolean} whether there was anywhere to go
 */
export function travel(viewpoint, to, selection, calm) {
  if (typeof to === "object") return viewpoint.stand(to);
  switch (to) {
    case "closer":
      return viewpoint.flyBy(CLOSER, calm);
    case "farther":
      return viewpoint.flyBy(1 / CLOSER, calm);
    case "fit":
      return viewpoint.fit(calm);
    case "actual":
      return viewpoint.home(calm);
    case "in":
      return enter(viewpoint, selection, calm);
    case "out":
      return leave(viewpoint, selection, calm);
    case "left":
    case "right":
    case "up":
    case "down":
      return stride(viewpoint, to);
    default:
      throw new Error(`unknown journey: ${/** @satisfies {never} */ (to)}`);
  }
}

/**
 * One level in. What is at a place but cannot be gone into is come nearer to.
 *
 * @param {Viewpoint} viewpoint
 * @param {Selection | null} selection
 * @param {boolean} calm
 * @param {Point} [at] in CSS pixels of the canvas
 * @returns {boolean}
 */
export function enter(viewpoint, selection, calm, at) {
  const found = selection || !at ? levelsOf(viewpoint, selection) : [];
  const next = found[levelOf(found, viewpoint.aim()) + 1];
  if (next) return viewpoint.fly(next, calm);
  return at && !selection ? viewpoint.flyBy(CLOSER ** 2, calm, at) : false;
}

/** @param {Viewpoint} viewpoint @param {Selection | null} selection @param {boolean} calm */
function leave(viewpoint, selection, calm) {
  const found = levelsOf(viewpoint, selection);
  const [at, aim] = [levelOf(found, viewpoint.aim()), viewpoint.aim()];
  const beyond = aim.scale > (found[at]?.scale ?? 1) * 1.05;
  const before = found[beyond ? at : at - 1];
  return before && before.scale < aim.scale ? viewpoint.fly(before, calm) : false;
}

/** The levels of what is selected, or of what stands in the middle. @param {Viewpoint} viewpoint @param {Selection | null} selection @returns {readonly Camera[]} */
function levelsOf(viewpoint, selection) {
  const [layout, view] = [viewpoint.layout(), viewpoint.view()];
  if (!layout) return [];
  const middle = () => middleThing(layout, viewpoint.aim(), view);
  return levels(layout, selection ?? middle(), view);
}

/** @param {Viewpoint} viewpoint @param {"left" | "right" | "up" | "down"} to */
function stride(viewpoint, to) {
  const { width, height } = viewpoint.view();
  const [dx, dy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[to];
  return viewpoint.pan((dx ?? 0) * width * STRIDE, (dy ?? 0) * height * STRIDE);
}

/** @param {Viewpoint} viewpoint @param {Selection} selection @param {boolean} calm */
export function reveal(viewpoint, selection, calm) {
  const layout = viewpoint.layout();
  const area = layout && areaOf(layout, selection);
  return area ? viewpoint.reveal(area, calm) : false;
}

/**
 * Bring what runs into view; but nobody is pulled away from what they went into.
 *
 * @param {Viewpoint} viewpoint
 * @param {Beat | null} beat
 * @param {boolean} calm
 */
export function follow(viewpoint, beat, calm) {
  if (!beat || viewpoint.aim().scale > 1) return false;
  const { node, layer: own } = beat;
  const step = /\[(\d+)\]$/.exec(node);
  if (step) return reveal(viewpoint, { kind: "step", layer: own, key: "", t: Number(step[1]), unit: 0 }, calm);
  const layer = viewpoint.layout()?.layers.find(({ id }) => node.startsWith(`${id}.`))?.id ?? own;
  return reveal(viewpoint, { kind: "unit", layer, unit: 0 }, calm);
}

/** Whether what is selected belongs to a feature map: one goes into the map. @param {Selection | null} selection */
export function isOfMap(selection) {
  return selection?.kind === "pixel" || selection?.kind === "kernel";
}
