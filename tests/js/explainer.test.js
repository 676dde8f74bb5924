import assert from "node:assert/strict";
import { test } from "node:test";
import { currentQuery, keepExplaining } from "../../static/js/state/explainer.js";
import { applyFrame } from "../../static/js/state/reduce.js";
import { aspects, queryOfCall, selectionOf, survives } from "../../static/js/state/select.js";
import { begun, CALLS, fakeRest, fakeTimers, frame, GRAPH } from "./fakes.js";

const weight = { kind: "weight", layer: "hidden1", from: 1, to: 2 };

test("numbers and selections translate into one another", () => {
  assert.deepEqual(
    { kind: "unit", layer: "hidden1", unit: 1 },
    selectionOf({ node: "hidden1.z", quantity: "value", index: [4, 1] }, GRAPH),
  );
  assert.deepEqual(
    { kind: "bias", layer: "output", unit: 0 },
    selectionOf({ node: "output.b", quantity: "delta", index: [0] }, GRAPH),
  );
  assert.deepEqual({ kind: "loss" }, selectionOf({ node: "loss", quantity: "value", index: [] }, GRAPH));
  assert.equal(null, selectionOf({ node: "gone.z", quantity: "value", index: [0, 0] }, GRAPH));
});

test("a unit offers its values in the forward order and its gradients in the backward one", () => {
  const names = aspects({ kind: "unit", layer: "hidden1", unit: 0 }, GRAPH, 0).map(({ name }) => name);

  assert.deepEqual(["z", "a", "da", "dz"], names);
});

test("a selection outside the network does not survive", () => {
  assert.equal(true, survives(weight, GRAPH));
  assert.equal(false, survives({ ...weight, from: 2 }, GRAPH));
  assert.equal(false, survives({ kind: "unit", layer: "gone", unit: 0 }, GRAPH));
});

test("without a selection the last operation is what is explained", () => {
  const vjp = CALLS.find(({ kind }) => kind === "vjp");

  assert.deepEqual({ node: "output.W", quantity: "gradient", index: [0, 0] }, queryOfCall(vjp, GRAPH, 0));
  assert.deepEqual({ node: "loss", quantity: "value", index: [] }, queryOfCall(CALLS[2], GRAPH, 0));
  assert.equal(null, queryOfCall(null, GRAPH, 0));
});

test("of a node that no frame carries a number is asked for that it has; of the batch's own none of a single example", () => {
  const nodes = [
    { name: "encoder.from_x", layer: "encoder", op: "dense", inputs: [], kind: "value", shape: [42, 256] },
    { name: "encoder.h", layer: "encoder", op: "rnn_step", inputs: [], kind: "value", shape: [64], steps: 42 },
    { name: "norm.mean", layer: "norm", op: "batch_mean", inputs: [], kind: "statistic", shape: [4] },
  ];
  const ran = (/** @type {string} */ node) => ({ ...CALLS[0], kind: "forward", node });
  const index = (/** @type {string} */ node) => queryOfCall(ran(node), { ...GRAPH, nodes }, 3)?.index;

  assert.deepEqual([3, 0, 0], index("encoder.from_x"));
  assert.deepEqual([3, 0], index("encoder.h[7]"));
  assert.deepEqual([0], index("norm.mean"));
});

test("a question about an example follows the example", () => {
  const store = begun();
  store.asked.value = { node: "hidden1.a", quantity: "value", index: [0, 2] };
  applyFrame(store, frame({ example: { example: 9, row: 5, in_batch: true, inputs: [], target: [0], label: "" } }));

  assert.deepEqual([5, 2], currentQuery(store)?.index);
});

test("the explanation is asked for at the chosen level, once for a burst of changes", async () => {
  const store = begun();
  const timers = fakeTimers();
  const path = "/sessions/s1/explain/hidden1.W?quantity=gradient&index=1%2C2&level=kid";
  const rest = fakeRest({ [`GET ${path}`]: { text: "because" } });
  const forget = () => timers.waiting.pop();
  const stop = keepExplaining(store, rest, (callback, ms) => timers.later(callback, ms), forget);
  store.asked.value = { node: "hidden1.W", quantity: "gradient", index: [1, 2] };
  store.level.value = "kid";
  timers.run();
  await new Promise(setImmediate);
  stop();

  assert.equal(1, rest.asked.length);
  assert.equal("because", store.why.value.explanation?.text);
});

test("an explanation that comes when nothing is asked any more is not shown", async () => {
  const store = begun();
  const timers = fakeTimers();
  /** @type {(explanation: object) => void} */
  let answer = () => {};
  const rest = {
    get: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  };
  const stop = keepExplaining(store, rest, timers.later, () => timers.waiting.pop());
  store.selection.value = weight;
  timers.run();
  store.access.value = null;
  answer({ text: "too late" });
  await new Promise(setImmediate);
  stop();

  assert.equal("empty", store.why.value.state);
});
