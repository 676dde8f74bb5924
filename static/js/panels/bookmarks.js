/**
 * The named points of time: go there, give them a name, take them away.
 *
 * @import { Bookmark } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { say } from "../words/say.js";
import { el, followEach } from "./dom.js";
import { watch } from "./lifetime.js";

/** @param {Store} store @param {Actions} actions */
export function bookmarkList(store, actions) {
  const none = el("p", { class: "say" }, say("bookmark.none"));
  watch(() => {
    none.hidden = store.bookmarks.value.length > 0;
  });
  const list = followEach(
    el("ul", { class: "bookmarks" }),
    () => [...store.bookmarks.value].sort((a, b) => a.step - b.step || a.op - b.op),
    ({ number, name }) => `${number} ${name}`,
    (bookmark) => row(store, actions, bookmark),
  );
  return [none, list];
}

/** @param {Store} store @param {Actions} actions @param {Bookmark} bookmark */
function row(store, actions, { number, name, step, op }) {
  const place = op ? say("bookmark.place.op", { step, op }) : say("bookmark.place", { step });
  const go = el("button", { class: "btn", type: "button", ariaLabel: say("bookmark.go", { place }) }, place);
  go.addEventListener("click", () => actions.visit(number));
  const field = el("input", {
    class: "number wide",
    type: "text",
    id: `bookmark-${number}`,
    value: name,
    maxLength: 80,
    placeholder: say("bookmark.unnamed"),
    ariaLabel: say("bookmark.name", { place }),
  });
  field.addEventListener("change", () => actions.renameBookmark(number, field.value.trim()));
  const gone = say("bookmark.remove", { place });
  const remove = el("button", { class: "tiny", type: "button", ariaLabel: gone, title: gone }, "×");
  remove.addEventListener("click", () => actions.removeBookmark(number));
  const elsewhere = el("span", { class: "say" }, say("bookmark.elsewhere"));
  watch(() => {
    elsewhere.hidden = store.bookmarks.value.find((each) => each.number === number)?.here ?? true;
  });
  watch(() => {
    for (const each of [go, field, remove]) each.disabled = !store.owner.value;
  });
  return el("li", null, go, field, elsewhere, remove);
}
