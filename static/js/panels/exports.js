/**
 * The session as a file for other programs.
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { fileButton, save } from "./files.js";

/** What there is, in the words of who looks for it. @type {readonly { format: string, label: string, summary: string }[]} */
const EXPORTS = [
  { format: "numpy", label: "Python", summary: say("notebook.numpy") },
  { format: "pytorch", label: "PyTorch", summary: say("notebook.pytorch") },
  { format: "onnx", label: "ONNX", summary: say("notebook.onnx") },
  { format: "json", label: "JSON", summary: say("notebook.json") },
  { format: "safetensors", label: "safetensors", summary: say("notebook.safetensors") },
  { format: "npz", label: "npz", summary: say("notebook.npz") },
];

/** @typedef {import("./files.js").File} File */

/**
 * A button for each format.
 *
 * @param {(format: string) => Promise<File | null>} get the file; null if that was refused
 */
export function exportButtons(get) {
  const rows = EXPORTS.map(({ format, label, summary }) => {
    const button = el("button", { class: "story", type: "button" }, el("b", null, label), el("span", null, summary));
    button.addEventListener("click", async () => {
      const file = await get(format);
      if (file) save(file);
    });
    return el("li", null, button);
  });
  return el("ul", { class: "stories" }, ...rows);
}

/**
 * A session that was taken along goes on in a new one; the one on the page lives on under its own address.
 *
 * @param {(file: globalThis.File) => unknown} begin
 */
export function importField(begin) {
  return el(
    "div",
    { class: "import" },
    el("p", { class: "say" }, say("notebook.import")),
    fileButton("import-file", ".json,.safetensors", begin),
  );
}
