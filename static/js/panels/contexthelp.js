/** What a panel shows and how it is read, in a few sentences, and where more stands. */

import { say } from "../words/say.js";
import { el } from "./dom.js";

/** Topic -> the page of the documentation that tells more. */
export const PAGES = /** @type {const} */ ({
  data: "how-to/use-your-own-data.md",
  training: "reference/optimizers.md",
  loss: "reference/ops.md#losses",
  gradients: "explanation/truth.md",
  time: "tutorials/through-time.md",
  matrices: "reference/layers.md",
  output: "tutorials/first-network.md",
  try: "how-to/ask-a-network-about-your-own-example.md",
  inspector: "reference/notation.md",
});

/** @typedef {keyof typeof PAGES} Topic */

/** @param {Topic} topic */
export function contextHelp(topic) {
  const more = el("a", { href: `/help/${PAGES[topic]}`, target: "_blank", rel: "noopener" }, say("help.more"));
  return [el("p", { class: "say" }, say(`help.${topic}`)), more];
}
