/** What every key does, in one place that is always there. */

import { el, kbd } from "./dom.js";

/** Keys, and what they do. @type {readonly (readonly [readonly string[], string])[]} */
export const KEYMAP = [
  [["→"], "one step forward"],
  [["←"], "one step back"],
  [["space"], "play, pause"],
  [["1", "2", "3", "4"], "a step is an op, a layer, a batch, an epoch"],
  [["↑", "↓"], "follow another example"],
  [["PgUp", "PgDn"], "on the stage: from gate to gate of a recurrent layer"],
  [["F"], "fold the selected recurrent layer to a summary, unfold it again"],
  [["R"], "begin again with the same weights"],
  [["Enter"], "enlarge the feature map that is selected on the stage"],
  [["Esc"], "back to the network; clear the selection"],
];

/** All of them. @returns {HTMLElement[]} */
export function keymap() {
  return [el("dl", { class: "keymap" }, ...KEYMAP.map(([keys, meaning]) => row(keys, meaning)))];
}

/** @param {readonly string[]} keys @param {string} meaning */
function row(keys, meaning) {
  return el("div", null, el("dt", null, ...keys.map((key) => kbd(key))), el("dd", null, meaning));
}
