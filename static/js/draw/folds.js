/**
 * Recurrent layers of which only a summary is shown.
 *
 * @import { Band } from "../types.js"
 */

export class Folds {
  /** @type {ReadonlySet<string>} */
  #folded = new Set();

  folded() {
    return this.#folded;
  }

  /**
   * Fold a layer, or unfold it again.
   *
   * @param {readonly Band[]} bands
   * @param {string | null} layer all of them, if none is named
   * @returns {boolean} whether there was anything to fold
   */
  toggle(bands, layer) {
    const foldable = bands.filter((band) => band.foldable).map((band) => band.layer);
    const wanted = layer === null ? foldable : foldable.filter((id) => id === layer);
    const unfold = wanted.every((id) => this.#folded.has(id));
    const kept = [...this.#folded].filter((id) => !wanted.includes(id));
    this.#folded = new Set(unfold ? kept : [...kept, ...wanted]);
    return wanted.length > 0;
  }
}
