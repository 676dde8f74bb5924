// Single examples and learning rates: what is asked, and how answers are told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersOf, summaryOf } from "../../static/js/panels/predictions.js";
import { decadesBetween, placesOf } from "../../static/js/panels/ratechart.js";
import { inWords } from "../../static/js/panels/rates.js";
import { studies } from "../../static/js/state/studies.js";
import { fakeRest } from "./fakes.js";

const STORE = /** @type {any} */ ({ access: { value: { id: "s1" } } });

test("a filter that is not wished for is not asked for", async () => {
  const rest = fakeRest({ "GET /sessions/s1/predictions?part=test&target=2&offset=0": { rows: [] } });
  await studies(STORE, rest).predictions({ part: "test", target: 2, answer: null, wrong: null, offset: 0 });
  assert.equal(rest.asked.length, 1);
});

test("parameters are named with commas between; none means the first few", async () => {
  const rest = fakeRest({ "GET /sessions/s1/histograms?parameters=a.W%2Cb.W": {}, "GET /sessions/s1/histograms": {} });
  await studies(STORE, rest).histograms(["a.W", "b.W"]);
  await studies(STORE, rest).histograms([]);
  assert.equal(rest.asked.length, 2);
});

test("how many are wrong is told, and how many were evaluated if not all", () => {
  const found = { evaluated: 40, of: 40, wrong: 3, mean_loss: 0.25 };
  assert.equal(summaryOf(/** @type {any} */ (found)), "3 of 40 wrong · mean loss 0.25");
  const some = { ...found, of: 4000, wrong: null };
  assert.match(summaryOf(/** @type {any} */ (some)), /^40 examples · mean loss 0.25 \(evaluated: 40 .*4,000\)$/);
  assert.match(summaryOf(/** @type {any} */ ({ ...found, of: 0 })), /no examples/);
});

test("of a long row the first numbers are shown", () => {
  assert.equal(numbersOf([1.5, 2], ["width", "color_score"]), "width 1.5 · color score 2");
  assert.match(numbersOf([1, 2, 3, 4, 5], ["a", "b", "c", "d", "e"]), / · …$/);
});

const RATES = {
  rates: [0.001, 0.01, 0.1, 1],
  losses: [1, 0.9, 0.5, "NaN"],
  smoothed: [1, 0.95, 0.6, "NaN"],
  exploded: true,
  steepest: 0.1,
  smallest: 0.1,
  suggestion: 0.01,
  present: 0.01,
};

test("a learning rate is suggested in words", () => {
  assert.match(inWords(RATES), /smallest at 0\.1\. Suggested is 0\.01: .* From 1 on it explodes\.$/);
  assert.match(inWords({ ...RATES, suggestion: null, exploded: false }), /never falls/);
});

test("rates stand on a logarithmic axis, a better loss lower, what is not finite nowhere", () => {
  const { x, y, decades } = placesOf(RATES);
  assert.deepEqual([0.001, 0.01, 0.1, 1], decades);
  assert.ok(Math.abs(x(0.01) - x(0.001) - (x(1) - x(0.1))) < 1e-9);
  assert.ok(y(0.5) > y(1));
  assert.deepEqual([0.01, 0.1], decadesBetween(-2.3, -0.7));
});
