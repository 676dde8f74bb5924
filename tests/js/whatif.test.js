import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutStage } from "../../static/js/layout/layout.js";
import { widthOf } from "../../static/js/layout/text.js";
import { effectWords } from "../../static/js/panels/effects.js";
import { placesOf } from "../../static/js/panels/slicechart.js";
import { nameOf } from "../../static/js/panels/whatif.js";
import { toldOf } from "../../static/js/panels/whatiftold.js";
import { ghosts } from "../../static/js/scene/ghosts.js";
import { moment } from "../../static/js/scene/now.js";
import { stillScene } from "../../static/js/scene/scene.js";
import { createStore } from "../../static/js/state/store.js";
import { targetOf } from "../../static/js/state/suppose.js";
import { supposing } from "../../static/js/state/supposing.js";
import { DATASET } from "./fakes.js";
import { around, MOMENTS, NETWORKS } from "./golden/frames.js";

const LOSS = { old: 0.5, new: 0.75 };

/** An answer in which the second hidden unit and the output move. */
function answerOf(more = {}) {
  const still = { shape: [2], old: [1, 2], new: [1, 2], moved: 0, largest: null };
  const hidden = { shape: [6], old: [0, 0.42, 0, 0, 0, 0], new: [0, 0.51, 0, 0, 0, 0], moved: 1 };
  const output = { shape: [1], old: [0.3], new: ["NaN"], moved: 1, largest: { index: [0], old: 0.3, new: "NaN" } };
  return {
    in_batch: true,
    changes: [{ parameter: "hidden1.W", index: [0, 1], old: 0.15, new: 0.25 }],
    loss: LOSS,
    minimised: LOSS,
    nodes: {
      "input.a": still,
      "hidden1.a": { ...hidden, largest: { index: [1], old: 0.42, new: 0.51 } },
      "output.a": output,
    },
    ...more,
  };
}

function viewOf(answer) {
  const network = NETWORKS["2-6-1"]();
  const { after } = around(network, MOMENTS.loss(network));
  const layout = layoutStage(network.graph(), { width: 806, height: 620, names: network.features });
  return { layout, frame: after, beats: [], t: 1, selection: null, hover: null, ghosts: answer };
}

const commands = (answer) => ghosts(moment(viewOf(answer)));
const textsOf = (answer) => commands(answer).flatMap(({ kind, text }) => (kind === "label" ? [text] : []));

test("without a question there are no ghosts", () => {
  assert.deepEqual([], commands(null));
});

test("what moves says from what to what: units, the wire, the loss", () => {
  assert.deepEqual(["0.420 → 0.510", "0.300 → NaN", "W 0.150 → 0.250", "0.500 → 0.750"], textsOf(answerOf()));
});

test("the old value is hollow and dotted, the new one filled", () => {
  const rings = commands(answerOf()).filter(({ kind, dash }) => kind === "ring" && dash);
  const view = viewOf(answerOf());
  const unit = view.layout.layers[1].units[1];

  assert.equal(2, rings.length);
  assert.ok(Math.hypot(rings[0].x - unit.x, rings[0].y - unit.y) < 2 * unit.r + 10);
});

test("no ghost stands on the gradient above its unit, nor on its own words", () => {
  const network = NETWORKS["2-6-1"]();
  const { after } = around(network, MOMENTS["first-dW"](network));
  const view = { ...viewOf(answerOf()), frame: after };
  const discs = ghosts(moment(view)).filter(({ kind }) => kind === "disc" || kind === "ring");
  const numbers = [...stillScene(view), ...ghosts(moment(view))].filter(
    ({ kind, text }) => kind === "label" && /^dz|→/.test(text),
  );
  const half = ({ text, size }) => widthOf(text, size, true) / 2;

  assert.equal(true, discs.length > 0 && numbers.filter(({ text }) => text.startsWith("dz")).length === 7);
  for (const disc of discs)
    for (const number of numbers) {
      const apart =
        Math.abs(disc.y - number.y) >= disc.r + number.size / 2 || Math.abs(disc.x - number.x) >= disc.r + half(number);
      assert.equal(true, apart, `${number.text} at ${number.x}, ${number.y}`);
    }
});

test("of what is too large only what moves most is told", () => {
  const large = { shape: [1, 70, 70], old: null, new: null, moved: 9, largest: { index: [0, 1, 2], old: 1, new: 2 } };

  assert.ok(textsOf(answerOf({ nodes: { "hidden1.a": large } })).includes("1 → 2"));
});

test("the sentence tells the losses, or that nobody knows what is right", () => {
  const told = (answer) => toldOf({ target: { input: [0] }, value: 1, answer, effect: null, message: "" });

  assert.equal("With 0.25 instead of 0.15, the loss would be 0.75 instead of 0.5.", told(answerOf()));
  assert.match(told(answerOf({ in_batch: false })), /loss of this example/);
  assert.match(told(answerOf({ loss: { old: null, new: null } })), /nobody says/);
});

test("what is asked about is called as on the stage: columns by name, entries from 1", () => {
  const dataset = /** @type {any} */ ({ ...DATASET, features: ["color_score", "width"] });

  assert.equal("color score", nameOf({ input: [0] }, dataset));
  assert.equal("inputs[3, 5]", nameOf({ input: [2, 4] }, dataset));
  assert.equal("hidden1.W[1, 2]", nameOf({ parameter: "hidden1.W", index: [0, 1] }, null));
});

test("a nudge is told with what the gradient says, or that there is none yet", () => {
  const nudge = { by: 0.01, predicted: 0.003, measured: 0.0031 };

  assert.equal("0.01 more → loss +0.0031 (gradient says +0.003)", effectWords({ nudge }));
  assert.match(effectWords({ nudge: { ...nudge, predicted: null } }), /not computed yet/);
});

test("weights, biases and numbers of the input can be asked about; tokens and hidden units cannot", () => {
  const graph = NETWORKS["2-6-1"]().graph();
  const tokens = {
    ...graph,
    layers: graph.layers.map((layer, at) => (at === 1 ? { ...layer, type: "embedding" } : layer)),
  };
  const unit = (layer) => ({ kind: "unit", layer, unit: 1 });

  assert.deepEqual(
    { parameter: "hidden1.W", index: [0, 2] },
    targetOf({ kind: "weight", layer: "hidden1", from: 0, to: 2 }, graph),
  );
  assert.deepEqual({ input: [1] }, targetOf(unit("input"), graph));
  assert.deepEqual(
    [null, null, null],
    [targetOf(unit("hidden1"), graph), targetOf(unit("input"), tokens), targetOf(null, graph)],
  );
});

test("the drawing of a slice is as high as its curve; the tangent may leave it", () => {
  const places = placesOf([0, 1, 2], [3, 1, 2]);

  assert.ok(places.y(3) < places.y(1));
  assert.ok(places.x(0) < places.x(2));
  assert.ok(places.y(30) < 0);
});

test("the last wish wins: an older answer is given up", async () => {
  const store = createStore();
  const asked = [];
  const whatIf = (wish, signal) =>
    new Promise((resolve) => {
      asked.push({ wish, signal, resolve });
    });
  const target = { input: [0] };
  const question = supposing(store, { whatIf, effect: async () => null }, target);

  question.open();
  question.move(2);
  asked[1]?.resolve(answerOf({ in_batch: false }));
  asked[0]?.resolve(answerOf());
  await new Promise((done) => setTimeout(done));

  assert.deepEqual([0], [asked[0].wish.changes[0].add]);
  assert.equal(2, asked[1].wish.changes[0].value);
  assert.ok(asked[0].signal.aborted);
  assert.equal(false, store.supposed.value.answer.in_batch);
  question.end();
  assert.equal(null, store.supposed.value);
});
