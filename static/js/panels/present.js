/** Dialogs that are made when they open and end when they close. */

import { scoped } from "./lifetime.js";

/** How the dialogs that are open end, by their class. @type {Map<string, () => void>} */
const ending = new Map();

/**
 * Fill a dialog and show it. When it closes it goes, with every effect that its content has started; so does one of the
 * same class that is still open.
 *
 * @param {HTMLDialogElement} dialog
 * @param {() => readonly (Node | string)[]} build
 * @param {Readonly<{ place?: HTMLElement | null, modal?: boolean, closed?: () => void }>} [options]
 */
export function present(dialog, build, { place = document.body, modal = true, closed } = {}) {
  const kind = dialog.className;
  ending.get(kind)?.();
  const [children, stop] = scoped(build);
  const end = () => {
    if (ending.get(kind) === end) ending.delete(kind);
    stop();
    dialog.remove();
  };
  ending.set(kind, end);
  dialog.append(...children);
  dialog.addEventListener("close", () => {
    end();
    closed?.();
  });
  place?.append(dialog);
  if (modal) dialog.showModal();
  else dialog.show();
}
