/**
 * One map enlarged over the whole stage. What draws it comes when a map is enlarged for the first time.
 *
 * @import { DrawCommand, Lens, Selection, Size, StageLayout, View } from "../types.js"
 */

/** @typedef {typeof import("../scene/lens.js")} Drawing */

export class Magnifier {
  /** @type {Lens | null} */
  #wanted = null;
  /** @type {Lens | null} */
  #lens = null;
  /** @type {Drawing | null} */
  #drawing = null;

  /** What is enlarged now; null while nothing is, or while its drawing is still on its way. @returns {Lens | null} */
  lens() {
    return this.#lens;
  }

  /** @param {Lens | null} lens @param {() => void} shown called when it is */
  async set(lens, shown) {
    this.#wanted = lens;
    if (lens) this.#drawing ??= await import("../scene/lens.js");
    this.#lens = this.#wanted;
    shown();
  }

  /**
   * The layout of the enlarged map; null if there is none.
   *
   * @param {StageLayout} base
   * @param {Size} size
   * @param {Selection | null} selection
   * @param {View["why"]} why
   * @returns {StageLayout | null}
   */
  layout(base, size, selection, why) {
    return this.#lens && this.#drawing ? this.#drawing.enlarged(base, this.#lens, size, selection, why) : null;
  }

  /** @param {View} view @returns {DrawCommand[] | null} */
  scene(view) {
    return view.lens && this.#drawing ? this.#drawing.lensScene(view) : null;
  }
}
