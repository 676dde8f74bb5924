/**
 * What the network says at each time step: the most likely symbol, how likely it is, and the one that was wanted.
 *
 * @import { Dataset, Frame, Graph } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { valuesOf } from "../scene/reading.js";
import { readTokens, visible } from "../scene/tokens.js";
import { saysSteps } from "../state/contents.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { number } from "./format.js";

/** @typedef {Readonly<{ t: number, read: string, said: string, share: number | null, wanted: string }>} SaidRow */

/**
 * Up to the end of the wanted text.
 *
 * @param {Dataset} dataset
 * @param {Graph} graph
 * @param {Frame | null} frame
 * @returns {readonly SaidRow[]}
 */
export function saidRows({ tokens = [], target_tokens: names = [] }, graph, frame) {
  const wanted = readTokens(frame, "target");
  const read = readTokens(frame, `${graph.layers[0]?.id ?? "input"}.a`);
  const mask = valuesOf(frame?.tensors.get("target.mask"));
  const values = valuesOf(frame?.tensors.get(graph.output));
  const steps = Math.max(wanted.length, 0);
  const width = values ? values.length / Math.max(1, steps) : 0;
  const name = (/** @type {readonly string[]} */ of, /** @type {number | undefined} */ token) =>
    token === undefined ? "" : visible(of[token] ?? "?");
  return wanted.flatMap((token, t) => {
    if (mask && mask[t] === 0) return [];
    const row = values?.subarray(t * width, (t + 1) * width);
    const best = row ? row.indexOf(Math.max(...row)) : undefined;
    const share = row && best !== undefined ? (row[best] ?? null) : null;
    return [
      {
        t,
        read: read.length === steps ? name(tokens, read[t]) : "",
        said: name(names, best),
        share,
        wanted: name(names, token),
      },
    ];
  });
}

/** @param {Store} store */
export function said(store) {
  return follow(
    el("div", {
      class: "steps-said",
      attributes: { tabindex: "0", role: "region", "aria-label": say("output.steps") },
    }),
    () => {
      const [dataset, graph, frame] = [store.dataset.value, store.graph.value, store.frame.value];
      if (!dataset || !graph || !saysSteps(dataset, graph)) return [];
      const rows = saidRows(dataset, graph, frame);
      const right = rows.filter(({ said: answer, wanted }) => answer === wanted).length;
      const verdict =
        rows.length === 0 || rows[0]?.share === null
          ? say("output.none")
          : say("output.symbols", { right, count: rows.length });
      // Without a softmax the largest number is no probability.
      const likely = graph.layers.at(-1)?.activation === "softmax" ? "p" : say("output.score");
      const head = [
        say("time.step"),
        ...(rows[0]?.read ? [say("time.reads")] : []),
        say("time.says"),
        likely,
        say("time.wanted"),
      ];
      return [
        el("p", { class: "verdict" }, verdict),
        el(
          "table",
          null,
          el("thead", null, el("tr", null, ...head.map((name) => el("th", { scope: "col" }, name)))),
          el("tbody", null, ...rows.map(line)),
        ),
      ];
    },
  );
}

/** @param {SaidRow} row */
function line({ t, read, said: answer, share, wanted }) {
  const word = share === null ? "" : answer === wanted ? "right" : "wrong";
  const cells = [
    el("td", { class: "mono" }, String(t)),
    ...(read ? [el("td", { class: "mono" }, read)] : []),
    el("td", { class: `mono ${word}` }, share === null ? "·" : `${answer}${word === "right" ? " ✓" : ""}`),
    el("td", { class: "mono" }, share === null ? "·" : number(share, 2)),
    el("td", { class: "mono" }, wanted),
  ];
  return el("tr", null, ...cells);
}
