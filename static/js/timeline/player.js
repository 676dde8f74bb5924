/**
 * Where in its animation a picture is. It knows no clock: it is told the time whenever something is painted.
 */

/**
 * @typedef {Object} Player
 * @property {(duration: number, options?: { backwards?: boolean }) => void} start
 * @property {() => void} finish straight to the end
 * @property {(t: number) => void} seek hold it there, 0 to 1
 * @property {() => void} resume
 * @property {(now: number) => number} at t at this time
 * @property {() => boolean} isMoving whether t will have changed at the next paint
 */

/** @returns {Player} */
export function createPlayer() {
  let t = 1;
  let duration = 0;
  let direction = 1;
  let last = /** @type {number | null} */ (null);
  let moving = false;

  /** @param {number} now */
  function advance(now) {
    if (moving && last !== null) t += (direction * (now - last)) / Math.max(1, duration);
    last = now;
    t = Math.min(1, Math.max(0, t));
    if (direction > 0 ? t >= 1 : t <= 0) moving = false;
    return t;
  }
  return {
    start(ms, { backwards = false } = {}) {
      direction = backwards ? -1 : 1;
      [duration, t, last, moving] = [ms, backwards ? 1 : 0, null, ms > 0];
      if (!moving) t = backwards ? 0 : 1;
    },
    finish() {
      t = direction > 0 ? 1 : 0;
      moving = false;
    },
    seek(to) {
      t = Math.min(1, Math.max(0, to));
      moving = false;
    },
    resume() {
      last = null;
      moving = direction > 0 ? t < 1 : t > 0;
    },
    at: advance,
    isMoving: () => moving,
  };
}
