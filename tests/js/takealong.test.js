// What is taken along: SVG of the very commands that are painted, GIF that decodes to its pictures, LaTeX that is balanced.

import assert from "node:assert/strict";
import { test } from "node:test";
import { draw } from "../../static/js/draw/canvas.js";
import { svgOf, escaped as xml } from "../../static/js/draw/svg.js";
import { makeTheme } from "../../static/js/draw/theme.js";
import { escaped, latexOf, number, texFileOf } from "../../static/js/state/latex.js";
import { Bytes, changed, compress, Gif, quantise } from "../../static/js/work/gif.js";
import { random } from "./golden/engine.js";

const INKS = "ink ink2 ink3 line card paper positive negative forward backward update selection none warning".split(
  " ",
);
const THEME = makeTheme(Object.fromEntries(INKS.map((ink, at) => [ink, `#0000${(at + 16).toString(16)}`])));

const at = { x: 5, y: 6, ink: "ink", fill: "card", alpha: 0.5, dash: false };
const label = {
  kind: "label",
  ...at,
  text: 'a < "b" & c',
  size: 12,
  align: "center",
  mono: true,
  bold: true,
  plate: true,
};
const heat = {
  ...{ kind: "map", slot: "s", version: "1", x: 1, y: 2, width: 30, height: 20, columns: 3, rows: 2, alpha: 1 },
  ...{ values: new Float32Array(6), low: 0, high: 1, neutral: 0, reach: 1, upwards: false },
};
const corners = [
  { x: 0, y: 0 },
  { x: 0, y: 9 },
  { x: 9, y: 9 },
];
/** One of each kind. */
const COMMANDS = [
  { kind: "curve", ...at, from: { x: 0, y: 0 }, to: { x: 10, y: 4 }, width: 2 },
  { kind: "curve", ...at, from: { x: 0, y: 9 }, to: { x: 10, y: 4 }, width: 2, begin: 0.5, end: 1 },
  { kind: "bundle", ends: Float32Array.of(0, 0, 8, 8, 1, 1, 9, 9), strengths: Float32Array.of(0.9, -0.2), alpha: 1 },
  { kind: "path", ...at, points: corners, radius: 3, width: 1 },
  { kind: "disc", ...at, r: 3 },
  { kind: "ring", ...at, r: 3, width: 1, dash: true },
  { kind: "chevron", ...at, size: 4, angle: 0.3 },
  { kind: "bar", ...at, width: 4, height: 4, radius: 2 },
  { kind: "outline", ...at, width: 4, height: 4, radius: 2 },
  label,
  { ...label, text: "unseen", alpha: 0 },
  { ...heat, r: 0 },
  { ...heat, r: 9 },
];

/** What a canvas is asked to paint. */
function painted(commands) {
  const asked = [];
  const ctx = new Proxy(
    {},
    {
      get: (target, name) => {
        if (name in target) return target[name];
        if (name === "measureText") return (text) => ({ width: 6 * text.length });
        if (name === "getTransform") return () => ({ a: 1 });
        return (...given) => asked.push([name, ...given]);
      },
    },
  );
  draw({ ctx, theme: THEME, images: { of: () => "image" } }, commands);
  return (name) => asked.filter(([what]) => what === name);
}

function written(commands, camera = { x: 0, y: 0, scale: 1 }) {
  const tools = { theme: THEME, image: () => "data:image/png;base64,AAAA", measure: ({ text }) => 6 * text.length };
  const words = { title: "XOR & more", description: "step 3" };
  return svgOf([{ camera, commands }], { width: 300, height: 200 }, tools, words);
}

const count = (text, pattern) => [...text.matchAll(pattern)].length;

test("the same commands make the same picture on a canvas and as SVG", () => {
  const on = painted(COMMANDS);
  const svg = written(COMMANDS);
  const curves = [...svg.matchAll(/<path d="([^"]+)"/g)].map(([, d]) => d).join("");

  assert.equal(count(svg, /<text /g), on("fillText").length);
  assert.equal(count(curves, /C/g), on("bezierCurveTo").length);
  assert.equal(count(svg, /<image /g), on("drawImage").length);
  assert.equal(count(svg, /<circle /g) - count(svg, /<clipPath /g), on("arc").length - on("clip").length);
  assert.ok(svg.includes(`>${xml(label.text)}</text>`));
  assert.ok(!svg.includes("unseen"));
  assert.ok(svg.includes(on("bezierCurveTo")[0].slice(1).join(" ")));
});

test("a drawing says what it is, lies on paper, and is well-formed", () => {
  const svg = written(COMMANDS, { x: 10, y: -5, scale: 2 });

  assert.match(
    svg,
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="300" height="200" viewBox="0 0 300 200" role="img"/,
  );
  assert.match(svg, /<title id="title">XOR &amp; more<\/title><desc id="desc">step 3<\/desc><rect width="300"/);
  assert.match(svg, /<g transform="scale\(2\) translate\(-10 5\)">/);
  assert.ok(!/NaN|undefined/.test(svg));
  assertClosed(svg);
});

/** Every tag is closed, by itself or by its twin. */
function assertClosed(xml) {
  const open = [];
  for (const [, end, name, self] of xml.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    if (end) assert.equal(open.pop(), name);
    else if (!self) open.push(name);
  }
  assert.deepEqual(open, []);
}

test("what XML does not allow does not get into it", () => {
  assert.equal(xml(`a\u0000\u001b<b>&"\ud800é∂`), "a&lt;b&gt;&amp;&quot;é∂");
});

// ----------------------------------------------------------------------------------------------------------------- GIF

/** LZW of GIF, read as the standard says. */
function decompress(bytes, from) {
  const least = bytes[from];
  const data = [];
  let at = from + 1;
  for (; bytes[at] !== 0; at += bytes[at] + 1) data.push(...bytes.subarray(at + 1, at + 1 + bytes[at]));
  const [clear, end] = [1 << least, (1 << least) + 1];
  let [size, bit, before, table] = [least + 1, 0, null, []];
  const found = [];
  for (;;) {
    let code = 0;
    for (let k = 0; k < size; k += 1, bit += 1) code |= ((data[bit >> 3] >> (bit & 7)) & 1) << k;
    if (code === end) return { indices: found, next: at + 1 };
    if (code === clear) {
      table = Array.from({ length: clear + 2 }, (_, index) => [index]);
      [size, before] = [least + 1, null];
      continue;
    }
    const entry = code < table.length ? table[code] : [...before, before[0]];
    if (before && table.length < 4096) table.push([...before, entry[0]]);
    if (table.length === 1 << size && size < 12) size += 1;
    before = entry;
    for (const index of entry) found.push(index);
  }
}

/** The pictures of a GIF, drawn one upon the other. */
function decode(bytes) {
  const word = (at) => bytes[at] | (bytes[at + 1] << 8);
  assert.equal(String.fromCharCode(...bytes.subarray(0, 6)), "GIF89a");
  const [width, height] = [word(6), word(8)];
  const canvas = new Uint32Array(width * height);
  const pictures = [];
  let [at, delay, transparent] = [13, 0, -1];
  while (bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) {
      if (bytes[at + 1] === 0xf9) [delay, transparent] = [word(at + 4), bytes[at + 3] & 1 ? bytes[at + 6] : -1];
      at += 2;
      while (bytes[at] !== 0) at += bytes[at] + 1;
      at += 1;
      continue;
    }
    assert.equal(bytes[at], 0x2c);
    const [x, y, w, h] = [1, 3, 5, 7].map((offset) => word(at + offset));
    const palette = at + 10;
    const { indices, next } = decompress(bytes, palette + 768);
    assert.equal(indices.length, w * h);
    for (const [place, index] of indices.entries()) {
      if (index === transparent) continue;
      const [r, g, b] = bytes.subarray(palette + 3 * index, palette + 3 * index + 3);
      canvas[(y + Math.floor(place / w)) * width + x + (place % w)] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    }
    pictures.push({ pixels: canvas.slice(), delay });
    at = next;
  }
  return { width, height, pictures };
}

const rgb = (r, g, b) => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

test("an animation of few colours decodes to the very pictures", () => {
  const [width, height] = [90, 70];
  const colours = Array.from({ length: 200 }, (_, at) =>
    rgb((at % 6) * 48, (Math.floor(at / 6) % 6) * 48, Math.floor(at / 36) * 40),
  );
  const next = random(3);
  const pictures = [0, 1, 2].map((k) =>
    Uint32Array.from({ length: width * height }, (_, place) =>
      place % width < 30 * k ? colours[Math.floor(next() * 200)] : colours[(place * 7) % 200],
    ),
  );
  const gif = new Gif(width, height);
  for (const picture of pictures) gif.add(picture.slice(), 120);
  gif.add(pictures[2].slice(), 500);
  const decoded = decode(gif.done());

  assert.deepEqual([decoded.width, decoded.height], [width, height]);
  assert.deepEqual(
    decoded.pictures.map(({ delay }) => delay),
    [12, 12, 12, 50],
  );
  for (const [at, picture] of [...pictures, pictures[2]].entries())
    assert.deepEqual(decoded.pictures[at].pixels, picture, `picture ${at}`);
});

test("thousands of colours are brought near to 255", () => {
  const pixels = Uint32Array.from({ length: 64 * 64 }, (_, at) =>
    rgb((at * 4) % 256, Math.floor(at / 16), (at * 13) % 256),
  );
  const gif = new Gif(64, 64);
  gif.add(pixels, 100);
  const [{ pixels: shown }] = decode(gif.done()).pictures;
  const far = pixels.map((pixel, at) =>
    Math.max(...[0, 8, 16].map((shift) => Math.abs(((pixel >>> shift) & 255) - ((shown[at] >>> shift) & 255)))),
  );

  assert.ok(far.reduce((sum, each) => sum + each, 0) / far.length < 24);
  assert.equal(quantise(pixels).palette.length, 768);
});

test("long runs and noise are packed and unpacked alike", () => {
  const next = random(11);
  for (const indices of [
    new Uint8Array(40_000),
    Uint8Array.from({ length: 60_000 }, () => Math.floor(next() * 256)),
    Uint8Array.of(7),
  ]) {
    const out = new Bytes();
    compress(indices, out);
    assert.deepEqual(Uint8Array.from(decompress(out.done(), 0).indices), indices);
  }
});

test("only what has changed is written again", () => {
  const before = new Uint32Array(100);
  const now = before.slice();
  now[23] = 1;
  now[47] = 1;

  assert.deepEqual(changed(now, before, 10), { x: 3, y: 2, width: 5, height: 3 });
  assert.deepEqual(changed(before, before, 10), { x: 0, y: 0, width: 1, height: 1 });
  assert.deepEqual(changed(now, null, 10), { x: 0, y: 0, width: 10, height: 10 });
});

// --------------------------------------------------------------------------------------------------------------- LaTeX

const EXPLANATION = {
  ...{
    node: "hidden_1.W",
    quantity: "delta",
    index: [0, 1],
    level: "graduate",
    value: -1.25e-7,
    computed: true,
    reason: null,
  },
  question: "By how much does hidden_1.W[1, 2] move? 100 % & more",
  formula: "\\Delta W = -\\eta\\, \\frac{\\hat m}{\\sqrt{\\hat v} + \\epsilon}",
  substituted: "= -0.05 \\cdot \\frac{1}{2} = 0.5",
  ...{ combine: "sum", scale: 0.5, text: "∂L/∂W is −0.2 · {x} ~ h₋₁ #1 $ ^ \\" },
  terms: [
    {
      label: "x₁ → y",
      factors: [
        { name: "w", value: -0.5 },
        { name: "x", value: null },
      ],
      value: -2,
      count: 1,
    },
    { label: "3 more", factors: [], value: 1.5, count: 3 },
  ],
  details: [{ name: "effective_step", symbol: "\\eta", value: 0.05 }],
  chain: [{ label: "L", node: "loss", quantity: "value", index: [], value: 0.69, role: "· σ′(z)" }],
};

/** Braces, mathematics and environments that are opened are closed, and nothing special is left bare in words. */
function assertBalanced(tex) {
  const body = tex.replace(/^%.*$/gm, "");
  const bare = body.replace(/\\[\\{}%&#$_]/g, (written) => (written === "\\\\" ? "\n" : ""));
  let depth = 0;
  for (const letter of bare) {
    if (letter === "{") depth += 1;
    if (letter === "}") depth -= 1;
    assert.ok(depth >= 0);
  }
  assert.equal(depth, 0);
  const open = [];
  for (const [, what, name] of body.matchAll(/\\(begin|end)\{(\w+)\}/g)) {
    if (what === "begin") open.push(name);
    else assert.equal(open.pop(), name);
  }
  assert.deepEqual(open, []);
  assert.equal(count(bare, /\$/g) % 2, 0);
  assert.equal(count(body, /\\\[\n/g), count(body, /\n\\\]/g));
  const words = bare
    .replace(/\\\[[\s\S]*?\\\]/g, "")
    .replace(/\$[^$]*\$/g, "")
    .replace(/\\begin\{tabular\}[\s\S]*?\\end\{tabular\}/g, "");
  assert.ok(!/[#%&^_~]/.test(words), words);
}

test("a derivation as LaTeX is balanced, and its words mean nothing to TeX", () => {
  const tex = latexOf(EXPLANATION, "XOR: step 3");

  assertBalanced(tex);
  assertBalanced(texFileOf(EXPLANATION, "XOR\nstep 3"));
  assert.ok(tex.includes(EXPLANATION.formula));
  assert.ok(tex.includes(EXPLANATION.substituted));
  assert.ok(tex.includes("100 \\% \\& more"));
  assert.ok(tex.includes("$(-0.5) \\cdot \\text{--}$"));
  assert.ok(tex.includes("$-1.25 \\cdot 10^{-7}$"));
  assert.ok([...tex].every((letter) => letter <= "\u00ff"));
});

test("a part of a sum is said to be one; a reason is told once", () => {
  const link = { label: "d h.W", node: "h.W", quantity: "gradient", index: [0, 0], value: 0.127, role: "· x 1.73" };
  const sum = "= 0.0213 (example 6), one part of the sum over 38 examples";
  const tex = latexOf({ ...EXPLANATION, chain: [...EXPLANATION.chain, { ...link, sum }] }, "");
  const reason = "call 3 computes it";
  const missing = latexOf({ ...EXPLANATION, computed: false, reason, text: `Not computed yet: ${reason}` }, "");

  assertBalanced(tex);
  assert.match(tex, /1\.73 = 0\.0213 \(example 6\), one part of the sum over 38 examples/);
  assert.equal(2, missing.split(reason).length);
});

test("what is not computed is said, not set", () => {
  const tex = latexOf(
    { ...EXPLANATION, computed: false, value: null, substituted: "", reason: "backward has not run" },
    "",
  );

  assertBalanced(tex);
  assert.match(tex, /Not computed yet\. backward has not run/);
  assert.ok(!tex.includes("tabular"));
});

test("numbers and signs in TeX's own words", () => {
  assert.deepEqual([0, -0.0001234567, 1e21, Number.NaN, -Infinity, null].map(number), [
    ..."0|-0.000123457|1 \\cdot 10^{21}|\\text{NaN}|-\\infty|\\text{--}".split("|"),
  ]);
  assert.equal(escaped("a_b ∂₁x"), "a\\_b $\\partial{}_{1}$x");
});
