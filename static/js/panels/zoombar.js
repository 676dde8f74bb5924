/**
 * At the stage's lower right corner: farther, how close one is, closer, everything.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { say } from "../words/say.js";
import { el, text } from "./dom.js";
import { watch } from "./lifetime.js";

/** @param {Store} store @param {Actions} actions */
export function zoomBar(store, actions) {
  /** @param {string} id @param {import("../state/store.js").Journey} to @param {string} title @param {...(Node | string)} words */
  const button = (id, to, title, ...words) => {
    const on = { click: () => actions.travel(to) };
    return el("button", { class: "btn", type: "button", id, title, attributes: { "aria-label": title }, on }, ...words);
  };
  const percent = () => String(store.outlook.value.percent);
  const actual = button(
    "zoom-actual",
    "actual",
    "",
    text(() => say("zoom.percent", { percent: percent() })),
  );
  watch(() => {
    const title = say("zoom.actual", { percent: percent() });
    actual.title = title;
    actual.setAttribute("aria-label", title);
  });
  return el(
    "div",
    { class: "zoom-bar", attributes: { role: "group", "aria-label": say("zoom.aria") } },
    button("zoom-out", "farther", say("zoom.out"), "−"),
    actual,
    button("zoom-in", "closer", say("zoom.in"), "+"),
    button("zoom-fit", "fit", say("zoom.fit"), "⤢"),
  );
}
