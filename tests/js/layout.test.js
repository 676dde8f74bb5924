import assert from "node:assert/strict";
import { test } from "node:test";
import { angleAt, distanceTo, partOf, pointAt } from "../../static/js/layout/curve.js";
import { layoutStage } from "../../static/js/layout/layout.js";
import { biasPlace, pick } from "../../static/js/layout/pick.js";
import { laneCount, lanesOf } from "../../static/js/layout/skips.js";
import { fitted, widthOf } from "../../static/js/layout/text.js";
import { nextSelection } from "../../static/js/layout/walk.js";
import { NETWORKS } from "./golden/frames.js";

const SIZES = [
  { width: 806, height: 620 },
  { width: 1240, height: 900 },
];

function laidOut(name, size = SIZES[0]) {
  const network = NETWORKS[name]();
  return layoutStage(network.graph(), { ...size, names: network.features, classes: network.classes });
}

const boxOf = (layout, id) => layout.layers.find((box) => box.id === id);

for (const name of Object.keys(NETWORKS)) {
  for (const size of SIZES) {
    test(`${name} fits into ${size.width} × ${size.height}, column by column`, () => {
      const layout = laidOut(name, size);

      assert.equal(true, layout.width <= size.width + 1 || name === "skip");
      for (const { x, left, right, top, bottom, titleY, units, pitch, tier, ...box } of layout.layers) {
        assert.equal(true, titleY + 24 <= top, "titles stand above the units");
        assert.equal(true, bottom <= layout.foot, "units stand above the foot");
        const half = tier === "strip" ? pitch / 2 : box.r;
        assert.equal(
          true,
          units.every(({ y }) => y - half >= top - 1 && y + half <= bottom + 1),
        );
        assert.equal(true, x - left >= 0 && x + right <= layout.width);
      }
      for (const { from, end } of layout.wires) assert.equal(true, from.x < end.x, "wires lead to the right");
    });
  }
}

test("every weight is a wire or lies in an image", () => {
  for (const name of Object.keys(NETWORKS)) {
    const layout = laidOut(name);
    const drawn = layout.wires.filter(({ weighted }) => weighted).length;
    const imaged = layout.matrices.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
    const weights = layout.graph.layers.flatMap(({ parameters }) => parameters.filter((p) => p.name.endsWith(".W")));
    assert.equal(
      weights.reduce((sum, { shape }) => sum + shape[0] * shape[1], 0),
      drawn + imaged,
      name,
    );
  }
});

test("many units become smaller, then a strip", () => {
  const tiers = ["2-6-1", "13-16-3", "32x4", "64x6"].map((name) => boxOf(laidOut(name), "hidden1").tier);

  assert.deepEqual(["full", "row", "small", "strip"], tiers);
});

test("weights between wide layers are an image whose rows stand beside the units that they come from", () => {
  const layout = laidOut("64x6");
  const [matrix] = layout.matrices;
  const source = boxOf(layout, matrix.source);

  assert.equal(5, layout.matrices.length);
  assert.deepEqual([source.top, source.bottom], [matrix.y, matrix.y + matrix.height]);
});

test("a layer wider than the stage is high is folded", () => {
  const layers = [
    { id: "input", units: 2, inputs: [], type: "input", activation: null, parameters: [] },
    {
      id: "wide",
      units: 400,
      inputs: ["input"],
      type: "dense",
      activation: "relu",
      parameters: [{ name: "wide.W", shape: [2, 400] }],
    },
  ];
  const layout = layoutStage({ layers, output: "wide.a", loss: { type: "mse" } }, SIZES[0]);

  assert.equal(400, layout.layers[1].folded);
});

test("a skip is an arc in a lane of its own, and its joint has a sign", () => {
  const layout = laidOut("skip");
  const [arc] = layout.arcs;
  const deepest = Math.max(...layout.layers.map(({ bottom }) => bottom));

  assert.deepEqual(["hidden1", "residual"], [arc.source, arc.layer]);
  assert.equal("+", boxOf(layout, "residual").symbol);
  assert.equal(true, arc.lane > deepest && arc.lane < layout.foot);
});

test("what an add reads from its neighbour comes over wires without weights, one for each unit", () => {
  const wires = laidOut("skip").wires.filter(({ layer }) => layer === "residual");

  assert.deepEqual(
    [0, 1, 2, 3, 4],
    wires.map(({ to }) => to),
  );
  assert.equal(
    true,
    wires.every(({ weighted, row, to }) => !weighted && row === to),
  );
});

test("layers of one depth share a column, one below the other", () => {
  const dense = (id, inputs) => ({
    id,
    units: 3,
    inputs,
    type: "dense",
    activation: "tanh",
    parameters: [{ name: `${id}.W`, shape: [3, 3] }],
  });
  const layers = [
    { id: "input", units: 3, inputs: [], type: "input", activation: null, parameters: [] },
    dense("left", ["input"]),
    dense("right", ["input"]),
    { id: "both", units: 6, inputs: ["left", "right"], type: "concat", activation: null, parameters: [] },
  ];
  const layout = layoutStage({ layers, output: "both.a", loss: { type: "mse" } }, SIZES[0]);
  const [left, right] = [boxOf(layout, "left"), boxOf(layout, "right")];

  assert.equal(left.x, right.x);
  assert.equal(true, left.bottom < right.titleY);
  assert.deepEqual(
    [3, 4, 5],
    layout.wires.filter(({ source }) => source === "right").map(({ to }) => to),
  );
});

test("probabilities are neutral where chance is", () => {
  assert.equal(0.5, laidOut("2-6-1").layers.at(-1).neutral);
  assert.equal(1 / 3, laidOut("4-8-3").layers.at(-1).neutral);
  assert.equal(0, boxOf(laidOut("2-6-1"), "hidden1").neutral);
});

test("names that do not fit keep the number at their end", () => {
  assert.equal("hidden1", fitted("hidden1", 12, 100));
  assert.equal("hid…12", fitted("hidden12", 12, 42));
  assert.equal(true, widthOf(fitted("nonflavanoid phenols", 12, 80), 12) <= 80);
});

// ------------------------------------------------------------------------------------------------------- curves

const FROM = { x: 0, y: 0 };
const TO = { x: 100, y: 60 };

test("a curve begins and ends where it should, level at both ends", () => {
  assert.deepEqual(FROM, pointAt(FROM, TO, 0));
  assert.deepEqual(TO, pointAt(FROM, TO, 1));
  assert.deepEqual({ x: 50, y: 30 }, pointAt(FROM, TO, 0.5));
  assert.equal(0, angleAt(FROM, TO, 0));
  assert.equal(0, angleAt(FROM, TO, 1));
});

test("a part of a curve lies on the curve", () => {
  const [a, b, c, d] = partOf(FROM, TO, 0.2, 0.7);
  const middle = { x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8, y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8 };
  const expected = pointAt(FROM, TO, 0.45);

  assert.deepEqual(pointAt(FROM, TO, 0.2), a);
  assert.equal(true, Math.hypot(middle.x - expected.x, middle.y - expected.y) < 1e-9);
});

test("the distance to a curve is 0 on it", () => {
  const { x, y } = pointAt(FROM, TO, 0.3);

  assert.equal(true, distanceTo(FROM, TO, x, y) < 0.5);
  assert.equal(true, Math.abs(10 - distanceTo(FROM, TO, 110, 60)) < 1e-9);
});

// ------------------------------------------------------------------------------------------------------- picking

test("a click on a disc, a bias, a wire, the loss finds each of them; one beside them nothing", () => {
  const layout = laidOut("2-6-1");
  const box = boxOf(layout, "hidden1");
  const unit = box.units[2];
  const bias = biasPlace(box, unit);
  const wire = layout.wires.find(({ layer, row, to }) => layer === "hidden1" && row === 0 && to === 0);
  const on = pointAt(wire.from, wire.end, 0.6);

  assert.deepEqual({ kind: "unit", layer: "hidden1", unit: 2 }, pick(layout, unit.x, unit.y));
  assert.deepEqual({ kind: "bias", layer: "hidden1", unit: 2 }, pick(layout, bias.x, bias.y));
  assert.deepEqual({ kind: "weight", layer: "hidden1", from: 0, to: 0 }, pick(layout, on.x, on.y + 4));
  assert.deepEqual({ kind: "loss" }, pick(layout, layout.loss.x + 5, layout.loss.y + 5));
  assert.equal(null, pick(layout, 5, 5));
});

test("a click into an image of weights finds the weight, one on a strip the unit", () => {
  const layout = laidOut("64x6");
  const matrix = layout.matrices[0];
  const box = boxOf(layout, "hidden1");
  const x = matrix.x + (10.5 / matrix.columns) * matrix.width;
  const y = matrix.y + (3.5 / matrix.rows) * matrix.height;

  assert.deepEqual({ kind: "weight", layer: "hidden2", from: 3, to: 10 }, pick(layout, x, y));
  assert.deepEqual({ kind: "unit", layer: "hidden1", unit: 63 }, pick(layout, box.x, box.bottom - 1));
});

test("wires of joints carry no weight, so they are no choice", () => {
  const layout = laidOut("skip");
  const wire = layout.wires.find(({ weighted }) => !weighted);
  const { x, y } = pointAt(wire.from, wire.end, 0.5);

  assert.equal(null, pick(layout, x, y));
});

// ------------------------------------------------------------------------------------------------------- walking

test("arrow keys go from the first input over a wire to the loss and back", () => {
  const layout = laidOut("2-1");
  const way = ["right", "right", "right", "right", "right", "left"];
  const walked = [null];
  for (const direction of way) walked.push(nextSelection(layout, walked.at(-1), direction));

  assert.deepEqual(
    [
      { kind: "unit", layer: "input", unit: 0 },
      { kind: "weight", layer: "output", from: 0, to: 0 },
      { kind: "unit", layer: "output", unit: 0 },
      { kind: "loss" },
      { kind: "loss" },
      { kind: "unit", layer: "output", unit: 0 },
    ],
    walked.slice(1),
  );
});

test("up and down go from unit to bias to unit, and from weight to weight", () => {
  const layout = laidOut("2-6-1");
  const unit = { kind: "unit", layer: "hidden1", unit: 0 };

  assert.deepEqual({ kind: "bias", layer: "hidden1", unit: 0 }, nextSelection(layout, unit, "down"));
  assert.deepEqual(
    { kind: "unit", layer: "hidden1", unit: 1 },
    nextSelection(layout, { ...unit, kind: "bias" }, "down"),
  );
  assert.deepEqual(unit, nextSelection(layout, unit, "up"), "the first has nothing above it");
  assert.deepEqual(
    { kind: "weight", layer: "hidden1", from: 1, to: 0 },
    nextSelection(layout, { kind: "weight", layer: "hidden1", from: 0, to: 5 }, "down"),
  );
});

test("every unit, weight and bias can be reached by arrow keys", () => {
  for (const name of ["2-6-1", "skip", "concat"]) {
    const layout = laidOut(name);
    const seen = new Map();
    const waiting = [nextSelection(layout, null, "right")];
    while (waiting.length > 0) {
      const at = waiting.pop();
      const key = JSON.stringify(at);
      if (seen.has(key)) continue;
      seen.set(key, at);
      for (const direction of ["up", "down", "left", "right"]) waiting.push(nextSelection(layout, at, direction));
    }
    const { layers, parameter_count: parameters } = layout.graph;
    assert.equal(1 + parameters + layers.reduce((sum, { units }) => sum + units, 0), seen.size, name);
  }
});

test("skips that do not touch share a lane, the others do not", () => {
  const chain = [0, 2, 4, 6].map((from) => ({ from, to: from + 2 }));

  assert.deepEqual([0, 1, 0, 1], lanesOf(chain));
  assert.deepEqual(
    [1, 0, 0],
    lanesOf([
      { from: 2, to: 4 },
      { from: 0, to: 3 },
      { from: 5, to: 7 },
    ]),
  );
  assert.equal(2, laneCount(chain));
  assert.equal(0, laneCount([]));
});
