// Imports only go down, and never in a circle: the twin of tests/test_architecture.py for the page.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "static", "js");

// From the top down: folders, or files without their ending. What stands beside each other may import each other.
const TIERS = [
  ["main", "gallery", "manual"],
  ["panels", "draw"],
  ["scene"],
  ["layout", "timeline"],
  ["state"],
  ["net"],
  ["words"],
  ["types", "wire", "work"],
];

const PACKAGES = ["@preact/signals-core", "@msgpack/msgpack", "katex", "uplot"];

/** @param {string} module For example "panels/transport.js". */
function tier(module) {
  const top = (module.split("/")[0] ?? "").replace(/(\.d)?\.[jt]s$/, "");
  const index = TIERS.findIndex((names) => names.includes(top));
  if (index < 0)
    throw new Error(`${module} has no place yet: add "${top}" to TIERS in tests/js/test_architecture.test.js`);
  return index;
}

/**
 * What a source imports, statically or dynamically; types in JSDoc do not count, they are gone when the page runs.
 *
 * @param {string} source
 */
function specifiers(source) {
  const noise = /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  const code = source.replace(noise, (_, text) => text ?? "");
  const pattern =
    /^\s*(?:import|export)\b[^;"'`()]*?\bfrom\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;
  return [...code.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** @returns {Map<string, string[]>} Module -> specifiers. */
function modules() {
  const names = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  return new Map(
    names.map((name) => [
      relative(ROOT, join(ROOT, name)).replaceAll("\\", "/"),
      specifiers(readFileSync(join(ROOT, name), "utf8")),
    ]),
  );
}

/**
 * @param {string} module
 * @param {string} specifier
 */
const resolve = (module, specifier) => posix.join(posix.dirname(module), specifier);

/**
 * One circle in the graph, or nothing.
 *
 * @param {Map<string, string[]>} graph
 */
function circle(graph) {
  const done = new Set();
  /**
   * @param {string} module
   * @param {string[]} path
   * @returns {string[]}
   */
  function visit(module, path) {
    if (path.includes(module)) return [...path.slice(path.indexOf(module)), module];
    if (done.has(module)) return [];
    for (const next of graph.get(module) ?? []) {
      const found = visit(next, [...path, module]);
      if (found.length > 0) return found;
    }
    done.add(module);
    return [];
  }
  for (const module of graph.keys()) {
    const found = visit(module, []);
    if (found.length > 0) return found;
  }
  return [];
}

test("imports are found in every form, and types are not imports", () => {
  const source = `
    import { a } from "./a.js";
    import "./b.js";
    export * from './c.js';
    import {
      d,
    } from "./d.js";
    /** @import { E } from "./e.js" */
    /** @type {import("./f.js").F} */
    // import "./g.js";
    const later = () => import("./h.js");
    export const text = "*/*";
  `;
  assert.deepEqual(specifiers(source), ["./a.js", "./b.js", "./c.js", "./d.js", "./h.js"]);
});

test("an unknown module is told where to go", () => {
  assert.throws(() => tier("attic/old.js"), /add "attic" to TIERS/);
});

test("a circle would be found", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["b"]],
  ]);
  assert.deepEqual(circle(graph), ["b", "c", "b"]);
});

for (const [module, imported] of modules()) {
  test(`${module} imports only from its own tier or below`, () => {
    const upward = imported
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => resolve(module, specifier))
      .filter((target) => tier(target) < tier(module));
    assert.deepEqual(upward, []);
  });

  test(`${module} imports by relative path, or a vendored package`, () => {
    const foreign = imported.filter((specifier) => !specifier.startsWith(".") && !PACKAGES.includes(specifier));
    assert.deepEqual(foreign, []);
  });
}

test("no imports in a circle", () => {
  const graph = new Map(
    [...modules()].map(([module, imported]) => [
      module,
      imported.filter((specifier) => specifier.startsWith(".")).map((specifier) => resolve(module, specifier)),
    ]),
  );
  assert.deepEqual(circle(graph), []);
});
