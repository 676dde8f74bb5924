/**
 * What a wheel event means: a mouse's notch and a trackpad's pinch zoom, two fingers on a trackpad move. Browsers do not say
 * which of them it is; a notch is upright, and large at once.
 *
 * @import { Camerawork } from "./gestures.js"
 */

const NOTCH = { least: 40, factor: 1.25 };
/** Zoom for a pixel of a pinch, and the most that one event may ask for. */
const PINCH = { rate: 0.01, most: 50 };
/** Events that follow each other sooner belong together. */
const TOGETHER_MS = 180;
const LINE = 16;

/** @typedef {Pick<WheelEvent, "deltaX" | "deltaY" | "deltaMode" | "ctrlKey" | "metaKey" | "shiftKey" | "offsetX" | "offsetY" | "timeStamp">} Turned */

/** @param {Camerawork} camera @returns {(event: Turned) => boolean} whether the event is used up */
export function createWheel(camera) {
  let last = { at: -Infinity, notches: false };
  return (event) => {
    const unit = event.deltaMode === 0 ? 1 : LINE;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    const about = { x: event.offsetX, y: event.offsetY };
    if (event.ctrlKey || event.metaKey) {
      camera.zoom(Math.exp(-PINCH.rate * Math.min(PINCH.most, Math.max(-PINCH.most, dy))), about);
      return true; // Else the browser would zoom the page.
    }
    if (event.shiftKey) return camera.pan(dx || dy, 0);
    if (camera.scroll?.(dy, about)) return true;
    const together = event.timeStamp - last.at < TOGETHER_MS;
    last = { at: event.timeStamp, notches: together ? last.notches : isNotch(event, dx, dy) };
    return last.notches ? camera.zoom(NOTCH.factor ** -Math.sign(dy), about) : camera.pan(dx, dy);
  };
}

/** @param {Turned} event @param {number} dx @param {number} dy */
function isNotch({ deltaMode }, dx, dy) {
  return dx === 0 && (deltaMode !== 0 || (Math.abs(dy) >= NOTCH.least && Number.isInteger(dy)));
}
