/**
 * How a notebook drives this very session, how others watch it, and how it is taken elsewhere.
 *
 * @import { File } from "./exports.js"
 * @import { Store } from "../state/store.js"
 */

import { addressOf } from "../state/opening.js";
import { say } from "../words/say.js";
import { el, sentence } from "./dom.js";
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
  if (!access) return [el("p", null, say("notebook.nosession"))];
  const watching = access.viewerToken ?? (access.role === "viewer" ? access.token : null);
  return [
    el("h2", { class: "plain" }, say("notebook.drive")),
    el("p", { class: "say" }, say("notebook.shared")),
    copyable("Python", snippet(location.origin, access.id, access.token)),
    el("p", { class: "say" }, access.role === "owner" ? OWNER_NOTE : VIEWER_NOTE),
    watching && el("h2", { class: "plain" }, say("notebook.watch")),
    watching && copyable(say("notebook.link"), addressOf(location.origin, access.id, watching)),
    el("h2", { class: "plain" }, say("notebook.take")),
    exportButtons(download),
    el("h2", { class: "plain" }, say("notebook.bring")),
    importField(begin),
    el("p", { class: "say" }, ...sentence("notebook.session", { id: el("code", null, access.id) })),
  ];
}

const OWNER_NOTE = say("notebook.owner");
const VIEWER_NOTE = say("notebook.viewer");

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
  const button = el("button", { class: "btn", type: "button" }, say("notebook.copy"));
  button.addEventListener("click", async () => {
    area.select();
    await navigator.clipboard?.writeText(content).catch(() => {});
    button.textContent = say("notebook.copied");
  });
  return el("div", { class: "copyable" }, area, button);
}
