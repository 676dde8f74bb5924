import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutStage } from "../../static/js/layout/layout.js";
import { holdable } from "../../static/js/panels/holding.js";
import { describe } from "../../static/js/scene/describe.js";
import { moment } from "../../static/js/scene/now.js";
import { heldWords, isFrozen, signs } from "../../static/js/scene/signs.js";
import { tableOf } from "../../static/js/scene/table.js";
import { around, MOMENTS, NETWORKS } from "./golden/frames.js";

/** The view of a network in which a hand has been laid on its first hidden layer. */
function viewOf(change) {
  const network = NETWORKS["2-6-1"]();
  const { after } = around(network, MOMENTS.forward(network));
  const graph = network.graph();
  const layers = graph.layers.map((layer, at) => (at === 1 ? { ...layer, ...change } : layer));
  const layout = layoutStage({ ...graph, layers }, { width: 806, height: 620, names: network.features });
  return { layout, frame: after, beats: [], t: 1, selection: null, hover: null };
}

const lines = (view) => signs(moment(view));
const hiddenOf = (view) => view.layout.graph.layers[1];

test("where no hand was laid, there is no sign", () => {
  assert.deepEqual([], lines(viewOf({})));
});

test("a frozen layer has a lock beside its title, and its table says so", () => {
  const view = viewOf({ trainable: false });
  const box = view.layout.layers[1];
  const [shackle, body] = lines(view);

  assert.deepEqual(["path", "bar"], [shackle.kind, body.kind]);
  assert.ok(body.x + body.width < box.x);
  assert.ok(isFrozen(hiddenOf(view)));
  assert.match(tableOf(view.layout, view.frame, box.id).caption, /frozen/);
});

test("a held unit stands in a vice, a killed one is struck through as well", () => {
  const held = lines(viewOf({ clamps: { 1: 0.5 } }));
  const killed = lines(viewOf({ clamps: { 1: 0 } }));

  assert.deepEqual([2, 4], [held.length, killed.length]);
});

test("tables and sentences say who is held", () => {
  const view = viewOf({ clamps: { 0: 0, 1: 0.5 } });
  const { id } = hiddenOf(view);
  const rows = tableOf(view.layout, view.frame, id).rows.map(([name]) => name);

  assert.deepEqual(["1 · killed", "2 · held at 0.500", "3"], rows.slice(0, 3));
  assert.match(describe(view.layout, view.frame, { kind: "unit", layer: id, unit: 0 }), /killed/);
  assert.equal(null, heldWords(hiddenOf(view), 2));
});

test("only units between input and output can be held", () => {
  const { graph } = viewOf({}).layout;
  const [input, hidden] = graph.layers;
  const output = graph.layers.at(-1);
  const unit = (layer) => holdable({ kind: "unit", layer: layer.id, unit: 0 }, graph);

  assert.deepEqual([null, { layer: hidden.id, unit: 0, map: false }, null], [input, hidden, output].map(unit));
  assert.equal(null, holdable({ kind: "loss" }, graph));
});
