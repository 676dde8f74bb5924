/** A word translated: what is said of it, and where the decoder looked as a matrix. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { drawMatrix, matrixOf, strongest } from "../../static/js/panels/looks.js";
import { answerOf, firstWord, longest, lookOf, weightsOf } from "../../static/js/panels/translate.js";
import { translates } from "../../static/js/state/contents.js";
import { begun, POSITION } from "./fakes.js";

const LOOKED = {
  rows: ["d", " ", "⏎"],
  columns: ["t", "w"],
  weights: [
    [0.25, 0.75],
    [1, 0],
    [0.5, 0.5],
  ],
};
const DATASET = /** @type {any} */ ({
  tokens: ["·", "a", "b"],
  target_tokens: ["⏎", "c"],
  train: { raw: [[1, 1, 1, 0]] },
  test: { raw: [[2, 1, 0, 0]] },
});
const GRAPH = /** @type {any} */ ({ layers: [{ type: "lstm" }, { type: "decoder" }] });

test("a cell for each pair, as wide as there is room, and not wider than is good", () => {
  const matrix = matrixOf(LOOKED, 42);
  assert.deepEqual([12, 15], matrix.cell);
  assert.deepEqual({ x: 30, y: 18, share: 0.75 }, matrix.cells[1]);
  assert.deepEqual([42, 63], [matrix.width, matrix.height]);
  assert.deepEqual(
    ["d", "␣", "⏎"],
    matrix.rows.map(({ text }) => text),
  );
  assert.equal(18, matrixOf(LOOKED, 1000).cell[0]);
  assert.equal(4, matrixOf(LOOKED, 0).cell[0]);
});

test("many symbols stand in low rows", () => {
  const rows = Array.from({ length: 30 }, () => "x");
  assert.equal(11, matrixOf({ ...LOOKED, rows }, 100).cell[1]);
});

test("the colour is as strong as the weight", () => {
  /** @type {number[]} */
  const strengths = [];
  const context = /** @type {any} */ ({
    globalAlpha: 1,
    fillStyle: "",
    fillRect() {
      if (this.fillStyle === "fwd") strengths.push(this.globalAlpha);
    },
    fillText() {},
  });
  drawMatrix(context, matrixOf(LOOKED, 100), (name) => name);
  assert.deepEqual(LOOKED.weights.flat(), strengths);
});

test("the strongest look in words", () => {
  assert.deepEqual({ symbol: "w", place: 2, share: 0.75 }, strongest(LOOKED, 0));
  assert.equal(", looked most at t, symbol 1 of 2 (100 %)", lookOf(LOOKED, 1));
});

test("the answer says what came out, how sure it was, and whether it ended", () => {
  const found = { text: "c", tokens: ["c", "⏎"], probabilities: [0.9, 0.7], ended: true, attention: null };
  assert.equal("“a” becomes “c”. It was 80 % sure of a symbol on average.", answerOf("a", found, false));
  const cut = { ...found, text: "", tokens: ["c"], probabilities: null, ended: false };
  assert.equal(
    "“a” becomes nothing. It did not come to an end: cut after 1 symbol. It has learned nothing yet: let it train for a while.",
    answerOf("a", cut, true),
  );
});

test("only a decoder of texts translates; it begins with a text that is new to it", () => {
  assert.ok(translates(DATASET, GRAPH));
  assert.ok(!translates({ ...DATASET, tokens: [] }, GRAPH));
  assert.ok(!translates(DATASET, /** @type {any} */ ({ layers: [{ type: "dense" }] })));
  assert.ok(!translates(null, null));
  assert.equal("ba", firstWord(DATASET));
  assert.equal("aaa", firstWord({ ...DATASET, test: { raw: [] } }));
  assert.equal(4, longest(DATASET));
  assert.equal(3, longest({ ...DATASET, tokens: ["⏎", "a", "b"] }));
});

test("an operation translates nothing anew; a step, and a weight set by hand, do", () => {
  const store = begun();
  const at = (/** @type {object} */ position) => {
    store.position.value = { ...POSITION, ...position };
    return weightsOf(store);
  };
  const first = at({ op: 0 });

  assert.equal(first, at({ op: 3, phase: "backward" }));
  assert.notEqual(first, at({ step: 1 }));
  const undo = { what: "parameter", name: "decoder.b[1]", field: "", value: 1, step: 0, op: 0 };
  store.undoable.value = /** @type {any} */ ({ undo, redo: null });
  assert.notEqual(first, at({ op: 0 }));
});
