/**
 * How a notebook drives this very session, how others watch it, and how it is taken elsewhere.
 *
 * @import { File } from "./exports.js"
 * @import { Store } from "../state/store.js"
 */

import { addressOf } from "../state/opening.js";
import { el } from "./dom.js";
import { exportButtons, importField } from "./exports.js";

/**
 * @typedef {Object} Files
 * @property {(format: string) => Promise<File | null>} download the session as a file; null if that was refused
 * @property {(file: globalThis.File) => unknown} begin a new session from a file
 */

/**
 * @param {Store} store
 * @param {Files} files
 */
export function notebookPopover(store, { download, begin }) {
  const access = store.access.value;
  if (!access) return [el("p", null, "There is no session yet.")];
  const watching = access.viewerToken ?? (access.role === "viewer" ? access.token : null);
  return [
    el("h2", { class: "plain" }, "Drive this network from Python"),
    el("p", { class: "say" }, "The notebook and this page share one live network: a step here is a step there."),
    copyable("Python", snippet(location.origin, access.id, access.token)),
    el("p", { class: "say" }, access.role === "owner" ? OWNER_NOTE : VIEWER_NOTE),
    watching && el("h2", { class: "plain" }, "Let others watch"),
    watching && copyable("Link", addressOf(location.origin, access.id, watching)),
    el("h2", { class: "plain" }, "Take it with you"),
    exportButtons(download),
    el("h2", { class: "plain" }, "Bring it back"),
    importField(begin),
    el("p", { class: "say" }, "Session ", el("code", null, access.id)),
  ];
}

const OWNER_NOTE = "The token lets its holder change the network: give it only to those who may.";
const VIEWER_NOTE = "You are watching: this token can look, not change.";

/**
 * @param {string} origin
 * @param {string} id
 * @param {string} token
 * @returns {string}
 */
export function snippet(origin, id, token) {
  return [
    "from app.client import Deltaflow",
    "",
    `server = Deltaflow("${origin}")`,
    `session = server.join("${id}", "${token}")`,
    'session.step("op")',
    'print(session.explain("loss").text)',
  ].join("\n");
}

/** @param {string} label @param {string} content */
function copyable(label, content) {
  const area = el("textarea", {
    class: "code",
    readOnly: true,
    value: content,
    rows: content.split("\n").length,
    ariaLabel: label,
  });
  area.wrap = "off";
  area.spellcheck = false;
  const button = el("button", { class: "btn", type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    area.select();
    await navigator.clipboard?.writeText(content).catch(() => {});
    button.textContent = "Copied";
  });
  return el("div", { class: "copyable" }, area, button);
}
