/**
 * What is shown at a time: a frame, and the animation that leads to it. Going back in time, the later frame is shown until
 * its undoing is over.
 *
 * @import { Call, Frame } from "../types.js"
 */

import { Player } from "../timeline/player.js";
import { compare, STILL, storyboard } from "../timeline/storyboard.js";

/** An animation back in time is shorter than the one that it undoes. */
const BACK = 0.6;

export class Film {
  /** What is shown, and what will be when an animation is over. @type {Frame | null} */
  #frame = null;
  /** @type {Frame | null} */
  #final = null;
  #board = STILL;
  #player = new Player();

  /**
   * Show a frame; if it moves, what has happened since the one before (backwards, if it lies before it).
   *
   * @param {Frame} frame
   * @param {readonly Call[]} calls the step's ribbon
   * @param {boolean} moves
   */
  show(frame, calls, moves) {
    const before = this.#final;
    const back = before !== null && compare(frame.cursor, before.cursor) < 0;
    const board = back ? storyboard(frame, before, calls) : storyboard(before, frame, calls);
    this.#board = moves && before !== null ? board : STILL;
    const backwards = back && this.#board.duration > 0;
    this.#final = frame;
    this.#frame = backwards ? before : frame;
    this.#player.start(this.#board.duration * (backwards ? BACK : 1), { backwards });
  }

  /** How far the animation is, 0 to 1. When one back in time is over, what it led to is shown. @param {number} now @returns {number} */
  at(now) {
    const t = this.#player.at(now);
    if (this.#player.isMoving() || this.#frame === this.#final || t > 0) return t;
    this.#frame = this.#final;
    this.#board = STILL;
    this.#player.start(0);
    return 1;
  }

  frame() {
    return this.#frame;
  }

  /** The frame that the animation ends with. */
  final() {
    return this.#final;
  }

  board() {
    return this.#board;
  }

  isMoving() {
    return this.#player.isMoving();
  }

  /** Hold it there. @param {number} t 0 to 1 */
  seek(t) {
    this.#player.seek(t);
  }

  resume() {
    this.#player.resume();
  }
}
