/**
 * Where words beside the pointer cover as little as can be of what they are about: of units with their numbers, of cards.
 *
 * @import { Area, Camera, Point, Size, StageLayout } from "../types.js"
 */

import { toScreen } from "./camera.js";
import { touches, unitsInSight } from "./sight.js";
import { cardsIn } from "./sums.js";

/** The numbers above and below a unit, and half their width. */
const NUMBERS = { width: 34, height: 20 };
/** From the pointer, in CSS pixels: first close by, then farther. */
const AWAY = [20, 56, 100];
const EDGE = 4;
/** A place farther away is worth this part of a thing that is covered. */
const FAR = 1e-3;

/**
 * What words shall not cover, in CSS pixels of the view.
 *
 * @param {StageLayout} layout
 * @param {Camera} camera
 * @returns {readonly Area[]}
 */
export function taken(layout, camera) {
  const units = layout.layers.flatMap((box) =>
    unitsInSight(layout, box).map(({ x, y, r }) => {
      const [wide, tall] = box.tier === "strip" ? [r, box.pitch / 2] : [Math.max(r, NUMBERS.width), r + NUMBERS.height];
      return { x: x - wide, y: y - tall, width: 2 * wide, height: 2 * tall };
    }),
  );
  return [...units, ...cardsIn(layout), layout.loss].map(({ x, y, width, height }) => ({
    ...toScreen(camera, { x, y }),
    ...{ width: width * camera.scale, height: height * camera.scale },
  }));
}

/**
 * The upper left corner of words of this size: right of the pointer and below it, unless another place covers less.
 *
 * @param {Point} at the pointer
 * @param {Size} size of the words
 * @param {Size} view
 * @param {readonly Area[]} others that stand there
 * @returns {Point}
 */
export function quietPlace({ x, y }, { width, height }, view, others) {
  const places = AWAY.flatMap((away) =>
    [y + away, y - away - height].flatMap((top) =>
      [x + away, x - away - width, x - width / 2].map((left) => [left, top]),
    ),
  );
  const held = (/** @type {number} */ place, /** @type {number} */ size, /** @type {number} */ room) =>
    Math.max(EDGE, Math.min(room - size - EDGE, place));
  const weighed = places.map(([left = 0, top = 0]) => {
    const area = { x: held(left, width, view.width), y: held(top, height, view.height), width, height };
    const moved = Math.hypot(area.x - left, area.y - top);
    const covered = others.filter((other) => touches(area, other)).length + (touches(area, point(x, y), EDGE) ? 4 : 0);
    const far = Math.hypot(area.x + width / 2 - x, area.y + height / 2 - y) + moved;
    return { x: area.x, y: area.y, cost: covered + FAR * far };
  });
  const [best] = weighed.sort((a, b) => a.cost - b.cost);
  return { x: best?.x ?? x, y: best?.y ?? y };
}

/** @param {number} x @param {number} y @returns {Area} */
function point(x, y) {
  return { x, y, width: 0, height: 0 };
}
