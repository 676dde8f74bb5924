// The drawer below the transport, and the matrix in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { precisionOf, recallOf, summary } from "../../static/js/panels/confusiontab.js";
import { createDrawer, heightWithin, recallDrawer, rememberDrawer, toggleTab } from "../../static/js/state/drawer.js";

/** A browser's storage. */
function storage(kept = {}) {
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => {
      kept[key] = value;
    },
  };
}

test("a drawer begins closed; a tab opens it, the same tab closes it, another one takes its place", () => {
  const drawer = createDrawer();
  assert.equal(drawer.tab.value, null);
  toggleTab(drawer, "runs");
  assert.equal(drawer.tab.value, "runs");
  toggleTab(drawer, "confusion");
  assert.equal(drawer.tab.value, "confusion");
  toggleTab(drawer, "confusion");
  assert.equal(drawer.tab.value, null);
});

test("what was open, and how high, is remembered", () => {
  const kept = storage();
  const before = createDrawer();
  rememberDrawer(before, kept);
  before.tab.value = "confusion";
  before.height.value = 333;

  const after = createDrawer();
  recallDrawer(after, kept);
  assert.deepEqual(["confusion", 333], [after.tab.value, after.height.value]);
});

test("what another version has remembered does no harm", () => {
  const drawer = createDrawer();
  for (const text of ['{"tab":"attic","height":-4}', '{"height":"tall"}', "no JSON", "null"]) {
    recallDrawer(drawer, storage({ "deltaflow.drawer": text }));
    assert.deepEqual([null, 260], [drawer.tab.value, drawer.height.value]);
  }
});

test("a drawer is never too slim to read, and never takes the stage's part", () => {
  assert.equal(heightWithin(20, 500), 120);
  assert.equal(heightWithin(900, 500), 500);
  assert.equal(heightWithin(300.4, 500), 300);
});

// 10 cats, 8 of them found; 2 more were dogs.
const MATRIX = [
  [8, 2, 0],
  [2, 4, 0],
  [0, 0, 0],
];

test("recall is by row, precision by column; where there is nothing to count there is none", () => {
  assert.deepEqual(
    [0.8, 4 / 6, null],
    [0, 1, 2].map((at) => recallOf(MATRIX, at)),
  );
  assert.deepEqual(
    [0.8, 4 / 6, null],
    [0, 1, 2].map((at) => precisionOf(MATRIX, at)),
  );
});

test("a matrix is told beside chance, with its worst mistake", () => {
  const shown = { classes: ["cat", "dog", "emu"], matrix: MATRIX, part: "train", shows: "counts" };
  assert.deepEqual(summary(shown), [
    "12 of 16 right; chance alone, always saying cat, would get 10.",
    "Most often, cat is taken for dog: 2 times.",
  ]);
  assert.deepEqual(summary({ ...shown, matrix: [[0]] }), []);
});
