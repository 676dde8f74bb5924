/**
 * What every key does, in one place that is always there.
 *
 * @import { Command } from "./commands.js"
 */

import { say } from "../words/say.js";
import { signsOf } from "./commands.js";
import { el, kbd } from "./dom.js";

/** Keys that mean something on the stage only, as the stage reads them. @type {readonly (readonly [readonly string[], string])[]} */
const ON_STAGE = [
  [["F2", "Del", "Ctrl+C", "Ctrl+V"], say("edit.keys")],
  [["⇧ F10"], say("edit.keys.several")],
  [[say("keys.enter")], say("keys.enlarge")],
  [[say("keys.pageup"), say("keys.pagedown")], say("keys.gates")],
];

/** @param {readonly Command[]} commands @returns {HTMLElement[]} */
export function keymap(commands) {
  const rows = commands
    .filter(({ keys }) => keys.length > 0)
    .map(({ keys, title }) => row(signsOf(keys[0] ?? ""), title));
  return [el("dl", { class: "keymap" }, ...rows, ...ON_STAGE.map(([keys, meaning]) => row(keys, meaning)))];
}

/** @param {readonly string[]} keys @param {string} meaning */
function row(keys, meaning) {
  return el("div", null, el("dt", null, ...keys.map((key) => kbd(key))), el("dd", null, meaning));
}
