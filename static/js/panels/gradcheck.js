/**
 * "Check this gradient": backprop's number beside the one from nudging the weight up and down and looking at the loss.
 *
 * Both are of the step that is shown, at the weights that its forward pass used: the number above the button.
 *
 * @import { Gradcheck } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { messageOf } from "../net/problem.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { exact, number } from "./format.js";
import { watch } from "./lifetime.js";

const AGREES = 1e-3;

/**
 * The answer holds for the weights that it was found with: every move and every edit takes it away.
 *
 * @param {Store} store
 * @param {Actions} actions
 * @param {string} name
 * @param {readonly number[]} index
 */
export function gradientCheck(store, actions, name, index) {
  const result = el("div", { class: "check", attributes: { "aria-live": "polite" } });
  const button = el("button", { class: "btn", type: "button", id: "check-gradient" }, say("inspector.check"));
  let era = 0;
  watch(() => {
    void [store.spec.value, store.position.value];
    era += 1;
    result.replaceChildren();
  });
  button.addEventListener("click", async () => {
    // Not disabled: that would take the focus from it.
    if (button.ariaBusy === "true") return;
    const asked = era;
    button.ariaBusy = "true";
    const answer = await actions
      .checkGradient(name, index)
      .then(report, (error) => el("p", { class: "objection" }, messageOf(error)));
    button.ariaBusy = "false";
    if (asked !== era) return;
    result.replaceChildren(answer);
    result.scrollIntoView({ block: "nearest" });
  });
  return el("div", { class: "checker" }, button, result);
}

/** @param {Gradcheck} row */
function report({ analytic, numeric, relative_error: error, at_step: step }) {
  const agrees = error < AGREES;
  const rows = [
    [say("inspector.analytic"), exact(analytic)],
    [say("inspector.numeric"), exact(numeric)],
  ];
  const verdict = el(
    "tr",
    { class: agrees ? "good" : "bad" },
    el("th", { scope: "row" }, agrees ? say("inspector.agree") : say("inspector.differ")),
    el("td", { class: "mono" }, say("inspector.error", { error: number(error, 2) })),
  );
  const lines = rows.map(([name = "", value = ""]) =>
    el("tr", null, el("th", { scope: "row" }, name), el("td", { class: "mono" }, value)),
  );
  return el(
    "table",
    { class: "terms" },
    el("caption", null, say("inspector.checked", { step })),
    el("tbody", null, ...lines, verdict),
  );
}
