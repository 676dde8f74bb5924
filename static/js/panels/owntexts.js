/**
 * Texts with what they are, line by line: sequences of characters to learn from.
 *
 * @import { BadLine } from "../state/labelled.js"
 * @import { Store } from "../state/store.js"
 * @import { Tab } from "./owndata.js"
 */

import { computed, signal } from "@preact/signals-core";
import { classesOf, LONGEST_TEXT, linesDataset, readLines, tokensOf, typedBefore } from "../state/labelled.js";
import { say } from "../words/say.js";
import { el, follow, text } from "./dom.js";
import { freshId } from "./fields.js";

const MOST_TOLD = 100;
/** What can be sent with every edit, and read between two frames. */
const LONGEST = 100_000;

/** @param {Store} store @returns {Tab} */
export function textsTab(store) {
  const typed = signal(typedBefore(store.spec.peek()));
  const read = computed(() => readLines(typed.value));
  const lines = () => read.value.lines;
  const classes = () => classesOf(lines()).length;
  const id = freshId("own-lines");
  const area = el("textarea", { class: "code own-paste", id, rows: 12, placeholder: say("own.lines.hint") });
  Object.assign(area, { spellcheck: false, maxLength: LONGEST, value: typed.peek() });
  area.addEventListener("input", () => {
    typed.value = area.value;
  });
  const found = () =>
    say("own.lines.found", { n: lines().length, classes: classes(), tokens: tokensOf(lines()).length });
  const bad = follow(el("ul", { class: "own-lines-bad" }), () =>
    read.value.bad.slice(0, MOST_TOLD).map((each) => el("li", null, reason(each))),
  );
  return {
    body: [
      el("label", { htmlFor: id }, say("own.lines")),
      area,
      el(
        "p",
        { class: "say", attributes: { "aria-live": "polite" } },
        text(() => (lines().length ? found() : "")),
      ),
      bad,
    ],
    needs: () =>
      classes() < 2
        ? null
        : { holds: "text", task: "classification", classes: classes(), tokens: 1 + tokensOf(lines()).length },
    dataset: () => linesDataset(lines()),
    label: () => (lines().length ? say("own.use.texts", { n: lines().length }) : say("own.use.none")),
    why: () => (lines().length ? say("own.two") : ""),
  };
}

/** @param {BadLine} bad */
function reason({ line, why }) {
  return say(`own.lines.bad.${why}`, { line, most: LONGEST_TEXT });
}
