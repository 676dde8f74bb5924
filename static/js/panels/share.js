/**
 * The dialog from which things are taken along: a link to this very point, a picture, an animation. It comes when it is
 * first opened.
 *
 * @import { Recipe } from "../wire.js"
 * @import { Store } from "../state/store.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { loadStyles } from "./formula.js";
import { present } from "./present.js";
import { filmPart } from "./sharefilm.js";
import { linkPart } from "./sharelink.js";
import { picturePart } from "./sharepicture.js";

/**
 * @typedef {Object} Sharing
 * @property {() => Promise<Recipe>} recipe
 * @property {() => Promise<string | null>} freeze the id of a frozen copy; null if it was refused, which is told
 * @property {(step: number, op: number) => unknown} seek
 * @property {(direction: "forward" | "back", unit?: import("../types.js").StepUnit) => unknown} step
 */

let styled = false;

/** @param {Store} store @param {Sharing} acts */
export async function openShare(store, acts) {
  if (!styled) await loadStyles("share");
  styled = true;
  const close = el("button", { class: "tiny", type: "button", ariaLabel: say("share.close") }, "×");
  const head = el("h2", { class: "plain", id: "share-title" }, say("share.title"));
  const dialog = el("dialog", { class: "share", attributes: { "aria-labelledby": "share-title" } });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  present(dialog, () => [
    el("div", { class: "share-head" }, head, close),
    linkPart(store, acts),
    picturePart(store),
    filmPart(store, acts),
  ]);
}
