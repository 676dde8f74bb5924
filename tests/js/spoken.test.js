// Whatever the page says to people comes from its catalogue: no module outside of words/ has sentences or labels of its own.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { EN } from "../../static/js/words/en.js";
import { argumentsOf, read } from "./literals.js";

/** @import { Literal, Module } from "./literals.js" */

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "static", "js");

/** Two words beside each other, or a word beside something that is filled in. */
const PROSE = /\p{L}{2,}[,.;:!?’)”]* [\p{L}“(…{]|[}…] [(“]?\p{L}{2,}/u;
const WORD = /\p{L}{2,}/u;

/** What stands before a literal that is shown or read out. */
const SPOKEN_PLACE =
  /(?:\b(?:title|label|ariaLabel|ariaValueText|placeholder|textContent|alt|caption|summary|heading)\s*[:=]\s*|\.data\s*=\s*)$/;
const SPOKEN_ATTRIBUTES = new Set(["aria-label", "aria-valuetext", "aria-roledescription", "title", "placeholder"]);

/** Functions that put their argument before people, and from which argument on. */
const SPEAKERS = /** @type {const} */ ({
  el: [2, 99],
  section: [0, 0],
  row: [1, 1],
  popover: [1, 1],
  segment: [0, 0],
  label: [2, 2],
  numeral: [2, 2],
  notify: [2, 2],
  during: [1, 1],
});

/** What is no sentence although it looks like one, and why. @type {Readonly<Record<string, string>>} */
const ALLOWED = {
  "10px system-ui": "a font",
  '"DejaVu Sans Mono", ui-monospace, SFMono-Regular, Menlo, monospace': "a font",
  '"DejaVu Sans", Inter, system-ui, sans-serif': "a font",
  "(prefers-color-scheme: dark)": "a question to the browser",
  "(prefers-contrast: more)": "a question to the browser",
  "HTTP {}": "a status, where the server has said nothing else",
  "Bearer {}": "a header",
  " Deltaflow": "the name",
  "from app.client import Deltaflow": "Python",
  Python: "the name of a language",
  PyTorch: "the name of a library",
  ONNX: "the name of a format",
  JSON: "the name of a format",
  safetensors: "the name of a format",
  npz: "the name of a format",
  conv: "the name of an operation",
  "title desc": "names of elements",
  "{}{}px {}": "a font",
  "aside.left details.more": "a selector",
  "{} { display: none !important; }": "a rule of a style sheet",
  '<iframe src="{}" width="{}" height="{}" title="Deltaflow" loading="lazy"></iframe>': "HTML to be pasted",
  "wide numbers": "classes",
  "btn square": "classes",
  "button, select, input, textarea, summary, a[href], [role=slider], canvas[tabindex]": "a selector",
};

/** @returns {Map<string, string>} Module -> source. */
function modules() {
  const names = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  return new Map(
    names
      .map((name) => name.replaceAll("\\", "/"))
      .filter((name) => !name.startsWith("words"))
      .map((name) => [name, readFileSync(join(ROOT, name), "utf8")]),
  );
}

/** @param {Module} module @param {Literal} literal */
function isCode({ code, literals }, { from }) {
  const before = code.slice(Math.max(0, from - 400), from);
  const statement = before.slice(before.lastIndexOf(";") + 1);
  const last = literals.findLast(({ to }) => to <= from);
  const key = last && /^\s*[:,]\s*$/.test(code.slice(last.to, from)) ? last.text : "";
  return (
    /\bError\([^()]*$/.test(statement) ||
    /\b(?:class|className|slot|version|font|type|id|d)\s*[:=]\s*(?:[^,{}]*\?\s*)?$/.test(statement) ||
    /(?:matches|closest|querySelector|querySelectorAll|matchMedia|release|classWhile|import|from)\b[^;]*\(?\s*$/.test(
      statement,
    ) ||
    key === "class"
  );
}

/** One of several states, not what is said of it. @param {Module} module @param {Literal} literal */
function isCompared({ code }, { from, to }) {
  return /[!=]==\s*$/.test(code.slice(0, from)) || /^\s*[!=]==/.test(code.slice(to));
}

/** @param {string} source @returns {string[]} what it says by itself */
function spoken(source) {
  const module = read(source);
  const given = Object.entries(SPEAKERS).flatMap(([name, [first, last]]) =>
    argumentsOf(module, name)
      .filter(({ literal, argument }) => argument >= first && argument <= last && !isCompared(module, literal))
      .map(({ literal }) => literal),
  );
  const placed = module.literals.filter(({ from }, at) => {
    const before = module.code.slice(Math.max(0, from - 40), from);
    const key = module.literals[at - 1];
    const attribute = key && /^\s*:\s*$/.test(module.code.slice(key.to, from)) ? key.text : "";
    return SPOKEN_PLACE.test(before) || SPOKEN_ATTRIBUTES.has(attribute);
  });
  const prose = module.literals.filter(
    (literal) => PROSE.test(literal.text) && !isCode(module, literal) && !isCompared(module, literal),
  );
  const words = [...given, ...placed].filter(({ text }) => WORD.test(text.replaceAll("{}", "")));
  return [...new Set([...prose, ...words].map(({ text }) => text))].filter(
    (text) => !Object.hasOwn(ALLOWED, text) && !Object.hasOwn(EN, text),
  );
}

for (const [name, source] of modules())
  test(`${name} says nothing that is not in the catalogue`, () => {
    assert.deepEqual(spoken(source), []);
  });

/** @param {string} text of a template whose first word is a topic's, "{}" for what is filled in: "own.kind.{}" */
function keysLike(text) {
  const literal = text.split("{}").map((piece) => piece.replaceAll(".", "\\."));
  return new RegExp(`^${literal.join(".+")}$`);
}

test("the catalogue has nothing that no module says", () => {
  const sources = [...modules().values()];
  const texts = new Set(sources.flatMap((source) => read(source).literals.map(({ text }) => text)));
  const templates = [...texts].filter((text) => /^[a-z]+\.[\w.{}-]*$/.test(text) && text.includes("{}")).map(keysLike);
  const unused = Object.keys(EN).filter((key) => !texts.has(key) && !templates.some((like) => like.test(key)));
  assert.deepEqual(unused, []);
});

test("sentences, labels and pieces of either are found, code is not", () => {
  const says = `el("b", null, "Loss"); x.title = "Help"; const a = n ? "One thing" : \`\${n} things\`; // "not this"`;
  assert.deepEqual(spoken(says).sort(), ["Help", "Loss", "One thing", "{} things"]);
  const quiet = `if (x === "a thing") throw new Error(\`no \${x} here\`); el("i", { class: "b c" }, say("data.title"));`;
  assert.deepEqual(spoken(quiet), []);
});
