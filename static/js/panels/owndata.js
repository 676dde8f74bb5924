/**
 * The dialog for data of one's own: a table, points, drawings or texts, what becomes of the network, and one button.
 *
 * @import { Actions } from "../state/actions.js"
 * @import { Needs } from "../state/fitting.js"
 * @import { Store } from "../state/store.js"
 * @import { Child } from "./dom.js"
 */

import { computed, signal } from "@preact/signals-core";
import { fitsAlready, fitting } from "../state/fitting.js";
import { ownPatch } from "../state/owndata.js";
import { say } from "../words/say.js";
import { el, follow, text } from "./dom.js";
import { loadStyles } from "./formula.js";
import { watch } from "./lifetime.js";
import { drawingsTab } from "./owndrawings.js";
import { openPlane } from "./ownpoints.js";
import { tableTab } from "./owntable.js";
import { textsTab } from "./owntexts.js";
import { present } from "./present.js";
import { segment } from "./segment.js";

/** @typedef {"table" | "points" | "drawings" | "texts"} Kind */
/**
 * One way to bring data: what it shows, and what would be used. Without needs there is nothing to use yet.
 *
 * @typedef {Object} Tab
 * @property {readonly Child[]} body
 * @property {() => Needs | null} needs
 * @property {() => Readonly<Record<string, unknown>>} dataset
 * @property {() => string} label of the button
 * @property {() => string} [why] nothing can be used yet
 * @property {() => string} [name] of the session
 */

/** @type {readonly Kind[]} */
const KINDS = ["table", "points", "drawings", "texts"];

let stylesCame = /** @type {Promise<void> | null} */ (null);

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {File | null} [file] a table that was dropped
 */
export async function openOwnData(store, actions, file = null) {
  stylesCame ??= loadStyles("own");
  await stylesCame;
  const dialog = el("dialog", { class: "own", id: "own", attributes: { "aria-labelledby": "own-title" } });
  const closed = () => {
    store.problems.value = [];
    document.getElementById("own-data")?.focus();
  };
  present(dialog, () => content(store, actions, dialog, file), { place: document.getElementById("app"), closed });
}

/** @param {Store} store @param {Actions} actions @param {HTMLDialogElement} dialog @param {File | null} file */
function content(store, actions, dialog, file) {
  const kind = signal(/** @type {Kind} */ ("table"));
  const choices = KINDS.map((value) => ({ value, label: say(`own.${value}`) }));
  const tabs = { table: tableTab(store, actions, file), drawings: drawingsTab(store), texts: textsTab(store) };
  const tab = computed(() => (kind.value === "points" ? null : /** @type {Tab} */ (tabs[kind.value])));
  const close = el("button", { class: "tiny", type: "button", ariaLabel: say("own.close") }, "✕");
  close.addEventListener("click", () => dialog.close());
  const bodies = Object.entries(tabs).map(([name, { body }]) => {
    const node = el("div", { class: `own-body own-${name}` }, ...body);
    watch(() => {
      node.hidden = kind.value !== name;
    });
    return node;
  });
  return [
    el(
      "div",
      { class: "own-head" },
      el("h2", { id: "own-title" }, say("own.title")),
      segment(say("own.kinds"), choices, kind, "own-kind"),
      close,
    ),
    ...bodies,
    follow(el("div", { class: "sometimes" }), () =>
      tab.value ? [] : [el("div", { class: "own-body" }, el("p", null, say("own.plane.about")))],
    ),
    foot(store, actions, dialog, tab),
  ];
}

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {HTMLDialogElement} dialog
 * @param {import("@preact/signals-core").ReadonlySignal<Tab | null>} tab
 */
function foot(store, actions, dialog, tab) {
  const needs = computed(() => tab.value?.needs() ?? null);
  const use = el("button", { class: "btn primary", type: "button", id: "own-use" });
  watch(() => {
    use.textContent = tab.value ? tab.value.label() : say("own.plane.open");
    use.disabled = tab.value !== null && needs.value === null;
  });
  use.addEventListener("click", async () => {
    const chosen = tab.value;
    if (!chosen) {
      // That gives the focus back first, and the plane takes it then.
      dialog.addEventListener("close", () => openPlane(store, actions));
      dialog.close();
    } else if (await bring(store, actions, chosen)) dialog.close();
  });
  const refused = el("p", { class: "objection", attributes: { role: "alert" } });
  watch(() => {
    refused.textContent = store.problems.value.map(({ msg }) => msg).join(" ");
    refused.hidden = !refused.textContent;
  });
  const change = () => {
    if (!tab.value) return "";
    return needs.value ? changeSaid(store, needs.value) : (tab.value.why?.() ?? "");
  };
  return el(
    "div",
    { class: "own-foot" },
    refused,
    el("p", { class: "own-change", attributes: { "aria-live": "polite" } }, text(change)),
    el("p", { class: "say" }, say("own.private")),
    use,
  );
}

/** @param {Store} store @param {Actions} actions @param {Tab} tab @returns {Promise<boolean>} */
async function bring(store, actions, tab) {
  const [spec, needs] = [store.spec.value, tab.needs()];
  if (!spec || !needs) return false;
  return actions.changeData(ownPatch(spec, tab.dataset(), fitting(spec, needs), tab.name?.() ?? say("own.title")));
}

/** What becomes of the network, before it does. @param {Store} store @param {Needs} needs */
function changeSaid(store, needs) {
  const spec = store.spec.value;
  if (!spec) return "";
  const fit = fitting(spec, needs);
  const said = endingSaid(spec, fit);
  return fit.batch === spec.batch_size ? said : `${said} ${say("own.fit.batch", { size: fit.batch })}`;
}

/** @param {import("../wire.js").Spec} spec @param {import("../state/fitting.js").Fitting} fit */
function endingSaid(spec, fit) {
  if (fitsAlready(spec, fit)) return say("own.fit.same");
  const { units, activation, loss } = fit.ending;
  const layers = fit.layers.slice(0, -1).map(({ type }) => type.replaceAll("_", " "));
  const values = { ending: say("own.ending", { n: units, activation }), loss: loss.replaceAll("_", " ") };
  return fit.stays ? say("own.fit.ending", values) : say("own.fit.new", { ...values, layers: layers.join(", ") });
}
