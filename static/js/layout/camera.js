/**
 * Where one looks from: the stage's point at the view's upper left corner, and how many CSS pixels one of its units is.
 *
 * @import { Area, Camera, Point, Size, Standpoint } from "../types.js"
 */

/** On opening, nothing is made smaller than this: what is wider is moved aside. */
const LEGIBLE = 0.62;
/** Beside the content one sees this part of the view empty, once one has gone in: what stands at an edge can be centred. */
const AIR = 0.32;
/** Around what is fitted. */
const MARGIN = 24;
/** Cameras that differ by less are the same: half a pixel, and a thousandth of the scale. */
export const SAME = { place: 0.5, scale: 1e-3 };

/** @typedef {Readonly<{ least: number, most: number }>} Limits of the scale */

/** @type {Camera} */
export const ORIGIN = Object.freeze({ x: 0, y: 0, scale: 1 });

/** @param {Camera} camera @param {Point} point of the stage @returns {Point} in CSS pixels of the view */
export function toScreen({ x, y, scale }, point) {
  return { x: (point.x - x) * scale, y: (point.y - y) * scale };
}

/** @param {Camera} camera @param {Point} point in CSS pixels of the view @returns {Point} of the stage */
export function toStage({ x, y, scale }, point) {
  return { x: x + point.x / scale, y: y + point.y / scale };
}

/** The part of the stage that is seen. @param {Camera} camera @param {Size} view @returns {Area} */
export function sightOf({ x, y, scale }, { width, height }) {
  return { x, y, width: width / scale, height: height / scale };
}

/** At which scale all of it can be seen; never enlarged. @param {Size} content @param {Size} view */
export function fitScale(content, view) {
  return Math.min(1, view.width / Math.max(1, content.width), view.height / Math.max(1, content.height));
}

/** How one looks at first: at everything, or at its beginning where everything would be too small. @param {Size} content @param {Size} view @returns {Camera} */
export function homeCamera(content, view) {
  return held({ x: 0, y: 0, scale: Math.max(LEGIBLE, fitScale(content, view)) }, content, view);
}

/** Everything, however small. @param {Size} content @param {Size} view @returns {Camera} */
export function fitCamera(content, view) {
  return held({ x: 0, y: 0, scale: fitScale(content, view) }, content, view);
}

/**
 * A camera within its bounds: what is smaller than the view stands in its middle, what is larger leaves no gap, but for some
 * air when one has gone in.
 *
 * @param {Camera} camera
 * @param {Size} content
 * @param {Size} view
 * @param {number} [most] the largest scale
 * @returns {Camera}
 */
export function held({ x, y, scale }, content, view, most = Infinity) {
  const { least, most: nearest } = limitsOf(content, view, most);
  const s = Math.min(nearest, Math.max(least, scale));
  const depth = Math.min(1, Math.max(0, s / Math.max(LEGIBLE, least) - 1));
  return {
    x: heldOn(x, view.width / s, content.width, depth),
    y: heldOn(y, view.height / s, content.height, depth),
    scale: s,
  };
}

/** Between which scales one looks. @param {Size} content @param {Size} view @param {number} most @returns {Limits} */
export function limitsOf(content, view, most) {
  const least = fitScale(content, view);
  return { least, most: Math.max(most, least) };
}

/** @param {number} at @param {number} span that is seen @param {number} length of the content @param {number} depth 0 to 1 */
function heldOn(at, span, length, depth) {
  const air = AIR * span * depth;
  const [first, last] = [-air, length - span + air];
  return first > last ? (first + last) / 2 : Math.min(last, Math.max(first, at));
}

/**
 * Nearer or farther, with the point under the pointer staying where it is; at a limit, nothing changes.
 *
 * @param {Camera} camera
 * @param {number} factor
 * @param {Point} point in CSS pixels of the view
 * @param {Limits} [limits]
 * @returns {Camera}
 */
export function zoomedAbout(camera, factor, point, { least, most } = { least: 0, most: Infinity }) {
  const { x, y } = toStage(camera, point);
  const scale = Math.min(most, Math.max(least, camera.scale * factor));
  return { x: x - point.x / scale, y: y - point.y / scale, scale };
}

/** @param {Camera} camera @param {number} dx to the right, in CSS pixels @param {number} dy @returns {Camera} */
export function panned({ x, y, scale }, dx, dy) {
  return { x: x + dx / scale, y: y + dy / scale, scale };
}

/** Where a camera stands, for stages of every size. @param {Camera} camera @param {Size} content @param {Size} view @returns {Standpoint} */
export function standpointOf({ x, y, scale }, content, view) {
  const part = (/** @type {number} */ at, /** @type {number} */ span, /** @type {number} */ length) =>
    Math.round(1e4 * ((at + span / scale / 2) / Math.max(1, length))) / 1e4;
  return {
    ...{ x: part(x, view.width, content.width), y: part(y, view.height, content.height) },
    scale: Math.round(1e4 * scale) / 1e4,
  };
}

/** @param {Standpoint} standpoint @param {Size} content @param {Size} view @returns {Camera} */
export function cameraAt({ x, y, scale }, content, view) {
  return { x: x * content.width - view.width / scale / 2, y: y * content.height - view.height / scale / 2, scale };
}

/**
 * Looking at an area: as large as fits, or at the given scale.
 *
 * @param {Area} area of the stage
 * @param {Size} view
 * @param {number} [scale]
 * @returns {Camera}
 */
export function lookingAt(area, view, scale = areaScale(area, view)) {
  const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  return { x: middle.x - view.width / scale / 2, y: middle.y - view.height / scale / 2, scale };
}

/** @param {Area} area @param {Size} view */
function areaScale({ width, height }, view) {
  return Math.min((view.width - 2 * MARGIN) / Math.max(1, width), (view.height - 2 * MARGIN) / Math.max(1, height));
}

/**
 * The least pan that brings an area into view (its middle, where it is larger); the same camera if its middle is in view.
 *
 * @param {Camera} camera
 * @param {Area} area of the stage
 * @param {Size} view
 * @param {number} [air] around it, in CSS pixels
 * @returns {Camera}
 */
export function revealing(camera, area, view, air = 60) {
  const { x, y, width, height } = sightOf(camera, view);
  const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  if (middle.x > x && middle.x < x + width && middle.y > y && middle.y < y + height) return camera;
  const margin = Math.min(air / camera.scale, width / 4, height / 4);
  const dx = shift(area.x, area.width, x, width, margin);
  const dy = shift(area.y, area.height, y, height, margin);
  return dx || dy ? { ...camera, x: x + dx, y: y + dy } : camera;
}

/** @param {number} at @param {number} size @param {number} from @param {number} span @param {number} margin */
function shift(at, size, from, span, margin) {
  if (size > span - 2 * margin)
    return at + size / 2 < from || at + size / 2 > from + span ? at + size / 2 - from - span / 2 : 0;
  if (at < from + margin) return at - from - margin;
  return Math.max(0, at + size - (from + span - margin));
}

/**
 * Between two cameras, as a function of t: the scale changes by equal factors, and what both see at one place stays there.
 *
 * @param {Camera} from
 * @param {Camera} to
 * @param {number} t 0 to 1
 * @returns {Camera}
 */
export function between(from, to, t) {
  if (t <= 0) return from;
  if (t >= 1) return to;
  const scale = from.scale * (to.scale / from.scale) ** t;
  const same = Math.abs(to.scale / from.scale - 1) < 1e-6;
  const rest = same ? 1 - t : (1 / scale - 1 / to.scale) / (1 / from.scale - 1 / to.scale);
  return { x: to.x + (from.x - to.x) * rest, y: to.y + (from.y - to.y) * rest, scale };
}

/** @param {Camera} a @param {Camera} b */
export function isSame(a, b) {
  const near = Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) * a.scale < SAME.place;
  return near && Math.abs(a.scale / b.scale - 1) < SAME.scale;
}
