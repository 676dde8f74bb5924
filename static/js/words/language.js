/**
 * Which language the page speaks: the one that the address asks for, the one that was chosen, the browser's, English.
 */

export const LANGUAGES = /** @type {const} */ ({ en: "English", fr: "Français" });
export const LANGUAGE_KEY = "deltaflow.language";

/** @typedef {keyof typeof LANGUAGES} Language */

/**
 * @param {Object} wishes
 * @param {string} wishes.search of the address: `?lang=fr`
 * @param {string | null} wishes.chosen what was remembered
 * @param {readonly string[]} wishes.preferred the browser's languages, the dearest first
 * @returns {Language}
 */
export function languageOf({ search, chosen, preferred }) {
  const asked = new URLSearchParams(search).get("lang");
  const wanted = [asked, chosen, ...preferred.map((tag) => tag.split("-")[0])];
  return wanted.find(isLanguage) ?? "en";
}

/** @param {unknown} tag @returns {tag is Language} */
export function isLanguage(tag) {
  return typeof tag === "string" && Object.hasOwn(LANGUAGES, tag);
}

/** What is remembered; null where a browser keeps nothing, and outside of a browser. @returns {string | null} */
function remembered() {
  try {
    return localStorage.getItem(LANGUAGE_KEY);
  } catch {
    return null;
  }
}

/** From the next loading of the page on. @param {Language} language */
export function chooseLanguage(language) {
  localStorage.setItem(LANGUAGE_KEY, language);
}

/** This address without a language of its own, so that the chosen one is spoken. @param {string} address */
export function withoutLanguage(address) {
  const url = new URL(address);
  url.searchParams.delete("lang");
  return url.href;
}

/** The language of this page: it is decided once, when it is loaded. @type {Language} */
export const LANGUAGE =
  typeof location === "undefined"
    ? "en"
    : languageOf({ search: location.search, chosen: remembered(), preferred: navigator.languages });
