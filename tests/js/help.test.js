// Context help leads to pages and headings that exist.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PAGES } from "../../static/js/panels/contexthelp.js";
import { EN } from "../../static/js/words/en.js";

const DOCS = new URL("../../docs/", import.meta.url);

for (const [topic, page] of Object.entries(PAGES)) {
  test(`the help on ${topic} is said, and leads to what exists`, () => {
    const [file = "", heading] = page.split("#");
    const text = readFileSync(new URL(file, DOCS), "utf8");
    assert.ok(`help.${topic}` in EN);
    if (heading) assert.match(text.toLowerCase().replaceAll(" ", "-"), new RegExp(`^#+-${heading}$`, "m"));
  });
}
