/** What every key does, in one place that is always there. */

import { say } from "../words/say.js";
import { el, kbd } from "./dom.js";

/** Keys, and what they do. @type {readonly (readonly [readonly string[], string])[]} */
export const KEYMAP = [
  [["→"], say("keys.forward")],
  [["←"], say("keys.back")],
  [[say("keys.space")], say("keys.play")],
  [["1", "2", "3", "4"], say("keys.unit")],
  [["↑", "↓"], say("keys.example")],
  [[say("keys.pageup"), say("keys.pagedown")], say("keys.gates")],
  [["F"], say("keys.fold")],
  [["R"], say("keys.reset")],
  [["B"], say("bookmark.key")],
  [["Ctrl+Z", "Ctrl+Y"], say("undo.keys")],
  [["+", "−", "0"], say("keys.zoom")],
  [["⇧ ←", "⇧ →"], say("keys.pan")],
  [[say("keys.enter")], say("keys.enlarge")],
  [[say("keys.esc")], say("keys.escape")],
];

/** All of them. @returns {HTMLElement[]} */
export function keymap() {
  return [el("dl", { class: "keymap" }, ...KEYMAP.map(([keys, meaning]) => row(keys, meaning)))];
}

/** @param {readonly string[]} keys @param {string} meaning */
function row(keys, meaning) {
  return el("div", null, el("dt", null, ...keys.map((key) => kbd(key))), el("dd", null, meaning));
}
