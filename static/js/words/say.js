/**
 * Every sentence of the page, in the language of its reader.
 *
 * The catalogue is there before any module that speaks runs (a top-level await), so words may stand in constants. Only the
 * reader's language is fetched; the page starts this module before all others, so that nothing waits for it.
 */

import { LANGUAGE } from "./language.js";

/** @import { Language } from "./language.js" */

/** @typedef {keyof typeof import("./en.js").EN} Key */
/** @typedef {Readonly<Record<string, string | number>>} Values what the braces are filled with */

/** @type {Readonly<Record<Language, () => Promise<Readonly<Record<Key, string>>>>>} */
const CATALOGUES = {
  en: async () => (await import("./en.js")).EN,
  fr: async () => (await import("./fr.js")).FR,
};

const catalogue = await CATALOGUES[LANGUAGE]();
const plurals = new Intl.PluralRules(LANGUAGE);

/**
 * What the catalogue has under this key; `{name}` is filled from the values. Where it has several forms, "{n} step | {n} steps",
 * the number `n` decides.
 *
 * @param {Key} key
 * @param {Values} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  return filled(formOf(catalogue[key], values.n, plurals), values);
}

/** In which order the forms of a word stand that counts; most languages have two of them. */
const ORDER = /** @type {const} */ (["zero", "one", "two", "few", "many", "other"]);

/**
 * Where there are fewer forms than the language has, the last one stands for the rest.
 *
 * @param {string} words
 * @param {string | number | undefined} n
 * @param {Pick<Intl.PluralRules, "select" | "resolvedOptions">} rules
 * @returns {string}
 */
export function formOf(words, n, rules) {
  if (!words.includes(" | ")) return words;
  const forms = words.split(" | ");
  const known = new Set(rules.resolvedOptions().pluralCategories);
  const at = ORDER.filter((kind) => known.has(kind)).indexOf(rules.select(Number(n)));
  return forms[at] ?? forms.at(-1) ?? "";
}

/**
 * @param {string} words
 * @param {Values} values
 * @returns {string}
 */
export function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`"${words}" needs a value for {${name}}`);
    return String(value);
  });
}
