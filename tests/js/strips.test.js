// Histograms over time: which bins are shown, where they reach, what is read at a place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cellWords, figuresOf, moved } from "../../static/js/panels/histograms.js";
import { darkness, edgesOf, placeAt, shownBins } from "../../static/js/panels/strips.js";

/** @param {Record<number, number>} filled */
const column = (filled) => Array.from({ length: 32 }, (_, bin) => filled[bin] ?? 0);
const STRIP = {
  steps: [0, 10],
  reach: 2,
  counts: [column({ 15: 1, 16: 3 }), column({ 13: 1, 17: 3 })],
  figures: [
    [0, 0, 0, 0, 1],
    [0.25, 0.5, -1, 1, 0.125],
  ],
};

test("bins of weights are of one width, those of updates of half a decade", () => {
  assert.deepEqual([0, 0.125], edgesOf("weights", 16, 2));
  assert.deepEqual([-2, -1.875], edgesOf("weights", 0, 2));
  assert.deepEqual([0, 10 ** -7.5], edgesOf("updates", 16, 1));
  const [inner, outer] = edgesOf("updates", 8, 1);
  assert.ok(Math.abs(inner + 1e-4) < 1e-12 && Math.abs(outer + 10 ** -4.5) < 1e-12);
  assert.deepEqual([10 ** -0.5, Number.POSITIVE_INFINITY], edgesOf("updates", 31, 1));
});

test("only bins that hold something are shown, as many on either side of 0", () => {
  assert.deepEqual({ first: 13, last: 18 }, shownBins(STRIP));
  assert.deepEqual({ first: 15, last: 16 }, shownBins({ ...STRIP, counts: [] }));
});

test("a place is found from the upper left; large values are at the top", () => {
  assert.deepEqual({ at: 0, bin: 18 }, placeAt(STRIP, 0, 0));
  assert.deepEqual({ at: 1, bin: 13 }, placeAt(STRIP, 0.99, 0.99));
  assert.equal(placeAt(STRIP, 1.2, 0.5), null);
});

test("few are seen as well, none is not", () => {
  assert.equal(darkness(0, 10), 0);
  assert.ok(darkness(1, 1000) > 0.12);
  assert.equal(darkness(10, 10), 1);
});

test("arrow keys begin at the last column above 0 and stay on the strip", () => {
  const begun = moved(STRIP, null, [-1, 0]);
  assert.deepEqual({ at: 1, bin: 16 }, begun);
  assert.deepEqual({ at: 0, bin: 16 }, moved(STRIP, begun, [-1, 0]));
  assert.deepEqual({ at: 1, bin: 16 }, moved(STRIP, begun, [1, 0]));
  assert.deepEqual({ at: 1, bin: 13 }, moved(STRIP, { at: 1, bin: 13 }, [0, -1]));
});

test("a place and the present figures are told in words", () => {
  assert.equal(cellWords(STRIP, "weights", { at: 1, bin: 17 }), "step 10: 3 of 4 from 0.13 to 0.25");
  assert.equal(figuresOf(STRIP), "mean 0.25, standard deviation 0.5, from −1 to 1, 13 % exactly 0");
  assert.equal(figuresOf({ ...STRIP, figures: [] }), "no update yet");
});
