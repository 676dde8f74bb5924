/**
 * What would be, in words and as a table: the twin of the ghosts on the stage.
 *
 * @import { Ghost, Supposed, WhatIfReply } from "../wire.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { number } from "./format.js";

/** One sentence. @param {Supposed} now */
export function toldOf({ answer }) {
  const change = answer?.changes[0];
  if (!answer || !change) return say("whatif.asking");
  const ends = { old: number(change.old), new: number(change.new) };
  if (answer.loss.old === null) return `${say("whatif.told.alone", ends)} ${say("whatif.loss.none")}.`;
  const loss = answer.in_batch ? say("whatif.loss") : say("whatif.loss.alone");
  return say("whatif.told", { ...ends, loss, before: number(answer.loss.old), after: number(answer.loss.new) });
}

/** Whether the answer is one to the number that is asked about (which the engine may have rounded). @param {Supposed} now */
export function isAnswered({ answer, value }) {
  const would = answer?.changes[0]?.new;
  return typeof would === "number" && value !== null && Math.abs(would - value) <= 1e-5 * Math.max(1, Math.abs(value));
}

/** Of each layer the unit that would move most. @param {WhatIfReply} answer */
export function movedTable({ nodes }) {
  const moved = Object.entries(nodes).filter(([, { largest }]) => largest !== null);
  if (moved.length === 0) return el("p", { class: "say" }, say("whatif.still"));
  const heads = [say("whatif.layer"), say("whatif.moves"), say("whatif.mostly")];
  return el(
    "table",
    { class: "terms", id: "what-if-moved" },
    el("thead", null, el("tr", null, ...heads.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", null, ...moved.map(([name, ghost]) => rowOf(name, ghost))),
  );
}

/** @param {string} name @param {Ghost} ghost */
function rowOf(name, { shape, moved, largest }) {
  const layer = name.replace(/\.a$/, "");
  const count = shape.reduce((product, size) => product * size, 1);
  const place = largest?.index.map((at) => at + 1).join(", ");
  const most = largest
    ? `[${place}] ${say("whatif.arrow", { old: number(largest.old, 3), new: number(largest.new, 3) })}`
    : "";
  return el(
    "tr",
    null,
    el("th", { scope: "row" }, layer),
    el("td", { class: "mono" }, say("whatif.of", { moved, count })),
    el("td", { class: "mono" }, most),
  );
}
