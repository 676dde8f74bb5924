/**
 * What the network says of the followed example: a bar for each class, the largest first to the eye, the right one marked.
 *
 * @import { Frame, Graph, Dataset } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { valuesOf } from "../scene/reading.js";
import { hasAnswers } from "../state/contents.js";
import { say } from "../words/say.js";
import { el, follow, sentence } from "./dom.js";
import { number } from "./format.js";

/** @param {Store} store */
export function answers(store) {
  return follow(el("div", { class: "answers" }), () => {
    const [dataset, graph, frame] = [store.dataset.value, store.graph.value, store.frame.value];
    if (!dataset || !graph || !hasAnswers(dataset, graph)) return [];
    const values = valuesOf(frame?.tensors.get(graph.output));
    const right = targetOf(frame);
    const best = values ? values.indexOf(Math.max(...values)) : -1;
    const rows = dataset.classes.map((name, at) => row(name, values?.[at] ?? null, at === best, at === right));
    return [
      el("p", { class: "verdict" }, ...verdict(dataset, frame, best, right)),
      el("ul", { class: "answer-bars" }, ...rows),
    ];
  });
}

/** @param {Frame | null} frame @returns {number} */
function targetOf(frame) {
  const target = frame?.example?.target ?? [];
  return target.length > 1 ? target.indexOf(Math.max(...target)) : Number(target[0] ?? -1);
}

/** @param {Dataset} dataset @param {Frame | null} frame @param {number} best @param {number} right */
function verdict(dataset, frame, best, right) {
  const example = frame?.example;
  if (example?.own && right < 0)
    return sentence("output.own.says", { answer: el("b", null, dataset.classes[best] ?? "?") });
  const name = example?.own ? say("output.own") : say("output.example", { place: (example?.example ?? 0) + 1 });
  const which = example ? say("output.is", { name, answer: dataset.classes[right] ?? "?" }) : "";
  if (best < 0) return [say("output.missing", { which })];
  const word = best === right ? "right" : "wrong";
  const told = `${dataset.classes[best] ?? "?"}, ${say(`output.${word}`)}`;
  return sentence("output.says", { which: which, answer: el("b", { class: `verdict-${word}` }, told) });
}

/** @param {string} name @param {number | null} value @param {boolean} best @param {boolean} right */
function row(name, value, best, right) {
  const share = Math.min(1, Math.max(0, value ?? 0));
  const bar = el("span", { class: "answer-fill", attributes: { "aria-hidden": "true" } });
  bar.style.setProperty("--share", String(share));
  const classes = ["answer-row", ...(best ? ["best"] : []), ...(right ? ["target"] : [])].join(" ");
  const words = value === null ? "·" : number(value, 3);
  return el(
    "li",
    { class: classes },
    el("span", { class: "answer-name" }, name),
    el("span", { class: "answer-track" }, bar),
    el("span", { class: "mono answer-value" }, words),
    right
      ? el("span", { class: "answer-mark", title: say("output.target") }, "✓")
      : el("span", { class: "answer-mark" }, ""),
  );
}
