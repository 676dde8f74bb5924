/**
 * What is drawn only when one is near or asks: a map enlarged over the whole stage, the sums that units are, what would be. What
 * draws it comes when it is wanted for the first time.
 *
 * @import { DrawCommand, Lens, Selection, Size, StageLayout, View } from "../types.js"
 */

import { moment } from "../scene/now.js";
import { movingScene } from "../scene/scene.js";

/** @typedef {typeof import("../scene/lens.js")} Drawing */
/** @typedef {typeof import("../scene/sums.js")} Sums */

export class Magnifier {
  /** @type {Lens | null} */
  #wanted = null;
  /** @type {Lens | null} */
  #lens = null;
  /** @type {Drawing | null} */
  #drawing = null;
  /** @type {Promise<Sums> | null} */
  #coming = null;
  /** @type {Sums | null} */
  #sums = null;
  /** @type {typeof import("../scene/ghosts.js") | null} */
  #ghosts = null;

  /** @param {(cards: typeof import("../layout/cellcards.js")) => void} onCards told what places the card of a cell, when it has come */
  constructor(onCards = () => {}) {
    this.onCards = onCards;
  }

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

  /** What is written when one is near: the sums of units, the numbers in cells. @param {View} view @param {() => void} shown called when they can be drawn @returns {DrawCommand[]} */
  #sumsOf(view, shown) {
    if ((view.layout.scale ?? 1) <= 1) return [];
    if (this.#sums) return this.#sums.sums(view);
    this.#coming ??= import("../scene/sums.js");
    Promise.all([this.#coming, import("../layout/cellcards.js")]).then(([module, cards]) => {
      this.#sums = module;
      this.onCards(cards);
      shown();
    });
    return [];
  }

  /** What would be, if somebody asks. @param {View} view @param {() => void} shown called when it can be drawn @returns {DrawCommand[]} */
  #ghostsOf(view, shown) {
    if (!view.ghosts) return [];
    if (this.#ghosts) return this.#ghosts.ghosts(moment(view));
    import("../scene/ghosts.js").then((module) => {
      this.#ghosts = module;
      shown();
    });
    return [];
  }

  /** What moves: in the network, or in the map. @param {View} view @param {() => void} shown called when more can be drawn @returns {DrawCommand[]} */
  scene(view, shown) {
    if (view.lens && this.#drawing) return this.#drawing.lensScene(view);
    return [...movingScene(view), ...this.#ghostsOf(view, shown), ...this.#sumsOf(view, shown)];
  }
}
