/**
 * The names by which parts of the page are hidden from its address: `?hide=training,data.noise`. They are documented and
 * stay as they are (docs/reference/url.md).
 */

import { LOOK } from "../state/address.js";

/** Name -> where it is, if it does not carry its name in data-control. */
export const CONTROLS = Object.freeze({
  header: "header.top",
  "header.presets": "header.top .title",
  "header.about": "header.top .crumb",
  "header.undo": "header.top .turns",
  "header.level": "header.top .segment",
  "header.search": "#search",
  "header.help": "#help",
  "header.notebook": "",
  "header.share": "",
  "header.appearance": "#appearance",
  left: "aside.left",
  data: "",
  "data.own": "#own-data",
  "data.noise": "",
  "data.size": "",
  "data.test_fraction": "",
  "data.features": "aside.left .chips",
  training: "",
  "training.loss": "",
  "training.optimizer": "",
  "training.learning_rate": "",
  "training.batch_size": "",
  "training.seed": "",
  "training.more": "aside.left details.more",
  loss: "",
  gradients: "",
  time: "",
  matrices: "",
  layers: "main > .bar",
  "layers.add": ".adder",
  "stage.table": ".table-button",
  "stage.zoom": ".zoom-bar",
  transport: "section.transport",
  "transport.ribbon": ".ribbon",
  "transport.timeline": ".time-place",
  "transport.bookmarks": "#bookmark, #bookmarks",
  "transport.fork": "#fork",
  "transport.reset": "",
  "transport.back": "",
  "transport.step": "#step",
  "transport.play": "section.transport .play",
  "transport.unit": "section.transport .segment",
  "transport.speed": "section.transport .speed",
  "transport.keys": "section.transport .keys",
  sentence: "section.transport .saying",
  drawer: "section.drawer",
  right: "aside.right",
  picture: "",
  output: "",
  try: "",
  tune: "",
  translate: "",
  inspector: "",
  "inspector.tools": "",
  "inspector.whatif": "",
  "inspector.hold": "",
  "inspector.latex": "",
});

/** @typedef {keyof typeof CONTROLS} Control */

/** A column goes when nothing is left in it. @type {Readonly<Record<"left" | "right", readonly Control[]>>} */
const COLUMNS = {
  left: ["data", "training", "loss", "gradients", "time", "matrices"],
  right: ["picture", "output", "try", "tune", "translate", "inspector"],
};

/** What another page does not get unless it asks for it by `?show=`. @type {readonly Control[]} */
export const NOT_EMBEDDED = ["header", ...COLUMNS.left, "layers", "stage.table", "drawer", ...COLUMNS.right];

/** Give a part of the page its name. @template {HTMLElement} E @param {Control} name @param {E} node @returns {E} */
export function control(name, node) {
  node.dataset.control = name;
  return node;
}

/** @param {string} name @returns {name is Control} */
function isControl(name) {
  return Object.hasOwn(CONTROLS, name);
}

/**
 * What is hidden, and which of the names that were given do not exist.
 *
 * @param {import("../state/address.js").Look} look
 * @returns {{ hidden: ReadonlySet<Control>, unknown: readonly string[] }}
 */
export function hiddenOf({ embedded, hidden, shown }) {
  const asked = [...(embedded ? NOT_EMBEDDED.filter((name) => !shown.includes(name)) : []), ...hidden];
  const known = new Set(asked.filter(isControl));
  for (const [column, parts] of Object.entries(COLUMNS))
    if (parts.every((part) => known.has(part))) known.add(/** @type {Control} */ (column));
  return { hidden: known, unknown: [...hidden, ...shown].filter((name) => !isControl(name)) };
}

const { hidden: HIDDEN, unknown } = hiddenOf(LOOK);

/** Names in the address that mean nothing. */
export const UNKNOWN = unknown;

/** Whether a part of the page is hidden, by itself or with what it stands in. @param {Control} name */
export function isHidden(name) {
  const [panel = ""] = name.split(".");
  return HIDDEN.has(name) || (isControl(panel) && HIDDEN.has(panel));
}

/** @param {Control} name */
export function selectorOf(name) {
  return CONTROLS[name] || `[data-control="${name}"]`;
}

/**
 * Hide what the address says, whenever it comes: what is hidden takes no space, no focus, and is not read out. (A style
 * sheet that a script makes is allowed where a style element is not.)
 *
 * @param {Document} document
 */
export function applyHiding(document) {
  document.documentElement.toggleAttribute("data-embed", LOOK.embedded);
  if (HIDDEN.size === 0) return;
  document.documentElement.dataset.hides = [...HIDDEN].join(" ");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${[...HIDDEN].map(selectorOf).join(", ")} { display: none !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
