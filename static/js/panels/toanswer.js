/**
 * Where the window is narrow, the answer stands below the fold: a pill at its edge says what was asked, and leads there.
 *
 * @import { Store } from "../state/store.js"
 */

import { signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { el, text } from "./dom.js";
import { watch } from "./lifetime.js";

/** @param {Store} store @param {HTMLElement} panel where the answer stands */
export function toAnswer(store, panel) {
  const seen = signal(true);
  const eye = new IntersectionObserver((entries) => {
    seen.value = entries.at(-1)?.isIntersecting ?? true;
  });
  eye.observe(panel);
  const question = text(() => store.why.value.explanation?.question ?? say("inspector.why"));
  const pill = el("button", { class: "btn to-answer", type: "button", id: "to-answer" }, question, " ↓");
  pill.addEventListener("click", () => {
    panel.scrollIntoView({ block: "start" });
    panel.focus({ preventScroll: true });
  });
  watch(() => {
    pill.hidden = seen.value || !store.selection.value;
  });
  watch(() => () => eye.disconnect());
  return pill;
}
