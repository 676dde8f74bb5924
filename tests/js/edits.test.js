import assert from "node:assert/strict";
import { test } from "node:test";
import { datasetPatch } from "../../static/js/state/datasets.js";
import {
  changeLayer,
  freeId,
  insertLayer,
  moveLayer,
  offeredFeatures,
  removeLayer,
  replaceOptions,
  toggleFeature,
} from "../../static/js/state/edits.js";
import { SPEC } from "./fakes.js";

const ids = (patch) => patch.layers.map(({ id }) => id);
const deep = {
  ...SPEC,
  layers: [
    { id: "hidden1", type: "dense", units: 4, activation: "tanh" },
    { id: "hidden2", type: "dense", units: 4, activation: "tanh" },
    { id: "sum1", type: "add", inputs: ["hidden2", "hidden1"] },
    { id: "output", type: "dense", units: 1, activation: "sigmoid" },
  ],
};

test("a new layer gets a free name and its place", () => {
  assert.deepEqual(["hidden1", "hidden2", "output"], ids(insertLayer(SPEC, "dense", 1)));
  assert.equal("hidden3", freeId(deep, "dense"));
});

test("a skip connection adds the layer before to the nearest earlier one that is as wide", () => {
  const patch = insertLayer({ ...deep, layers: deep.layers.slice(0, 2) }, "add", 2);

  assert.deepEqual(["hidden2", "hidden1"], patch.layers[2].inputs);
});

test("a product takes the same two", () => {
  const patch = insertLayer({ ...deep, layers: deep.layers.slice(0, 2) }, "multiply", 2);

  assert.deepEqual({ id: "product1", type: "multiply", inputs: ["hidden2", "hidden1"] }, patch.layers[2]);
});

test("whoever read a removed layer reads what that one read", () => {
  const patch = removeLayer(deep, "hidden2");

  assert.deepEqual(["hidden1", "hidden1"], patch.layers[1].inputs);
});

test("layers change places", () => {
  assert.deepEqual(["hidden2", "hidden1", "sum1", "output"], ids(moveLayer(deep, "hidden2", -1)));
});

test("a change of one layer sends the whole list, because a merge patch replaces lists", () => {
  const patch = changeLayer(SPEC, "hidden1", { units: 9 });

  assert.equal(9, patch.layers[0].units);
  assert.equal("output", patch.layers[1].id);
});

test("options that the new optimizer does not know are removed", () => {
  const patch = replaceOptions(SPEC.optimizer, { type: "sgd", learning_rate: 0.05 });

  assert.deepEqual({ beta1: null, beta2: null, type: "sgd", learning_rate: 0.05 }, patch);
});

test("the last feature stays", () => {
  assert.deepEqual(["a", "b"], toggleFeature(["a"], "b"));
  assert.deepEqual(["a"], toggleFeature(["a", "b"], "b"));
  assert.deepEqual(["a"], toggleFeature(["a"], "a"));
});

test("two columns offer their squares, product and sines", () => {
  const offered = offeredFeatures(["x1", "x2"], ["x1", "x2"]);

  assert.deepEqual(["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"], offered);
});

test("another dataset brings the ending that its targets need", () => {
  const iris = { name: "iris", summary: "", task: "classification", classes: ["a", "b", "c"] };
  const patch = datasetPatch(SPEC, iris);

  assert.deepEqual({ name: "iris", varieties: null, features: null }, patch.dataset);
  assert.equal(3, patch.layers[1].units);
  assert.equal("softmax", patch.layers[1].activation);
  assert.equal("softmax_cross_entropy", patch.loss.type);
});

test("a measured target ends in a line", () => {
  const patch = datasetPatch(SPEC, { name: "diabetes", summary: "", task: "regression" });

  assert.equal("linear", patch.layers[1].activation);
  assert.equal("mse", patch.loss.type);
});
