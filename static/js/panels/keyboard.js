/**
 * Keys that work everywhere on the page, except where one types.
 *
 * @import { Store } from "../state/store.js"
 * @import { Command } from "./commands.js"
 */

import { commandOf } from "./commands.js";

/** The keys that move a slider; it has no text, so Ctrl+Z is not about what is in it. */
const MOVES = /^(Arrow|Page|Home$|End$)/;

/**
 * Does the element need this key itself? A button needs the space bar, a field everything, a slider its arrows.
 *
 * @param {string} key
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
export function isTaken(key, target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("[popover]:popover-open, dialog")) return true;
  // What stands behind an open dialog is out of reach, also when nothing in the dialog has the focus.
  if (document.querySelector("dialog:modal")) return true;
  // The browser closes a popover by it, wherever the focus is.
  if (key === "Escape" && document.querySelector("[popover]:popover-open")) return true;
  if (target instanceof HTMLInputElement && target.type === "range") return MOVES.test(key);
  if (target instanceof HTMLInputElement) return target.type !== "radio" || key.startsWith("Arrow") || key === " ";
  if (target.matches("select, textarea, [contenteditable]")) return true;
  if (target.matches("button, a, summary, [role=button]")) return key === " ";
  return false;
}

/**
 * After a click, the keys belong to the page again; whoever came by the keyboard stays where they are.
 *
 * @param {string} kinds selector of what gives the focus back
 */
function release(kinds) {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused.matches(":focus-visible") || focused.closest("[popover], dialog"))
    return;
  if (focused.matches(kinds)) focused.blur();
}

/** @param {Store} store @param {readonly Command[]} commands */
export function listenToKeys(store, commands) {
  // That the focus can be seen says it too, but not yet where a popover has just handed it back.
  let byPointer = false;
  for (const kind of ["pointerdown", "keydown"])
    document.addEventListener(
      kind,
      () => {
        byPointer = kind === "pointerdown";
      },
      { capture: true },
    );
  document.addEventListener(
    "click",
    () => byPointer && release("button, summary, input[type=radio], input[type=range]"),
  );
  document.addEventListener("change", () => byPointer && release("select"));
  document.addEventListener("keydown", (event) => {
    // What is about to open gets the keys that are typed for it.
    if (store.dialog.value) return;
    const command = event.defaultPrevented || event.altKey ? null : commandOf(commands, event);
    if (!command || (command.owner && !store.owner.value)) return;
    // A field's keys are its own, but no field needs Ctrl+K.
    const everywhere = command.id === "palette";
    if (!everywhere && isTaken(event.key, event.target)) return;
    event.preventDefault();
    command.run();
  });
}
