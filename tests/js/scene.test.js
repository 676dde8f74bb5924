import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutStage } from "../../static/js/layout/layout.js";
import { widthOf } from "../../static/js/layout/text.js";
import { describe } from "../../static/js/scene/describe.js";
import { asKnown, blockOf } from "../../static/js/scene/known.js";
import { niceCeil, short, signed } from "../../static/js/scene/numbers.js";
import { entry, numbersOf, valuesOf } from "../../static/js/scene/reading.js";
import { movingScene, scene, stillKey, stillScene } from "../../static/js/scene/scene.js";
import { tableOf } from "../../static/js/scene/table.js";
import { storyboard } from "../../static/js/timeline/storyboard.js";
import { around, frameOf, MOMENTS, NETWORKS } from "./golden/frames.js";

const SIZES = [
  { width: 806, height: 620 },
  { width: 1240, height: 900 },
];

/** The view of a network just when something has run. */
function viewOf(name, moment, { t = 1, size = SIZES[0], ...more } = {}) {
  const network = NETWORKS[name]();
  const { before, after } = around(network, MOMENTS[moment](network));
  const layout = layoutStage(network.graph(), { ...size, names: network.features, classes: network.classes });
  const { beats } = storyboard(before, after, network.calls);
  return { layout, frame: after, beats, t, selection: null, hover: null, ...more };
}

const all = (view) => Object.values(scene(view)).flat();
const texts = (view) =>
  all(view).flatMap((command) => (command.kind === "label" && command.alpha !== 0 ? [command.text] : []));
const ofKind = (view, kind) => all(view).filter((command) => command.kind === kind);
const marks = (view, ink) => ofKind(view, "disc").filter(({ fill }) => fill === ink);

test("numbers have three significant digits and a true minus", () => {
  const given = [0, 1, -0.5, 0.0421, 0.00912, 12.345, -123.4, 1234.5, 1e6, -0.0000123, Number.NaN, -Infinity];

  assert.deepEqual(
    ["0", "1", "−0.500", "0.042", "0.0091", "12.3", "−123", "1235", "1.0e6", "−1.2e−5", "NaN", "−∞"],
    given.map(short),
  );
  assert.equal(
    true,
    given.every((x) => short(x).length <= 7),
  );
  assert.deepEqual(["+0.100", "−0.100", "0"], [0.1, -0.1, 0].map(signed));
});

test("a scale is a round number, and never less than what it measures", () => {
  assert.deepEqual([1, 0.015, 0.2, 3, 10], [0, 0.0123, 0.19, 2.2, 8].map(niceCeil));
});

test("uint8 is a code between min and max", () => {
  const tensor = { shape: [3], data: Uint8Array.of(0, 255, 51), min: -1, max: 4, limits: null, summary: null };

  assert.deepEqual([-1, 4, 0], [...valuesOf(tensor)]);
});

test("a weight of a pooled matrix is the mean of its block", () => {
  const matrix = { rows: 2, columns: 2, data: Float32Array.of(1, 2, 3, 4), fullRows: 8, fullColumns: 6 };

  assert.deepEqual([1, 2, 3, 4], [entry(matrix, 3, 2), entry(matrix, 0, 3), entry(matrix, 4, 0), entry(matrix, 7, 5)]);
});

test("a pooled vector has a number for every unit", () => {
  const tensor = {
    shape: [2],
    data: Float32Array.of(1, 2),
    min: 1,
    max: 2,
    limits: null,
    summary: { kind: "pooled", full_shape: [4] },
  };
  const frame = { tensors: new Map([["h.a", tensor]]) };

  assert.deepEqual([1, 1, 2, 2], [...numbersOf(frame, "h").a]);
});

/** What came as means over blocks, or as codes: 64 units in so many numbers. */
const coarse = (kind, count) => ({
  shape: [2, count],
  data: new Float32Array(2 * count).fill(0.25),
  min: 0,
  max: 1,
  limits: null,
  summary: { kind, full_shape: [2, 64] },
});

test("a unit is in the block that the server has put it into", () => {
  const starts = Array.from({ length: 21 }, (_, block) => Math.floor((block * 64) / 21));
  const blocks = Array.from({ length: 64 }, (_, unit) => starts.findLastIndex((start) => start <= unit));

  assert.deepEqual(
    blocks,
    blocks.map((_, unit) => blockOf(unit, 21, 64).block),
  );
  assert.deepEqual({ block: 9, from: 27, to: 30 }, blockOf(29, 21, 64));
});

test("a number that the frame does not have is never told as if it were the unit's own", () => {
  assert.equal("0.250", asKnown("0.250", { ...coarse("pooled", 64), summary: null }, 29));
  assert.equal("≈ 0.250", asKnown("0.250", coarse("quantised", 64), 29));
  assert.equal("≈ 0.250 (mean of units 28–30)", asKnown("0.250", coarse("pooled", 21), 29));
  assert.equal("≈ 0.250 (mean of a block)", asKnown("0.250", coarse("pooled", 21)));
});

test("words, tables and labels of a layer that came coarsely say so; beside a unit no mean of others stands", () => {
  const told = (kind, count) => {
    const view = viewOf("2-6-1", "forward");
    const z = {
      ...coarse(kind, count),
      shape: [count],
      data: new Float32Array(count),
      summary: { kind, full_shape: [6] },
    };
    const frame = { ...view.frame, tensors: new Map([...view.frame.tensors, ["hidden1.z", z]]) };
    return {
      words: describe(view.layout, frame, { kind: "unit", layer: "hidden1", unit: 4 }),
      cell: tableOf(view.layout, frame, "hidden1")?.rows[4].find((text) => text.includes("≈")),
      labels: texts({ ...view, frame }).filter((text) => text.startsWith("z ")),
    };
  };

  assert.match(told("pooled", 3).words, /≈ 0 \(mean of units 5–6\)/);
  assert.equal("≈ 0 (mean of units 5–6)", told("pooled", 3).cell);
  assert.deepEqual([], told("pooled", 3).labels);
  assert.deepEqual(Array(6).fill("z ≈ 0"), told("quantised", 6).labels);
});

// -------------------------------------------------------------------------------------------------------- forward

test("forward, filled discs travel to the right on every wire of the layer", () => {
  const positions = [0.1, 0.3, 0.45].map((t) =>
    Math.max(...marks(viewOf("2-6-1", "forward", { t }), "forward").map(({ x }) => x)),
  );

  assert.equal(true, positions[0] < positions[1] && positions[1] < positions[2]);
  assert.equal(12, marks(viewOf("2-6-1", "forward", { t: 0.2 }), "forward").length);
});

test("a unit's pre-activation is there once what travels has arrived", () => {
  const shown = (t) => texts(viewOf("2-6-1", "forward", { t })).filter((text) => text.startsWith("z ")).length;

  assert.deepEqual([0, 6], [shown(0.3), shown(1)]);
});

test("what is not computed is dotted and says so, and is never 0", () => {
  const view = viewOf("2-6-1", "activation");
  const dotted = ofKind(view, "ring").filter(({ dash }) => dash);

  assert.equal(1, dotted.length);
  assert.equal(true, texts(view).includes("not computed yet"));
  assert.equal(true, texts(view).includes("activation not computed yet"));
  assert.equal(
    false,
    texts(view).some((text) => /^(ŷ|da|dz) /.test(text)),
  );
});

test("where no frame has come yet, the stage is drawn with nothing computed", () => {
  const view = { ...viewOf("2-6-1", "forward"), frame: null, beats: [] };

  assert.equal(9, ofKind(view, "ring").filter(({ dash }) => dash).length);
});

test("the hue of a weight is its sign and its width its size", () => {
  const view = viewOf("2-1", "forward");
  const { W } = numbersOf(view.frame, "output");
  const drawn = ofKind(view, "curve").filter(({ ink }) => ink === "positive" || ink === "negative");

  assert.deepEqual(
    [...W.data].map((w) => (w < 0 ? "negative" : "positive")),
    drawn.map(({ ink }) => ink),
  );
  assert.equal(Math.abs(W.data[0]) > Math.abs(W.data[1]), drawn[0].width > drawn[1].width);
});

test("a dropped unit is hollow and crossed", () => {
  const view = viewOf("skip", "output");
  const dropped = [...numbersOf(view.frame, "drop").mask].filter((value) => value === 0).length;
  const crosses = ofKind(view, "path").filter(({ width, ink }) => width === 1.4 && ink === "ink3").length;

  assert.equal(true, dropped > 0);
  assert.equal(2 * dropped, crosses);
});

// ----------------------------------------------------------------------------------------------------------- loss

test("the card says loss, prediction and target", () => {
  const view = viewOf("2-6-1", "loss");
  const value = short(view.frame.tensors.get("loss").data[0]);

  for (const text of [value, "loss of the batch", "target", "this one"])
    assert.equal(true, texts(view).includes(text), text);
});

test("each of several outputs stands beside its class and its target", () => {
  const view = viewOf("4-8-3", "loss");

  for (const text of ["setosa", "versicolor", "virginica", "t 1"]) assert.equal(true, texts(view).includes(text), text);
});

test("a loss that is no number is a warning", () => {
  const view = viewOf("2-6-1", "loss");
  const tensors = new Map(view.frame.tensors).set("loss", {
    shape: [],
    data: Float32Array.of(Number.NaN),
    min: null,
    max: null,
  });
  const label = all({ ...view, frame: { ...view.frame, tensors } }).find(({ text }) => text === "NaN");

  assert.equal("warning", label.ink);
});

// ------------------------------------------------------------------------------------------------------- backward

test("backward, open chevrons travel to the left", () => {
  const least = (t) =>
    Math.min(
      ...ofKind(viewOf("2-6-1", "da", { t }), "chevron")
        .filter(({ y }) => y < 550)
        .map(({ x }) => x),
    );
  const angles = ofKind(viewOf("2-6-1", "da", { t: 0.3 }), "chevron").map(({ angle }) => Math.cos(angle));

  assert.equal(true, least(0.1) > least(0.3) && least(0.3) > least(0.45));
  assert.equal(
    true,
    angles.every((cos) => cos < 0),
  );
});

test("the first gradient comes from the loss", () => {
  const view = viewOf("2-6-1", "dz", { t: 0.25 });
  const [chevron] = ofKind(view, "chevron");

  assert.equal("backward", chevron.ink);
  assert.equal(true, chevron.x > view.layout.layers.at(-1).x && chevron.x < view.layout.loss.x);
});

test("wires turn to their gradient from the side of the loss", () => {
  const view = viewOf("2-1", "dW", { t: 0.5 });
  const parts = ofKind(view, "curve").filter(({ ink }) => ink === "positive" || ink === "negative");

  assert.deepEqual(
    [0, 0.5, 0, 0.5],
    parts.map(({ begin }) => begin),
  );
  assert.deepEqual(
    [0.5, 1, 0.5, 1],
    parts.map(({ end }) => end),
  );
});

test("gradients are numbers above the discs, in the hue of their pass", () => {
  const labels = ofKind(viewOf("2-6-1", "da"), "label").filter(({ text }) => /^da /.test(text));

  assert.equal(6, labels.length);
  assert.equal(
    true,
    labels.every(({ ink }) => ink === "backward"),
  );
});

test("weight gradients are said to be the batch's", () => {
  assert.equal(
    true,
    texts(viewOf("2-6-1", "dW")).some((text) => text.includes("dL/dW of the whole batch")),
  );
});

// --------------------------------------------------------------------------------------------------------- update

test("while the update is applied, a weight is on its way from before to after", () => {
  const [start, end] = [viewOf("2-1", "apply", { t: 0 }), viewOf("2-1", "apply", { t: 1 })];
  const { W, deltaW } = numbersOf(end.frame, "output");
  const said = (view) =>
    texts({ ...view, selection: { kind: "weight", layer: "output", from: 0, to: 0 } }).find((text) =>
      text.startsWith("W "),
    );
  const delta = signed(deltaW.data[0]);

  assert.equal(`W ${short(W.data[0] - deltaW.data[0])} ${delta}`, said(start));
  assert.equal(`W ${short(W.data[0])} ${delta}`, said(end));
});

test("deltas are violet: a halo, and a number on the largest", () => {
  const view = viewOf("2-6-1", "delta");
  const labels = ofKind(view, "label").filter(({ ink, text }) => ink === "update" && /^[+−]/.test(text));

  assert.equal(
    true,
    ofKind(view, "curve").some(({ ink }) => ink === "update"),
  );
  assert.equal(true, labels.length > 0 && labels.length <= 5);
});

test("before the deltas are computed nothing is violet", () => {
  assert.equal(
    false,
    all(viewOf("2-6-1", "first-dW")).some(({ ink }) => ink === "update"),
  );
});

// ------------------------------------------------------------------------------------------------ still and moving

test("nothing moves once an animation is over, but what is always on top", () => {
  const kinds = new Set(movingScene({ ...viewOf("2-6-1", "apply"), beats: [] }).map(({ kind }) => kind));

  assert.equal(false, kinds.has("map"));
  assert.equal(false, kinds.has("ring"));
});

test("the still part is the same at every moment with the same key", () => {
  for (const moment of Object.keys(MOMENTS)) {
    const [early, late] = [0.2, 0.8].map((t) => viewOf("2-6-1", moment, { t }));

    assert.equal(stillKey(early), stillKey(late));
    assert.deepEqual(stillScene(early), stillScene({ ...early, t: 0.8 }), moment);
  }
});

test("a frame and a moment always give the same picture", () => {
  const view = viewOf("2-8-8-1", "da", { t: 0.4 });

  assert.deepEqual(scene(view), scene(view));
});

// ------------------------------------------------------------------------------------------------------- selection

test("what is selected is outlined and says its number", () => {
  const view = viewOf("2-6-1", "forward");
  const chosen = [
    { kind: "unit", layer: "hidden1", unit: 1 },
    { kind: "weight", layer: "hidden1", from: 1, to: 2 },
    { kind: "bias", layer: "hidden1", unit: 1 },
    { kind: "loss" },
  ];

  for (const selection of chosen)
    assert.equal(
      true,
      all({ ...view, selection }).some(({ ink }) => ink === "selection"),
      selection.kind,
    );
  assert.equal(
    true,
    texts({ ...view, hover: chosen[2] }).some((text) => text.startsWith("b ")),
  );
});

test("a selection that is no longer there draws nothing", () => {
  const view = viewOf("2-6-1", "forward");

  assert.deepEqual(all(view), all({ ...view, selection: { kind: "unit", layer: "gone", unit: 9 } }));
});

test("a weight in an image is shown as a cell and a curve", () => {
  const view = viewOf("64x6", "forward", { selection: { kind: "weight", layer: "hidden2", from: 3, to: 4 } });

  assert.equal(
    true,
    ofKind(view, "outline").some(({ ink }) => ink === "selection"),
  );
  assert.equal(
    true,
    ofKind(view, "curve").some(({ ink }) => ink === "selection"),
  );
});

// ---------------------------------------------------------------------------------------------- no label over another

/** Numbers and names that stand still, as boxes. @param {object} view */
function boxes(view) {
  const shift = { left: 0, center: 0.5, right: 1 };
  return stillScene(view).flatMap((command) => {
    if (command.kind !== "label" || command.text === "") return [];
    const width = widthOf(command.text, command.size, command.mono);
    const x = command.x - width * shift[command.align];
    return [{ text: command.text, x, y: command.y - command.size * 0.45, width, height: command.size * 0.9 }];
  });
}

const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

for (const name of Object.keys(NETWORKS)) {
  test(`no label of ${name} stands over another`, () => {
    for (const size of SIZES) {
      for (const moment of ["output", "loss", "first-dW", "apply"]) {
        const found = boxes(viewOf(name, moment, { size }));
        const clashes = found.flatMap((a, index) =>
          found
            .slice(index + 1)
            .filter((b) => overlap(a, b))
            .map((b) => `${a.text} / ${b.text}`),
        );
        assert.deepEqual([], clashes, `${moment} at ${size.width}`);
      }
    }
  });

  test(`every type of ${name} is at least 11 pixels high`, () => {
    const sizes = ofKind(viewOf(name, "apply"), "label").map(({ size }) => size);

    assert.equal(true, Math.min(...sizes) >= 11);
  });
}

// -------------------------------------------------------------------------------------------------------- in words

test("everything that can be selected can be said", () => {
  const { layout, frame } = viewOf("2-6-1", "da");
  const said = (selection) => describe(layout, frame, selection);

  assert.match(
    said({ kind: "unit", layer: "hidden1", unit: 0 }),
    /^hidden1 unit 1 of 6: pre-activation .*, activation .*, gradient of the activation [+−]/,
  );
  assert.match(said({ kind: "unit", layer: "hidden1", unit: 0 }), /gradient of the pre-activation not computed yet/);
  assert.match(
    said({ kind: "weight", layer: "hidden1", from: 0, to: 1 }),
    /^Weight from input width to hidden1 unit 2 of 6: value .*, gradient over the batch not computed yet/,
  );
  assert.match(
    said({ kind: "bias", layer: "output", unit: 0 }),
    /^Bias of output unit 1: value .*, gradient over the batch [+−]/,
  );
  assert.match(said({ kind: "loss" }), /^Loss of the batch .*, of the followed example .*, target [01]\.$/);
});

test("a layer is a table with a row for each unit", () => {
  const { layout, frame } = viewOf("2-6-1", "da");
  const table = tableOf(layout, frame, "hidden1");

  assert.deepEqual(["unit", "bias b", "pre-activation z", "activation a", "gradient da", "gradient dz"], table.columns);
  assert.equal(6, table.rows.length);
  assert.equal("not computed", table.rows[0].at(-1));
  assert.equal(null, tableOf(layout, frame, "gone"));
});

test("frames of a step that has begun hold nothing of the one before", () => {
  const network = NETWORKS["2-6-1"]();
  for (let index = 0; index <= network.calls.length; index += 1) network.next();

  assert.equal(null, frameOf(network).tensors.get("hidden1.a").data);
});
