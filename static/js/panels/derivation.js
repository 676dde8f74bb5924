/**
 * A derivation, to be taken along as LaTeX.
 *
 * @import { Explanation } from "../wire.js"
 * @import { Store } from "../state/store.js"
 */

import { titleOf } from "../state/names.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { copyButton, fileStem, save } from "./files.js";

/** @param {Store} store @param {Explanation} explanation */
export function takeAlong(store, explanation) {
  const origin = () => {
    const { step, op } = store.position.value;
    return say("share.description", { name: titleOf(store), step, op, sentence: "" }).trim();
  };
  const latex = () => import("../state/latex.js");
  const copy = copyButton(say("share.latex"), async () => (await latex()).latexOf(explanation, origin()));
  copy.id = "copy-latex";
  const download = async () => {
    const content = new Blob([(await latex()).texFileOf(explanation, origin())], { type: "application/x-tex" });
    save({ name: `${fileStem(`${explanation.node} ${explanation.quantity}`)}.tex`, content });
  };
  const file = el(
    "button",
    { class: "btn", type: "button", id: "save-tex", title: say("share.latex.title"), on: { click: download } },
    say("share.latex.file"),
  );
  return el("div", { class: "take-along", data: { control: "inspector.latex" } }, copy, file);
}
