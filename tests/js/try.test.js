/** A person's own digit as pixels, a tune as pieces, pitches as frequencies. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { massOf, rasterise, toggled } from "../../static/js/panels/brush.js";
import { piecesOf, verdict } from "../../static/js/panels/sheet.js";
import { hertz, soundingAt } from "../../static/js/panels/synth.js";
import { writes } from "../../static/js/state/contents.js";

/** @type {import("../../static/js/panels/brush.js").Stroke[]} */
const CORNER = [
  [
    [0.1, 0.1],
    [0.1, 0.3],
    [0.2, 0.3],
  ],
];

test("a small drawing in a corner fills the picture, with soft edges", () => {
  const image = rasterise(CORNER, 8);
  const rows = image.map((row) => Math.max(...row));
  assert.ok(rows[0] > 0.4 && rows[7] > 0.4);
  assert.ok(image.flat().every((ink) => ink >= 0 && ink <= 1));
  assert.ok(image.flat().some((ink) => ink > 0 && ink < 1));
});

test("a drawing of 28 × 28 has its mass in the middle, as MNIST has", () => {
  const [across, down] = massOf(rasterise(CORNER, 28));
  assert.ok(Math.abs(across - 13.5) < 0.6 && Math.abs(down - 13.5) < 0.6);
});

test("nothing drawn is an empty picture, and a pixel can be painted and erased", () => {
  const empty = rasterise([], 8);
  assert.equal(0, Math.max(...empty.flat()));
  const painted = toggled(empty, 3, 2);
  assert.equal(1, painted[2]?.[3]);
  assert.deepEqual(empty, toggled(painted, 3, 2));
});

const TUNE = {
  metre: "6/8",
  key: "G",
  full: 0.75,
  right_bars: 1,
  bars: [
    { place: 4, length: 0.75, kind: /** @type {const} */ ("full") },
    { place: 7, length: 0.25, kind: /** @type {const} */ ("wrong") },
  ],
  notes: [
    { pitch: 67, start: 0, duration: 0.75, bar: 0, place: 4 },
    { pitch: 69, start: 0.75, duration: 0.25, bar: 1, place: 7 },
  ],
  problems: [],
};

test("the pieces of a tune are its text, and know their bar and note", () => {
  const pieces = piecesOf("K:G\nG6|A2", TUNE);
  assert.equal("K:G\nG6|A2", pieces.map(({ text }) => text).join(""));
  assert.deepEqual(
    [null, 0, 1],
    pieces.map(({ bar }) => bar),
  );
  assert.deepEqual(
    [true, false],
    pieces.slice(1).map(({ right }) => right),
  );
});

test("the verdict counts bars", () => {
  assert.equal("1 of 2 bars fit 6/8; the one that does not: orange.", verdict(TUNE));
});

test("A is 440 Hz, an octave doubles, and each note has its time", () => {
  assert.equal(440, hertz(69));
  assert.equal(880, hertz(81));
  assert.deepEqual(
    [0, 1, -1],
    [0.1, 0.8, 1.2].map((time) => soundingAt(TUNE.notes, time)),
  );
});

test("what goes on in its own characters can be written", () => {
  const text = /** @type {any} */ ({ task: "sequence", tokens: ["⏎", "a"], target_tokens: ["⏎", "a"] });
  assert.ok(writes(text));
  assert.ok(!writes({ ...text, target_tokens: ["⏎", "b"] }));
  assert.ok(!writes(null));
});
