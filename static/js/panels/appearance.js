/**
 * How the page looks and which language it speaks.
 *
 * @import { Contrast, Store, Theme } from "../state/store.js"
 * @import { Language } from "../words/language.js"
 */

import { signal } from "@preact/signals-core";
import { keeper } from "../state/address.js";
import { written } from "../state/link.js";
import { keepView } from "../state/opening.js";
import { viewpointOf, writeViewpoint } from "../state/viewpoint.js";
import { chooseLanguage, LANGUAGE, LANGUAGES, withoutLanguage } from "../words/language.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { segment } from "./segment.js";

/** @type {readonly { value: Theme, label: string }[]} */
const THEMES = [
  { value: "auto", label: say("appearance.system") },
  { value: "light", label: say("appearance.light") },
  { value: "dark", label: say("appearance.dark") },
];

/** @type {readonly { value: Contrast, label: string }[]} */
const CONTRASTS = [
  { value: "auto", label: say("appearance.system") },
  { value: "standard", label: say("appearance.standard") },
  { value: "more", label: say("appearance.more") },
];

const SPOKEN = /** @type {[Language, string][]} */ (Object.entries(LANGUAGES)).map(([value, label]) => ({
  value,
  label,
}));

/** @param {Store} store @returns {HTMLElement[]} */
export function appearance(store) {
  return [
    row(say("appearance.theme"), segment(say("appearance.theme"), THEMES, store.theme, "theme")),
    row(say("appearance.contrast"), segment(say("appearance.contrast"), CONTRASTS, store.contrast, "contrast")),
    row(say("appearance.language"), languages(store)),
  ];
}

/** Another language is another page: it is loaded anew, and the session goes on, looked at as before. @param {Store} store */
function languages(store) {
  return segment(say("appearance.language"), SPOKEN, signal(LANGUAGE), "language", (language) => {
    chooseLanguage(language);
    keepView(
      keeper(() => sessionStorage),
      written(writeViewpoint(viewpointOf(store))),
    );
    history.replaceState(null, "", withoutLanguage(location.href));
    location.reload();
  });
}

/** @param {string} label @param {HTMLElement} control */
function row(label, control) {
  return el("div", { class: "appearance-row" }, el("span", { attributes: { "aria-hidden": "true" } }, label), control);
}
