/**
 * Links: to this very point, with the weights, or live; and how the page looks where they are opened.
 *
 * @import { Recipe } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Sharing } from "./share.js"
 */

import { computed, signal } from "@preact/signals-core";
import { LONGEST, needsTable, writeLink, writeShare, written } from "../state/link.js";
import { viewpointOf, writeViewpoint } from "../state/viewpoint.js";
import { say } from "../words/say.js";
import { el, follow, text } from "./dom.js";
import { copyButton } from "./files.js";
import { watch } from "./lifetime.js";
import { checkbox, looks } from "./sharelooks.js";

/** Seconds of computing that nobody wants to wait for. */
const SLOW = 10;
const FRAME = { width: 900, height: 620 };

/** @typedef {"way" | "weights" | "live"} Kind */
/** @typedef {ReturnType<typeof choices>} Choices */

function choices() {
  return {
    kind: signal(/** @type {Kind} */ ("way")),
    view: signal(true),
    embedded: signal(false),
    hidden: signal(/** @type {readonly string[]} */ ([])),
    shown: signal(/** @type {readonly string[]} */ ([])),
    recipe: signal(/** @type {Recipe | null} */ (null)),
    /** The frozen copy, when there is one. */
    share: signal(/** @type {string | null} */ (null)),
    /** The part behind the #. */
    hash: signal(""),
  };
}

/** @param {Store} store @param {Sharing} acts */
export function linkPart(store, acts) {
  const chosen = choices();
  keepRecipe(store, acts, chosen);
  keepHash(store, chosen);
  return el(
    "section",
    { class: "share-part", attributes: { "aria-labelledby": "share-link" } },
    el("h3", { id: "share-link" }, say("share.link")),
    kinds(store, chosen),
    follow(el("div", { class: "share-note", attributes: { "aria-live": "polite" } }), () => note(store, acts, chosen)),
    checkbox(say("share.view"), chosen.view),
    looks(chosen),
    result(chosen),
  );
}

/** Where the session stands may change while the dialog is open: others drive it too. @param {Store} store @param {Sharing} acts @param {Choices} chosen */
function keepRecipe(store, acts, { recipe, share }) {
  watch(() => {
    void store.position.value;
    void store.spec.value;
    if (store.playing.value) return;
    share.value = null;
    acts.recipe().then(
      (found) => {
        recipe.value = found;
      },
      () => {
        recipe.value = null;
      },
    );
  });
}

/** @param {Store} store @param {Choices} chosen */
function keepHash(store, { kind, view, recipe, share, hash }) {
  let latest = 0;
  watch(() => {
    const mine = ++latest;
    const looked = view.value ? viewpointOf(store) : {};
    const access = store.access.value;
    const watching = access?.viewerToken ?? (access?.role === "viewer" ? access.token : null);
    hash.value = "";
    if (kind.value === "weights" && share.value) hash.value = writeShare(share.value, looked);
    if (kind.value === "live" && access && watching)
      hash.value = written([["session", access.id], ["token", watching], ...writeViewpoint(looked)]);
    if (kind.value === "way" && recipe.value?.exact && !needsTable(recipe.value))
      writeLink(recipe.value, looked).then((text) => {
        if (mine === latest) hash.value = text;
      });
  });
}

/** What stands in the address; of a table, only its name would. @param {Store} store */
function saidOfWay(store) {
  return say(needsTable({ spec: store.spec.value, patch: null }) ? "share.way.table" : "share.way.say");
}

/** @param {Store} store @param {Choices} chosen */
function kinds(store, { kind }) {
  const rows = /** @type {readonly Kind[]} */ (["way", "weights", "live"]).map((name) => {
    const input = el("input", { type: "radio", name: "share-kind", value: name, checked: name === kind.peek() });
    input.addEventListener("change", () => {
      kind.value = name;
    });
    const about = text(() => (name === "way" ? saidOfWay(store) : say(`share.${name}.say`)));
    const words = el("span", null, el("b", null, say(`share.${name}`)), " ", about);
    return el("label", { class: "share-kind" }, input, words);
  });
  return el(
    "div",
    { class: "share-kinds", attributes: { role: "radiogroup", "aria-labelledby": "share-link" } },
    ...rows,
  );
}

/** What has to be said of the kind that is chosen. @param {Store} store @param {Sharing} acts @param {Choices} chosen */
function note(store, acts, { kind, recipe, share }) {
  if (kind.value === "way") {
    const found = recipe.value;
    if (!found) return [];
    if (needsTable(found)) return [el("p", { class: "share-doubt" }, say("share.doubt.table"))];
    if (found.doubt) return [el("p", { class: "share-doubt" }, say(`share.doubt.${found.doubt}`))];
    const seconds = Math.round(found.seconds);
    if (seconds > SLOW) return [el("p", { class: "share-doubt" }, say("share.slow", { n: found.step, seconds }))];
    return found.step ? [el("p", { class: "say" }, say("share.steps", { n: found.step }))] : [];
  }
  if (kind.value !== "weights" || share.value) return [];
  if (!store.owner.value) return [el("p", { class: "say" }, say("share.owner"))];
  const act = async () => {
    share.value = await acts.freeze();
  };
  return [el("button", { class: "btn", type: "button", id: "share-freeze", on: { click: act } }, say("share.freeze"))];
}

/** @param {Choices} chosen */
function result({ embedded, hidden, shown, hash }) {
  const address = computed(() => {
    if (!hash.value) return "";
    /** @type {[string, string][]} */
    const query = [];
    if (hidden.value.length) query.push(["hide", hidden.value.join(",")]);
    if (embedded.value && shown.value.length) query.push(["show", shown.value.join(",")]);
    const asked = query.length ? `?${written(query)}` : "";
    return `${location.origin}${embedded.value ? "/embed" : "/"}${asked}#${hash.value}`;
  });
  const iframe = computed(() => (embedded.value && address.value ? frameOf(address.value) : ""));
  const length = follow(el("span", { class: "say mono" }), () => {
    const n = address.value.length;
    return n ? [say(n > LONGEST ? "share.long" : "share.short", { n })] : [];
  });
  return el(
    "div",
    { class: "share-result" },
    copyable(say("share.address"), address, "share-address"),
    length,
    copyable(say("share.iframe"), iframe, "share-iframe"),
  );
}

/** @param {string} address */
export function frameOf(address) {
  const { width, height } = FRAME;
  const quoted = address.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${quoted}" width="${width}" height="${height}" title="Deltaflow" loading="lazy"></iframe>`;
}

/** @param {string} label @param {import("@preact/signals-core").ReadonlySignal<string>} content @param {string} id */
function copyable(label, content, id) {
  const area = el("textarea", { class: "code", readOnly: true, rows: 3, id, ariaLabel: label });
  area.spellcheck = false;
  const copy = copyButton(
    say("share.copy"),
    () => content.value,
    () => area.select(),
  );
  const box = el("div", { class: "copyable" }, area, copy);
  watch(() => {
    area.value = content.value;
    box.hidden = content.value === "";
  });
  return box;
}
