/**
 * Near to a band that begins left of the view: the names of its lanes in a margin of their own, over the cells behind it.
 *
 * @import { Area, Band, DrawCommand, Lane } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { GUTTER } from "../layout/time.js";
import { isNear } from "./lanes.js";
import { label, path, TYPE } from "./marks.js";
import { caption, scaleOf } from "./tracks.js";

const AIR = 5;

/** @param {Now} now @returns {DrawCommand[]} */
export function margins(now) {
  const { bands = [], sight, foot } = now.view.layout;
  if (!sight) return [];
  const seen = { ...sight, height: foot - sight.y };
  return bands.flatMap((band) => margin(now, band, seen));
}

/** @param {Now} now @param {Band} band @param {Area} seen @returns {DrawCommand[]} */
function margin(now, band, seen) {
  const bottom = seen.y + seen.height;
  const lanes = band.lanes.filter(
    (lane) =>
      isNear(lane, now.view.layout.scale) &&
      lane.x + lane.width > GUTTER &&
      lane.track.y + lane.track.height > seen.y &&
      lane.y < bottom,
  );
  if (lanes.length === 0) return [];
  const top = Math.max(seen.y, Math.min(...lanes.map(({ y }) => y)) - AIR);
  const end = Math.min(bottom, Math.max(...lanes.map(endOf)) + AIR);
  const edge = GUTTER - AIR;
  const scale = scaleOf(now, band);
  return [
    { kind: "bar", x: seen.x, y: top, width: edge - seen.x, height: end - top, radius: 0, fill: "card", alpha: 1 },
    path(
      [
        { x: edge, y: top },
        { x: edge, y: end },
      ],
      "line",
      { width: 1 },
    ),
    ...lanes.flatMap((lane) => nameOf(lane, seen)),
    ...lanes.flatMap((lane) =>
      scale && lane.track.y + lane.track.height < bottom ? caption(lane, scale, GUTTER) : [],
    ),
  ];
}

/** @param {Lane} lane */
function endOf({ y, height, track }) {
  return Math.max(y + height, track.y + track.height);
}

/** In the middle of what is seen of its lane. @param {Lane} lane @param {Area} seen @returns {DrawCommand[]} */
function nameOf({ y, height, label: words }, seen) {
  const [top, bottom] = [Math.max(y, seen.y), Math.min(y + height, seen.y + seen.height)];
  if (bottom - top < TYPE.small) return [];
  return [label(GUTTER - 2 * AIR, (top + bottom) / 2, words, { align: "right", size: TYPE.small, ink: "ink2" })];
}
