/**
 * What a stage is asked to point out: what is selected and pointed at, what is explained, what would be, the sums of what one
 * is near to.
 *
 * @import { Selection, View } from "../types.js"
 */

/** @typedef {Pick<View, "selection" | "hover" | "focus" | "why" | "ghosts" | "sums">} Pointed */

export class Attention {
  /** @type {Pointed} */
  #pointed = { selection: null, hover: null, focus: null, why: null };

  /** @param {Partial<Pointed>} what */
  set(what) {
    this.#pointed = { ...this.#pointed, ...what };
  }

  /** @param {Selection | null} hover @returns {boolean} whether that is something else than before */
  hover(hover) {
    if (JSON.stringify(hover) === JSON.stringify(this.#pointed.hover)) return false;
    this.set({ hover });
    return true;
  }

  now() {
    return this.#pointed;
  }
}
