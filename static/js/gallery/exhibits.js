/**
 * The golden frames of static/gallery as what the stage draws: pure, so that the page and the snapshot test see the same.
 *
 * @import { Call, Dataset, DrawCommand, Frame, Graph, Size, View } from "../types.js"
 */

import { decode } from "@msgpack/msgpack";
import { layoutStage } from "../layout/layout.js";
import { unpackCalls } from "../net/events.js";
import { decodeFrame } from "../net/frames.js";
import { movingScene, stillScene } from "../scene/scene.js";
import { namesOf } from "../state/names.js";
import { storyboard } from "../timeline/storyboard.js";

/** The moments of each scene that are shown. */
export const MOMENTS = /** @type {const} */ ([0, 0.5, 1]);

/** @typedef {Readonly<{ name: string, before: Frame, after: Frame }>} Exhibit */
/** @typedef {Readonly<{ graph: Graph, calls: readonly Call[], names: ReturnType<typeof namesOf>, exhibits: readonly Exhibit[] }>} Story */

/** The mirror of tools/gallery.py. @param {ArrayBuffer} buffer @returns {Story} */
export function readStory(buffer) {
  const raw = /** @type {any} */ (decode(new Uint8Array(buffer), { mapKeyConverter: (key) => String(key) }));
  const frame = (/** @type {number} */ op) => decodeFrame(raw.frames[op]);
  return {
    graph: raw.graph,
    calls: unpackCalls(raw.calls),
    names: namesOf(raw.graph, /** @type {Dataset} */ (raw.dataset)),
    exhibits: raw.scenes.map((/** @type {any} */ { name, before, after }) => ({
      name,
      before: frame(before),
      after: frame(after),
    })),
  };
}

/**
 * @param {Story} story
 * @param {Exhibit} exhibit
 * @param {number} t
 * @param {Size} size
 * @returns {View}
 */
export function viewOf({ graph, calls, names }, { before, after }, t, size) {
  const layout = layoutStage(graph, { ...size, ...names, names: names.features });
  const { beats } = storyboard(before, after, calls);
  return { layout, frame: after, beats, t, selection: null, hover: null };
}

/** @param {View} view @returns {DrawCommand[]} */
export function picture(view) {
  return [...stillScene(view), ...movingScene(view)];
}
