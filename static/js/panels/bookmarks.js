/**
 * The named points of time: go there, give them a name, take them away.
 *
 * @import { Bookmark } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { say } from "../words/say.js";
import { el, follow } from "./dom.js";

/** @param {Store} store @param {Actions} actions */
export function bookmarkList(store, actions) {
  const list = follow(el("ul", { class: "bookmarks" }), () => {
    const all = [...store.bookmarks.value].sort((a, b) => a.step - b.step || a.op - b.op);
    if (all.length === 0) return [el("li", { class: "say" }, say("bookmark.none"))];
    return all.map((each) => row(store, actions, each));
  });
  return [list];
}

/** @param {Store} store @param {Actions} actions @param {Bookmark} bookmark */
function row(store, actions, { number, name, step, op, here }) {
  const place = op ? say("bookmark.place.op", { step, op }) : say("bookmark.place", { step });
  const disabled = !store.owner.value;
  const go = el("button", { class: "btn", type: "button", ariaLabel: say("bookmark.go", { place }), disabled }, place);
  go.addEventListener("click", () => actions.visit(number));
  const field = el("input", {
    type: "text",
    id: `bookmark-${number}`,
    value: name,
    maxLength: 80,
    placeholder: say("bookmark.unnamed"),
    ariaLabel: say("bookmark.name", { place }),
    disabled,
  });
  field.addEventListener("change", () => actions.renameBookmark(number, field.value.trim()));
  const gone = say("bookmark.remove", { place });
  const remove = el("button", { class: "tiny", type: "button", ariaLabel: gone, title: gone, disabled }, "×");
  remove.addEventListener("click", () => actions.removeBookmark(number));
  return el("li", null, go, field, here ? null : el("span", { class: "say" }, say("bookmark.elsewhere")), remove);
}
