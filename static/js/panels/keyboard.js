/**
 * Keys that work everywhere on the page, except where one types.
 *
 * @import { StepUnit } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { isHidden } from "./controls.js";

/** @type {readonly StepUnit[]} */
const UNITS = ["op", "layer", "batch", "epoch"];

/** Keys that move the camera. @type {Readonly<Record<string, import("../state/store.js").Journey>>} */
const JOURNEYS = {
  ...{ "+": "closer", "=": "closer", "-": "farther", "−": "farther", 0: "fit" },
  ...{ "Shift+ArrowLeft": "left", "Shift+ArrowRight": "right", "Shift+ArrowUp": "up", "Shift+ArrowDown": "down" },
};

/** The button whose work a key does: where it is hidden, the key does nothing. @type {Readonly<Record<string, import("./controls.js").Control>>} */
const CONTROL_OF = {
  ...{ 1: "transport.unit", 2: "transport.unit", 3: "transport.unit", 4: "transport.unit", " ": "transport.play" },
  ...{ ArrowRight: "transport.step", ArrowLeft: "transport.back", r: "transport.reset", R: "transport.reset" },
};

/**
 * What a key means, or null.
 *
 * @param {string} key
 * @param {Store} store
 * @param {Actions} actions
 * @param {boolean} [shift]
 * @returns {(() => void) | null}
 */
export function actionOf(key, store, actions, shift = false) {
  const unit = UNITS[Number(key) - 1];
  const journey = JOURNEYS[shift ? `Shift+${key}` : key] ?? JOURNEYS[key];
  if (journey) return () => actions.travel(journey);
  if (key === "Escape") return actions.leave;
  if (key === "ArrowUp") return () => actions.nextExample(-1);
  if (key === "ArrowDown") return () => actions.nextExample(1);
  if (key === "f" || key === "F") return actions.fold;
  if (!store.owner.value || isHidden(CONTROL_OF[key] ?? "transport")) return null;
  if (unit) return () => actions.setUnit(unit);
  if (key === "b" || key === "B") return () => actions.addBookmark();
  if (key === " ") return actions.toggle;
  if (key === "ArrowRight") return () => actions.step("forward");
  if (key === "ArrowLeft") return () => actions.step("back");
  if (key === "r" || key === "R") return () => actions.reset();
  return null;
}

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

/**
 * Undo or redo, if that is what is pressed and there is something.
 *
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} event
 * @param {Store} store
 * @param {Pick<Actions, "undo" | "redo">} actions
 * @returns {(() => unknown) | null}
 */
export function turnOf({ key, ctrlKey, metaKey, altKey, shiftKey }, store, actions) {
  const letter = key.toLowerCase();
  if (!(ctrlKey || metaKey) || altKey || !store.owner.value || !(letter === "z" || letter === "y")) return null;
  const way = letter === "y" || shiftKey ? "redo" : "undo";
  return store.undoable.value[way] ? actions[way] : () => {};
}

/** @param {Store} store @param {Actions} actions */
export function listenToKeys(store, actions) {
  document.addEventListener("click", () => release("button, summary, input[type=radio], input[type=range]"));
  document.addEventListener("change", () => release("select"));
  document.addEventListener("keydown", (event) => {
    const turn = turnOf(event, store, actions);
    if (turn && !event.defaultPrevented && !isTaken(event.key, event.target)) {
      event.preventDefault();
      turn();
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.key, event.target))
      return;
    const act = actionOf(event.key, store, actions, event.shiftKey);
    if (!act) return;
    event.preventDefault();
    act();
  });
}
