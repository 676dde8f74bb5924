/**
 * The camera as hands, keys and buttons move it. In an enlarged map there is only one way: out of it again.
 *
 * @import { Beat, Lens, Point, Selection } from "../types.js"
 * @import { Journey } from "../state/store.js"
 * @import { Viewpoint } from "./viewpoint.js"
 */

import { enter, follow, isOfMap, reveal, travel } from "./travel.js";

/** @type {ReadonlySet<Journey>} */
const OUTWARDS = new Set(["farther", "fit", "actual", "out"]);

/**
 * @typedef {Object} House
 * @property {Viewpoint} viewpoint
 * @property {() => Lens | null} lens
 * @property {Pick<MediaQueryList, "matches">} calm whether flights are cuts
 * @property {(selection: Selection | null) => void} enlarge a map; null: the network again
 * @property {() => void} moved
 */

/** @param {House} house */
export function createCamerawork({ viewpoint, lens, calm, enlarge, moved }) {
  const told = (/** @type {boolean} */ went) => {
    if (went) moved();
    return went;
  };
  const leave = (/** @type {boolean} */ outwards) => {
    if (outwards) enlarge(null);
    return outwards;
  };
  return {
    /** @param {number} dx @param {number} dy */
    pan: (dx, dy) => lens() === null && told(viewpoint.pan(dx, dy)),
    /** @param {number} factor @param {Point} about */
    zoom: (factor, about) => (lens() ? leave(factor < 1) : told(viewpoint.zoom(factor, about))),
    /** @param {number} dy @param {Point} at */
    scroll: (dy, at) => lens() === null && told(viewpoint.scroll(dy, at)),
    /** @param {Journey} to @param {Selection | null} selection */
    travel: (to, selection) =>
      lens() && typeof to === "string" ? leave(OUTWARDS.has(to)) : told(travel(viewpoint, to, selection, calm.matches)),
    /** One level in: into the map that something belongs to, or nearer to it. @param {Selection | null} selection @param {Point} [at] */
    enter: (selection, at) => {
      if (isOfMap(selection)) enlarge(selection);
      else if (!lens()) told(enter(viewpoint, selection, calm.matches, at));
    },
    /** @param {Point} point of the stage */
    centre: (point) => told(viewpoint.centre(point)),
    /** @param {Selection} selection */
    reveal: (selection) => told(reveal(viewpoint, selection, calm.matches)),
    /** Whatever runs. @param {Beat | null} beat */
    follow: (beat) => lens() === null && told(follow(viewpoint, beat, calm.matches)),
  };
}
