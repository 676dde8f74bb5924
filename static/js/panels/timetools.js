/**
 * Beside the line of time: its zoom, bookmarks, and the fork.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { say } from "../words/say.js";
import { el, svg } from "./dom.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { popover } from "./popover.js";

const bookmarkList = lazily(() => import("./bookmarks.js"));
const FLAG = "M4 14V2h9l-2.5 3.5L13 9H4";
const FORK = "M3 13V8c0-3 3-2 5-3.5S10 2 13 2M3 8c0 2 4 1 6 2s2 2 4 2";

/**
 * @param {Store} store
 * @param {Actions & { fork?: () => unknown }} actions
 * @param {{ zoom: (factor: number) => void }} view
 */
export function timeTools(store, actions, { zoom }) {
  const nearer = tool("+", say("timeline.nearer"), () => zoom(0.5));
  const farther = tool("−", say("timeline.farther"), () => zoom(2));
  const whole = tool("↔", say("timeline.whole"), () => {
    store.span.value = null;
  });
  watch(() => {
    farther.disabled = whole.disabled = store.span.value === null;
  });
  const mark = tool(drawn(FLAG), say("bookmark.add"), () => actions.addBookmark());
  mark.id = "bookmark";
  const list = tool("▾", say("bookmark.list"), () => {});
  list.id = "bookmarks";
  const fork = tool(drawn(FORK), say("fork.make"), () => actions.fork?.());
  fork.id = "fork";
  fork.title = say("fork.title");
  fork.append(el("span", null, say("fork.make")));
  watch(() => {
    mark.disabled = !store.owner.value || !store.ready.value;
    fork.disabled = !store.ready.value;
  });
  return el(
    "div",
    { class: "time-tools" },
    farther,
    nearer,
    whole,
    mark,
    list,
    popover(list, say("bookmark.list"), () => bookmarkList.now()?.bookmarkList(store, actions) ?? [], "", bookmarkList),
    fork,
  );
}

/** @param {string | Node} sign @param {string} label @param {() => void} act */
function tool(sign, label, act) {
  return el("button", { class: "btn tool", type: "button", ariaLabel: label, title: label, on: { click: act } }, sign);
}

/** @param {string} d */
function drawn(d) {
  const path = svg("path", { d, fill: "none" });
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, path);
}
