// The colours of static/css/tokens.css: can they be read, and told apart, by everyone, in every look?

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast, difference, KINDS } from "./sight.js";

const CSS = new URL("../../static/css/", import.meta.url);
const source = readFileSync(new URL("tokens.css", CSS), "utf8");

/** The block of a selector: token -> [light, dark]. @param {string} selector */
function block(selector) {
  const from = source.indexOf(`${selector} {`);
  const body = source.slice(from, source.indexOf("\n}", from));
  const pairs = [...body.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)];
  return Object.fromEntries(pairs.map(([, name, light, dark]) => [name, [light, dark]]));
}

/** A colour laid thinly upon another. @param {string} ground @param {string} veil @param {number} alpha */
function over(ground, veil, alpha) {
  const channels = [1, 3, 5].map((at) => {
    const [below, above] = [ground, veil].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(below + alpha * (above - below))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/** How thinly what has run lies upon its band: as it is, and in high contrast. */
const VEILS = [...source.matchAll(/--veil: ([\d.]+);/g)].map(([, alpha]) => Number(alpha));

const standard = block(":root");
const high = { ...standard, ...block(':root[data-contrast="more"]') };

/** @type {Record<string, { tokens: Record<string, string>, text: number, drawn: number, veil: number }>} */
const LOOKS = Object.fromEntries(
  [
    { name: "light", tokens: standard, at: 0, text: 4.5, drawn: 3, veil: VEILS[0] },
    { name: "dark", tokens: standard, at: 1, text: 4.5, drawn: 4.5, veil: VEILS[0] },
    { name: "light, high contrast", tokens: high, at: 0, text: 7, drawn: 5, veil: VEILS[1] },
    { name: "dark, high contrast", tokens: high, at: 1, text: 7, drawn: 6, veil: VEILS[1] },
  ].map(({ name, tokens, at, text, drawn, veil }) => {
    const colours = Object.fromEntries(Object.entries(tokens).map(([token, pair]) => [token, pair[at]]));
    return [name, { tokens: colours, text, drawn, veil }];
  }),
);

const TEXT = ["ink", "ink2", "ink3", "pos-text", "neg-text", "fwd-text", "bwd-text", "upd-text", "warn"];
const DRAWN = ["pos", "neg", "fwd", "bwd", "upd", "class4", "class5", "sel"];
/** What is written on which ground, where that is not the paper. */
const GROUNDS = [
  ["pos-text", "posbg"],
  ["neg-text", "negbg"],
  ["fwd-text", "fwdbg"],
  ["bwd-text", "bwdbg"],
  ["upd-text", "updbg"],
  ["warn", "warnbg"],
  ...["ink", "ink2"].map((ink) => [ink, "wash"]),
];
/** A phase on the ribbon: its name, its ground, and what lies thinly upon it when its operations have run. */
const PHASES = [
  ["fwd-text", "fwdbg", "fwd"],
  ["ink2", "wash", "ink2"],
  ["bwd-text", "bwdbg", "bwd"],
  ["upd-text", "updbg", "upd"],
];
/** What means different things, and how different it has to look; classes have shapes of their own besides. */
const APART = [
  { names: ["pos", "neg"], least: 0.2 },
  { names: ["fwd", "bwd", "upd"], least: 0.1 },
  { names: ["pos", "neg", "fwd", "bwd", "class4", "class5"], least: 0.06 },
];

for (const [look, { tokens, text, drawn, veil }] of Object.entries(LOOKS)) {
  for (const ground of ["paper", "card"]) {
    test(`${look}: text on ${ground} has a contrast of ${text}, what is drawn ${drawn}`, () => {
      for (const name of TEXT) assert.ok(contrast(tokens[name], tokens[ground]) >= text, name);
      for (const name of DRAWN) assert.ok(contrast(tokens[name], tokens[ground]) >= drawn, name);
    });
  }

  test(`${look}: text can be read on the tints`, () => {
    for (const [name, ground] of GROUNDS) {
      const found = contrast(tokens[name], tokens[ground]);
      assert.ok(found >= text, `${name} on ${ground}: ${found}`);
    }
  });

  test(`${look}: the names of the phases can be read before and after they have run`, () => {
    for (const [name, ground, ran] of PHASES)
      for (const beneath of [tokens[ground], over(tokens[ground], tokens[ran], veil)]) {
        const found = contrast(tokens[name], beneath);
        assert.ok(found >= text, `${name} on ${ground}: ${found}`);
      }
  });

  for (const kind of KINDS) {
    test(`${look}: what means something else looks different with ${kind} sight`, () => {
      for (const { names, least } of APART)
        for (const [at, one] of names.entries())
          for (const other of names.slice(at + 1)) {
            const found = difference(tokens[one], tokens[other], kind);
            assert.ok(found >= least, `${one} and ${other}: ${found.toFixed(3)}, at least ${least}`);
          }
    });
  }
}

test("no other style sheet has a colour of its own", () => {
  const others = readdirSync(CSS).filter((name) => name.endsWith(".css") && name !== "tokens.css");
  for (const name of others) {
    const css = readFileSync(new URL(name, CSS), "utf8");
    assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i, name);
  }
});
