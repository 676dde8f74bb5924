/**
 * Which network is laid out, in whose words, and which of its recurrent layers are folded.
 *
 * @import { Graph, Size, StageLayout } from "../types.js"
 * @import { Names } from "./options.js"
 */

import { layoutStage } from "../layout/layout.js";
import { Folds } from "./folds.js";
import { NO_NAMES } from "./options.js";

export class Arrangement {
  /** @type {Graph | null} */
  #graph = null;
  /** @type {Required<Names>} */
  #names = NO_NAMES;
  #folds = new Folds();

  /** @param {Graph | null} graph @param {Names | null} [names] */
  set(graph, names) {
    this.#graph = graph;
    this.#names = { ...NO_NAMES, ...names };
  }

  /** Show a layer's summary, or all of it again. @param {StageLayout | null} layout @param {string | null} layer all of them, if none is named */
  toggle(layout, layer) {
    return this.#folds.toggle(layout?.bands ?? [], layer);
  }

  /** @param {Size} size @returns {StageLayout | null} */
  layout({ width, height }) {
    const { features: names, ...words } = this.#names;
    const folded = this.#folds.folded();
    return this.#graph && layoutStage(this.#graph, { width, height, names, ...words, folded });
  }
}
