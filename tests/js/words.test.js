// The page's words: every language says everything, with the same values in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EN } from "../../static/js/words/en.js";
import { FR } from "../../static/js/words/fr.js";
import { languageOf, withoutLanguage } from "../../static/js/words/language.js";
import { filled, formOf, say } from "../../static/js/words/say.js";

/** @param {string} words */
const holes = (words) => [...new Set([...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

for (const [key, english] of Object.entries(EN)) {
  test(`"${key}" is said in French, with the same values`, () => {
    const french = /** @type {Record<string, string>} */ (FR)[key] ?? "";
    assert.notEqual(french, "");
    assert.deepEqual(holes(french), holes(english));
    assert.equal(french.split(" | ").length, english.split(" | ").length);
  });
}

test("French says nothing that English does not", () => {
  assert.deepEqual(Object.keys(FR).sort(), Object.keys(EN).sort());
});

test("braces are filled, and one without a value is a mistake that is named", () => {
  assert.equal(say("transport.speed.rate", { rate: 4 }), "4 per second");
  assert.throws(() => say("transport.speed.rate"), /needs a value for \{rate\}/);
  assert.equal(filled("{a}{b}", { a: 1, b: "x" }), "1x");
});

test("a number decides between one and several, by the rules of the language", () => {
  const forms = "{n} step | {n} steps";
  assert.equal(formOf(forms, 1, new Intl.PluralRules("en")), "{n} step");
  assert.equal(formOf(forms, 0, new Intl.PluralRules("en")), "{n} steps");
  assert.equal(formOf(forms, 0, new Intl.PluralRules("fr")), "{n} step");
});

test("the address, what was chosen, the browser's language, English: the first that is there", () => {
  const wishes = { search: "", chosen: null, preferred: ["de-CH", "fr-CH"] };
  assert.equal(languageOf(wishes), "fr");
  assert.equal(languageOf({ ...wishes, chosen: "en" }), "en");
  assert.equal(languageOf({ ...wishes, search: "?lang=fr", chosen: "en" }), "fr");
  assert.equal(languageOf({ ...wishes, search: "?lang=xx", preferred: [] }), "en");
});

test("whoever chooses a language is no longer held to that of the address", () => {
  assert.equal(withoutLanguage("http://x.org/?lang=fr&a=1#session=s"), "http://x.org/?a=1#session=s");
});
