// The page's words: every language says everything, with the same values in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EN } from "../../static/js/words/en.js";
import { FR } from "../../static/js/words/fr.js";
import { LANGUAGES, languageOf, withoutLanguage } from "../../static/js/words/language.js";
import { filled, formOf, say } from "../../static/js/words/say.js";

/** @param {string} words */
const holes = (words) => [...new Set([...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

for (const [tag, language] of Object.entries(LANGUAGES)) {
  const module = await import(`../../static/js/words/${tag}.js`);
  /** @type {Record<string, string>} */
  const catalogue = module[tag.toUpperCase()];

  test(`${language} says everything, with the same values, in forms where English has them`, () => {
    for (const [key, english] of Object.entries(EN)) {
      const said = catalogue[key] ?? "";
      assert.notEqual(said, "", key);
      assert.deepEqual(holes(said), holes(english), key);
      assert.equal(said.includes(" | "), english.includes(" | "), key);
    }
  });

  test(`${language} says nothing that English does not`, () => {
    assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(EN).sort());
  });
}

test("French breaks no line before double punctuation or in guillemets", () => {
  for (const words of Object.values(FR)) assert.doesNotMatch(words, /« | [:;!?»]/);
  assert.ok(Object.values(FR).some((words) => words.includes("\u00a0:")));
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
  assert.equal(formOf(forms, 2_000_000, new Intl.PluralRules("fr")), "{n} steps");
  const polish = new Intl.PluralRules("pl");
  assert.deepEqual(
    [1, 2, 5].map((n) => formOf("krok | kroki | kroków", n, polish)),
    ["krok", "kroki", "kroków"],
  );
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
