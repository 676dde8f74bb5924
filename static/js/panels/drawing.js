/**
 * An example that is drawn by hand, what the network gets of it, and what the network imagines itself.
 *
 * @import { Dataset } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Trial } from "./try.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { createPad } from "./pad.js";

export { dream } from "./dream.js";

/** @param {Store} store @param {Trial} trial @param {Dataset} dataset */
export function drawn(store, trial, dataset) {
  const size = /** @type {any} */ (dataset.train.raw[0])?.[0]?.length ?? 8;
  const pad = createPad(
    () => size,
    (image) => {
      trial.given.value = image.some((row) => row.some(Boolean)) ? { inputs: [image] } : null;
    },
    trial.strength,
    store.look,
  );
  const clear = el("button", { class: "btn", type: "button", id: "clear-pad" }, say("try.clear"));
  clear.addEventListener("click", () => {
    pad.clear();
    trial.given.value = null;
    trial.strength.value = null;
  });
  const side = el("div", { class: "pad-side" }, pad.given, el("span", { class: "mono" }, `${size} × ${size}`), clear);
  return [el("div", { class: "pads" }, pad.sheet, side)];
}
