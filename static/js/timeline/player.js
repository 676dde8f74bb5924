/**
 * Where in its animation a picture is. It knows no clock: it is told the time whenever something is painted.
 */

export class Player {
  #t = 1;
  #duration = 0;
  #direction = 1;
  /** @type {number | null} */
  #last = null;
  #moving = false;

  /** @param {number} duration in milliseconds; 0: it is over at once @param {{ backwards?: boolean }} [how] */
  start(duration, { backwards = false } = {}) {
    this.#direction = backwards ? -1 : 1;
    this.#duration = duration;
    this.#last = null;
    this.#moving = duration > 0;
    const begin = backwards ? 1 : 0;
    this.#t = this.#moving ? begin : 1 - begin;
  }

  /** Straight to the end. */
  finish() {
    this.#t = this.#direction > 0 ? 1 : 0;
    this.#moving = false;
  }

  /** Hold it there. @param {number} t 0 to 1 */
  seek(t) {
    this.#t = Math.min(1, Math.max(0, t));
    this.#moving = false;
  }

  resume() {
    this.#last = null;
    this.#moving = this.#direction > 0 ? this.#t < 1 : this.#t > 0;
  }

  /** t at this time. @param {number} now in milliseconds @returns {number} */
  at(now) {
    const passed = this.#moving && this.#last !== null ? (now - this.#last) / Math.max(1, this.#duration) : 0;
    this.#last = now;
    this.#t = Math.min(1, Math.max(0, this.#t + this.#direction * passed));
    if (this.#direction > 0 ? this.#t >= 1 : this.#t <= 0) this.#moving = false;
    return this.#t;
  }

  /** Whether t will have changed at the next paint. */
  isMoving() {
    return this.#moving;
  }
}
