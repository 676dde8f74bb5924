/**
 * What a gradient says of the loss, beside what is measured.
 *
 * @import { EffectReply, Move } from "../wire.js"
 */

import { say } from "../words/say.js";
import { el, text } from "./dom.js";
import { number, signed } from "./format.js";

/** 0.01 more → loss +0.0031 (gradient says +0.0030), and of which weight, if the update has made another of it. @param {EffectReply} found */
export function effectWords({ nudge, value, present }) {
  const words = nudgeWords(nudge);
  return present === value ? words : say("whatif.at", { used: number(value), words });
}

/** @param {Move} move */
function nudgeWords({ by, predicted, measured }) {
  const values = { by: number(by), measured: signed(measured, 3) };
  if (predicted === null) return say("whatif.effect.unknown", values);
  return say("whatif.effect", { ...values, predicted: signed(predicted, 3) });
}

/** Under the button: what a nudge of the selected weight would do. @param {import("./whatif.js").Asked} asked */
export function effectLine({ nudge }) {
  return el(
    "p",
    { class: "say mono", id: "effect" },
    text(() => (nudge.value ? effectWords(nudge.value) : "")),
  );
}

/** @param {EffectReply} found */
export function effectTable({ nudge, delta, step, value, present }) {
  const rows = [
    rowOf(say("whatif.nudge", { by: number(nudge.by) }), nudge),
    delta && rowOf(say("whatif.delta", { by: signed(delta.by, 3) }), delta),
    step && rowOf(say("whatif.step"), step),
  ];
  const heads = [say("whatif.move"), say("whatif.says"), say("whatif.measured")];
  const table = el(
    "table",
    { class: "terms" },
    el("caption", null, say("whatif.effects")),
    el("thead", null, el("tr", null, ...heads.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", null, ...rows),
  );
  const moved =
    present !== value &&
    el("p", { class: "say" }, say("whatif.used", { used: number(value), present: number(present) }));
  return el("div", null, table, moved);
}

/** @param {string} name @param {Move} move */
function rowOf(name, { predicted, measured }) {
  const cells = [signed(predicted, 3), signed(measured, 3)];
  return el("tr", null, el("th", { scope: "row" }, name), ...cells.map((cell) => el("td", { class: "mono" }, cell)));
}
