/**
 * Which panel stands where. The stage and its buttons come first, what stands around them when there is something to see.
 *
 * @import { Store } from "../state/store.js"
 * @import { Acts } from "./around.js"
 */

import { LOOK } from "../state/address.js";
import { say } from "../words/say.js";
import { isHidden } from "./controls.js";
import { dialogs } from "./dialogs.js";
import { el, follow } from "./dom.js";
import { header } from "./header.js";
import { afterwards, lazily } from "./lazily.js";
import { connectionBanner, divergedBanner, progress, toasts, warnings } from "./notices.js";
import { stages } from "./stages.js";
import { transport } from "./transport.js";

const openOut = lazily(() => import("./openout.js"));

/**
 * @param {Store} store
 * @param {Acts} actions
 * @param {import("./stage.js").CreateStage} createStage
 * @param {readonly import("./commands.js").Command[]} commands
 * @returns {HTMLElement[]}
 */
export function buildPage(store, actions, createStage, commands) {
  const left = el("aside", { class: "column left", attributes: { "aria-label": say("header.left") } });
  const bar = el("div", { class: "bar" });
  const below = el("div", { class: isHidden("drawer") ? "sometimes" : "below" });
  const middle = el(
    "main",
    { class: "middle" },
    bar,
    warnings(store),
    divergedBanner(store, actions),
    stages(store, actions, createStage),
    LOOK.embedded && follow(el("div", { class: "sometimes" }), () => [openOut.now()?.openOut(store)]),
    transport(store, actions),
    below,
  );
  const right = el("aside", { class: "column right", attributes: { "aria-label": say("header.right") } });
  const places = { bar, below, left, right };
  afterwards(
    store,
    () => import("./around.js"),
    ({ fillAround }) => fillAround(store, actions, places),
  );
  return [
    skipLink(),
    progress(store),
    header(store, actions),
    connectionBanner(store, actions),
    left,
    middle,
    right,
    toasts(store),
    ...dialogs(store, actions, commands),
  ];
}

/** Past the header and what is set up, to the stage. */
function skipLink() {
  const link = el("a", { class: "skip", href: "#stage" }, say("header.skip"));
  link.addEventListener("click", (event) => {
    // What stands behind the # of this page's address is the session's.
    event.preventDefault();
    document.getElementById("stage")?.focus();
  });
  return link;
}
