/**
 * What the network imagines: the picture that excites a class most, found by gradient ascent on the pixels.
 *
 * @import { Dataset } from "../types.js"
 * @import { Ascended } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { el, text } from "./dom.js";
import { selectField } from "./fields.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";
import { paint } from "./samples.js";

const STEPS = 200;

/** @param {Store} store @param {Actions} actions @param {Dataset} dataset */
export function dream(store, actions, dataset) {
  const wanted = signal(dataset.classes[0] ?? "");
  const found = signal(/** @type {Ascended | null} */ (null));
  const which = selectField({
    options: () => dataset.classes.map((name) => ({ value: name, label: name })),
    value: () => wanted.value,
    onChange: (name) => {
      wanted.value = name;
    },
    label: say("try.which"),
  });
  const button = el("button", { class: "btn", type: "button", id: "imagine" }, say("try.imagine"));
  button.addEventListener("click", async () => {
    const output = store.graph.value?.layers.at(-1);
    const index = [dataset.classes.indexOf(wanted.value)];
    const node = output?.nodes.find((name) => name.endsWith(".z")) ?? store.graph.value?.output ?? "";
    found.value = await actions.ascend({ node, index, steps: STEPS, learning_rate: 0.05, l2: 0.05, start: "noise" });
  });
  const canvas = el("canvas", { class: "given", attributes: { role: "img" } });
  watch(() => {
    void store.look.value;
    canvas.hidden = !found.value;
    if (found.value) paint(canvas, found.value.input, 1);
    canvas.ariaLabel = say("try.excites", { name: wanted.value });
  });
  const words = el("p", { class: "say" });
  words.append(text(() => told(found.value)));
  return el("div", { class: "dream" }, el("div", { class: "dream-row" }, button, which), canvas, words);
}

/** @param {Ascended | null} found */
function told(found) {
  if (!found) return "";
  const [first, last] = [found.values[0] ?? 0, found.values.at(-1) ?? 0];
  return say("try.climbed", { steps: found.values.length - 1, first: number(first, 3), last: number(last, 3) });
}
