/**
 * Keys of the editor: they are about what is selected on the stage, and silent wherever one types.
 *
 * @import { Bench } from "./editor.js"
 */

import { layersOf } from "../state/chosen.js";
import { isTaken } from "./keyboard.js";

/** @param {Bench} bench @param {AbortSignal} signal */
export function listenToEditKeys(bench, signal) {
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || isTaken(event.key, event.target)) return;
      const act = actionOf(bench, event);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    { signal, capture: true }, // before the page's own keys: here Escape lets go of what is selected together
  );
  document.addEventListener("copy", (event) => copy(bench, event), { signal });
  document.addEventListener("paste", (event) => paste(bench, event), { signal });
}

/** @param {Bench} bench @param {KeyboardEvent} event @returns {(() => unknown) | null} */
function actionOf(bench, { key, ctrlKey, metaKey, shiftKey, altKey }) {
  const { commands, menu, store } = bench;
  const [first, ...others] = layersOf(commands.subjects());
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (key === "a") return commands.all;
    return key === "d" && first ? commands.duplicate : null;
  }
  if ((key === "F10" && shiftKey) || key === "ContextMenu") return () => menu.open(middleOf(bench));
  if (key === "Escape" && store.chosen.value.length) return () => bench.actions.choose([]);
  if (key === "F2" && first && !others.length) return () => menu.rename(first, middleOf(bench));
  return (key === "Delete" || key === "Backspace") && first ? commands.remove : null;
}

/** Where a menu stands that no pointer has asked for. @param {Bench} bench */
function middleOf({ canvas }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 3 };
}

/** Is something else meant: a marked text, or a field? @param {EventTarget | null} target */
function isElsewhere(target) {
  return isTaken("c", target) || !getSelection()?.isCollapsed;
}

/** @param {Bench} bench @param {ClipboardEvent} event */
function copy({ commands }, event) {
  if (isElsewhere(event.target)) return;
  const text = commands.copy();
  if (!text) return;
  event.clipboardData?.setData("text/plain", text);
  event.preventDefault();
}

/** @param {Bench} bench @param {ClipboardEvent} event */
function paste({ commands }, event) {
  if (isTaken("v", event.target)) return;
  event.preventDefault();
  commands.paste(event.clipboardData?.getData("text/plain") ?? "");
}
