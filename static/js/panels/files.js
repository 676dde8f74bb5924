/**
 * What leaves the page and what comes to it: files, and text for the clipboard.
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";

/** @typedef {{ name: string, content: Blob }} File */

/** Where the browser puts what is downloaded. @param {File} file */
export function save({ name, content }) {
  const href = URL.createObjectURL(content);
  el("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** "Apples vs oranges" -> "apples-vs-oranges" @param {string} name */
export function fileStem(name) {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "deltaflow"
  );
}

/**
 * A button that copies text, and says so.
 *
 * @param {string} label
 * @param {() => string | Promise<string>} content
 * @param {() => void} [select] marks the text where it stands, for browsers that refuse the clipboard
 */
export function copyButton(label, content, select = () => {}) {
  const button = el("button", { class: "btn", type: "button" }, label);
  button.addEventListener("click", async () => {
    select();
    await navigator.clipboard?.writeText(await content()).catch(() => {});
    button.textContent = say("share.copied");
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
  return button;
}

/**
 * A button that asks for a file. The browser's own field lies upon it, unseen: it speaks its own language and looks its own way.
 *
 * @param {string} id
 * @param {string} accept
 * @param {(file: globalThis.File) => unknown} take
 */
export function fileButton(id, accept, take) {
  const input = el("input", { type: "file", id, accept });
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) take(file);
    input.value = ""; // so that the same file can be chosen again
  });
  return el("label", { class: "btn file" }, say("own.file"), " …", input);
}
