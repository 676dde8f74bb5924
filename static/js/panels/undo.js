/**
 * Undo and redo, beside the story's name: what each would do stands in its title.
 *
 * @import { Store } from "../state/store.js"
 */

import { turnWords } from "../state/deeds.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { watch } from "./lifetime.js";

/** @param {Store} store @param {Readonly<Record<"undo" | "redo", () => unknown>>} actions */
export function undoButtons(store, actions) {
  return el(
    "span",
    { class: "turns" },
    turnButton(store, "undo", actions.undo),
    turnButton(store, "redo", actions.redo),
  );
}

/** @param {Store} store @param {"undo" | "redo"} way @param {() => unknown} act */
function turnButton(store, way, act) {
  const button = el("button", { class: "btn square", type: "button", id: way }, icon(way));
  button.addEventListener("click", act);
  watch(() => {
    const turn = store.undoable.value[way];
    const nothing = say(way === "undo" ? "undo.nothing" : "undo.nothing.redo");
    button.title = turn ? say(`undo.${way}`, { deed: turnWords(turn, store.position.value.step) }) : nothing;
    button.ariaLabel = button.title;
    button.disabled = !turn || !store.owner.value;
  });
  return button;
}
