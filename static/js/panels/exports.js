/**
 * The session as a file for other programs.
 */

import { el } from "./dom.js";

/** What there is, in the words of who looks for it. @type {readonly { format: string, label: string, summary: string }[]} */
export const EXPORTS = [
  { format: "numpy", label: "Python", summary: "a script that repeats this step with numpy alone, formula by formula" },
  { format: "pytorch", label: "PyTorch", summary: "the network as a module with its weights, and the same step" },
  { format: "onnx", label: "ONNX", summary: "the network that answers, for any runtime" },
  { format: "json", label: "JSON", summary: "the whole session, to be opened again" },
  { format: "safetensors", label: "safetensors", summary: "the weights, with the network\u2019s description" },
  { format: "npz", label: "npz", summary: "the weights, for numpy.load" },
];

/** @typedef {{ name: string, content: Blob }} File */

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
  const input = el("input", { type: "file", id: "import-file", accept: ".json,.safetensors" });
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) begin(file);
    input.value = "";
  });
  return el(
    "label",
    { class: "import" },
    el("span", { class: "say" }, "A JSON or safetensors file of Deltaflow: "),
    input,
  );
}

/** Where the browser puts what is downloaded. @param {File} file */
function save({ name, content }) {
  const href = URL.createObjectURL(content);
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
