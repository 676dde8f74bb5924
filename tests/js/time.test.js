import assert from "node:assert/strict";
import { test } from "node:test";
import { lookingAt } from "../../static/js/layout/camera.js";
import { layoutStage } from "../../static/js/layout/layout.js";
import { pick } from "../../static/js/layout/pick.js";
import { widthOf } from "../../static/js/layout/text.js";
import { GUTTER, pickTitle, stepX } from "../../static/js/layout/time.js";
import { nextSelection } from "../../static/js/layout/walk.js";
import { zoomed } from "../../static/js/layout/zoomed.js";
import { imagesOf } from "../../static/js/panels/matrices.js";
import { nearestPair } from "../../static/js/panels/projection.js";
import { groupsOf } from "../../static/js/panels/ribbongroups.js";
import { saidRows } from "../../static/js/panels/said.js";
import { found, targetOf, textOf } from "../../static/js/panels/texts.js";
import { chartsOf, inWords } from "../../static/js/panels/throughtime.js";
import { describe } from "../../static/js/scene/describe.js";
import { footScene, movingScene, scene, stillScene } from "../../static/js/scene/scene.js";
import { sums } from "../../static/js/scene/sums.js";
import { tableOf } from "../../static/js/scene/table.js";
import { logScale, logShare, power } from "../../static/js/scene/tracks.js";
import { aspects, selectionOf, survives } from "../../static/js/state/select.js";
import { sequenceKindsAt } from "../../static/js/state/sequencekinds.js";

const SIZE = { width: 800, height: 640, tokens: ["", "a", "b", "c"], classes: ["left", "right"] };
const QUANTITIES = ["z", "i", "f", "g", "o", "c", "tanh_c", "h"];
const [T, M] = [4, 2];

const block = (/** @type {string} */ name) => ({ name: `lstm.${name}`, units: M, steps: T, reverse: false });
const GRAPH = {
  layers: [
    layer("input", "input", [T], [], ["input.a", "input.mask"]),
    layer("letters", "embedding", [T, 3], ["input"], ["letters.a"]),
    { ...layer("lstm", "lstm", [M], ["letters"], ["lstm.a"]), blocks: QUANTITIES.map(block) },
    { ...layer("output", "dense", [2], ["lstm"], ["output.z", "output.a"]), activation: "softmax" },
  ],
  nodes: [
    { name: "lstm.f", layer: "lstm", op: "sigmoid", inputs: ["lstm.z_f[t]"], steps: T },
    {
      name: "lstm.c",
      layer: "lstm",
      op: "lstm_cell",
      inputs: ["lstm.f[t]", "lstm.c[t-1]", "lstm.i[t]", "lstm.g[t]"],
      steps: T,
    },
  ],
  output: "output.a",
  loss: { type: "softmax_cross_entropy", formula: "" },
  parameter_count: 50,
};

function layer(id, type, shape, inputs, nodes) {
  const units = shape.reduce((a, b) => a * b, 1);
  const parameters =
    type === "dense"
      ? [
          { name: `${id}.W`, shape: [M, 2] },
          { name: `${id}.b`, shape: [2] },
        ]
      : [];
  return { id, type, label: id, units, activation: null, inputs, shape, nodes, parameters };
}

/** A sequence of which the first `done` steps are computed; its norms fall by a hundred from step to step, to the left. */
function sequence(done, backwards = false) {
  const computed = Uint8Array.from({ length: T }, (_, t) => Number(backwards ? t >= T - done : t < done));
  const norm = Float32Array.from({ length: T }, (_, t) => (computed[t] ? 100 ** (t - T + 1) : 0));
  return {
    shape: [T, M],
    data: new Float32Array(T * M).fill(0.5),
    min: 0,
    max: 0.5,
    limits: null,
    summary: null,
    steps: { norm, computed },
  };
}

function vector(...values) {
  return { shape: [values.length], data: Float32Array.from(values), min: 0, max: 3, limits: null, summary: null };
}

/** The frame after a call: so many steps forward, and back. */
function frame({ node, phase = "forward", kind = "forward", op = "sigmoid" }, forward, back = 0) {
  const tensors = new Map([
    ["input.a", vector(1, 2, 3, 0)],
    ["input.mask", vector(1, 1, 1, 0)],
  ]);
  for (const name of QUANTITIES) {
    tensors.set(`lstm.${name}`, sequence(forward));
    if (back) tensors.set(`lstm.${name}:gradient`, sequence(back, true));
  }
  const ran = { index: 9, phase, layer: "lstm", node, op, label: node, formula: "", kind };
  return {
    seq: 1,
    cursor: { step: 0, phase, op: 10, epoch: 0, batch: 0 },
    mode: "paused",
    ran,
    metrics: null,
    example: null,
    tensors,
  };
}

function drawn(shown, extra = {}) {
  const layout = layoutStage(GRAPH, SIZE);
  const parts = scene({ layout, frame: shown, beats: [], t: 1, selection: null, hover: null, ...extra });
  return [...parts.still, ...parts.moving];
}

const lanesOf = (layout) => layout.bands.flatMap(({ lanes }) => lanes);
const laneOf = (layout, key) => lanesOf(layout).find((lane) => lane.key === key);

test("time runs to the right: all lanes share their columns, tokens are at the bottom, the state is on top", () => {
  const layout = layoutStage(GRAPH, SIZE);

  assert.deepEqual(
    ["input", "letters", "lstm"],
    layout.bands.map((band) => band.layer),
  );
  assert.deepEqual(
    ["lstm.h", "lstm.c", "lstm.o", "lstm.g", "lstm.f", "lstm.i"],
    layout.bands[2].lanes.map(({ key }) => key),
  );
  assert.equal(1, new Set(lanesOf(layout).map((lane) => `${lane.x} ${lane.width}`)).size);
  assert.ok(laneOf(layout, "input.a").y > laneOf(layout, "letters.a").y);
  assert.ok(laneOf(layout, "letters.a").y > laneOf(layout, "lstm.i").y);
});

test("what has no time stands at the right of it, the last state first", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const [lstm, output] = layout.layers;

  assert.deepEqual(
    ["lstm", "output"],
    layout.layers.map(({ id }) => id),
  );
  assert.equal("last h", lstm.subtitle);
  assert.ok(lstm.x > laneOf(layout, "lstm.h").x + laneOf(layout, "lstm.h").width);
  assert.ok(output.x > lstm.x && layout.loss.x > output.x && layout.loss.x + layout.loss.width <= layout.width);
  assert.equal(M * 2, layout.wires.length);
});

test("folded, a layer is one lane, and the others have the room", () => {
  const layout = layoutStage(GRAPH, { ...SIZE, folded: new Set(["lstm"]) });

  assert.deepEqual(
    ["norm"],
    layout.bands[2].lanes.map(({ role }) => role),
  );
  assert.equal("lstm", pickTitle(layout.bands, layout.bands[2].x + 20, layout.bands[2].y + 8)?.layer);
});

test("a long sequence makes the stage wider than the window, never its steps too narrow", () => {
  const long = {
    ...GRAPH,
    layers: GRAPH.layers.map((one) => ({
      ...one,
      shape: one.shape[0] === T ? [256, ...one.shape.slice(1)] : one.shape,
      blocks: one.blocks?.map((each) => ({ ...each, steps: 256 })),
    })),
  };
  const layout = layoutStage(long, SIZE);

  assert.ok(layout.width > SIZE.width);
  assert.ok(lanesOf(layout).every(({ width, steps }) => width / steps >= 5));
});

test("a click finds the unit of a gate at its time step", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const lane = laneOf(layout, "lstm.f");

  assert.deepEqual(
    { kind: "step", layer: "lstm", key: "lstm.f", t: 2, unit: 1 },
    pick(layout, stepX(lane, 2) + 3, lane.y + lane.height * 0.75),
  );
});

test("keys walk from step to step, from unit to unit and from gate to gate", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const at = (extra) => ({ kind: "step", layer: "lstm", key: "lstm.f", t: 1, unit: 0, ...extra });

  assert.deepEqual(at({ t: 2 }), nextSelection(layout, at({}), "right"));
  assert.deepEqual(at({ unit: 1 }), nextSelection(layout, at({}), "down"));
  assert.deepEqual(at({ key: "lstm.g" }), nextSelection(layout, at({}), "over"));
  assert.deepEqual(at({ key: "lstm.i" }), nextSelection(layout, at({}), "under"));
  assert.deepEqual(at({ t: 0 }), nextSelection(layout, at({ t: 0 }), "left"));
  assert.deepEqual(
    { kind: "step", layer: "input", key: "input.a", t: 0, unit: 0 },
    nextSelection(layout, null, "right"),
  );
});

test("what is computed is an image as wide as its steps; the rest is dotted", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const lane = laneOf(layout, "lstm.f");
  const commands = drawn(frame({ node: "lstm.f[1]" }, 2));
  const image = commands.find(({ kind, slot }) => kind === "map" && slot?.startsWith("lstm.f "));
  const dotted = commands.find(({ kind, dash, y }) => kind === "outline" && dash && y === lane.y + 1);

  assert.deepEqual([2, M, lane.x, lane.width / 2], [image.columns, image.rows, image.x, image.width]);
  assert.equal(lane.x + lane.width / 2 + 1, dotted.x);
});

test("the running call's cell is outlined, in the hue of its pass", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const lane = laneOf(layout, "lstm.f");
  const cell = (shown) =>
    drawn(shown).find(({ kind, thickness, x }) => kind === "outline" && thickness === 2.2 && x === stepX(lane, 1));

  assert.equal("forward", cell(frame({ node: "lstm.f[1]" }, 2)).ink);
  assert.equal(
    "backward",
    cell(frame({ node: "lstm.f[1]", phase: "backward", kind: "vjp", op: "lstm_cell" }, 4, 3)).ink,
  );
});

test("what a cell reads travels to it, and its gradient comes back from what has read it", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const c = laneOf(layout, "lstm.c");
  const beat = (node, kind, op) => ({ kind, key: "", layer: "lstm", node, op, begin: 0, end: 1 });
  const there = drawn(frame({ node: "lstm.c[1]" }, 2), { beats: [beat("lstm.c[1]", "forward", "lstm_cell")], t: 0.4 });
  const back = drawn(frame({ node: "lstm.c[1]" }, 4, 2), { beats: [beat("lstm.c[1]", "vjp", "lstm_cell")], t: 0.4 });
  const discs = there.filter(({ kind, r, fill }) => kind === "disc" && r === 4.2 && fill === "forward");
  const chevrons = back.filter(({ kind, size, ink }) => kind === "chevron" && size === 5.5 && ink === "backward");

  assert.equal(4, discs.length);
  assert.equal(1, chevrons.filter(({ x, y }) => y < layout.foot && x > stepX(c, 1) && x < stepX(c, 3)).length);
});

test("a gradient that vanishes is seen: each hundredth is as much lower on a scale of powers of ten", () => {
  const commands = drawn(frame({ node: "lstm.c[0]", phase: "backward", kind: "vjp" }, 4, 4));
  const lane = laneOf(layoutStage(GRAPH, SIZE), "lstm.c");
  const inside = (y) => y >= lane.track.y - 1 && y <= lane.track.y + lane.track.height;
  const heights = commands
    .filter(({ kind, fill, y, radius }) => kind === "bar" && fill === "backward" && radius === 1 && inside(y))
    .map(({ height }) => height);

  assert.equal(T, heights.length);
  assert.ok(Math.abs(heights[3] - heights[2] - (heights[2] - heights[1])) < 1e-3);
  assert.ok(heights[0] < heights[1]);
});

test("the scale goes from the power of ten above to the one below, and says so in true minus signs", () => {
  assert.deepEqual({ top: -1, decades: 6 }, logScale([0.05, 3e-7]));
  assert.deepEqual({ top: 0, decades: 4 }, logScale([]));
  assert.equal(0.5, logShare({ top: 0, decades: 4 }, 0.01));
  assert.equal(0, logShare({ top: 0, decades: 4 }, 0));
  assert.equal("10⁻¹²", power(-12));
});

test("a cell is said in words, a layer is a table by time step", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const shown = frame({ node: "lstm.f[1]" }, 2);

  assert.equal(
    "lstm, time step 1 (b), forget f, unit 2 of 2: 0.500.",
    describe(layout, shown, { kind: "step", layer: "lstm", key: "lstm.f", t: 1, unit: 1 }),
  );
  assert.match(
    describe(layout, shown, { kind: "step", layer: "lstm", key: "lstm.f", t: 3, unit: 1 }),
    /not computed yet/,
  );
  const table = tableOf(layout, shown, "lstm");
  assert.deepEqual(["time step", "‖h‖", "‖dh‖"], table.columns.slice(0, 3));
  assert.deepEqual(["0 a", "1.0e−6", "not computed"], table.rows[0].slice(0, 3));
});

test("a cell asks for its node at its step, and a question about a node finds its cell", () => {
  const selection = { kind: "step", layer: "lstm", key: "lstm.f", t: 3, unit: 1 };

  assert.deepEqual(
    ["z_f", "f", "df", "dz_f"],
    aspects(selection, GRAPH, 5).map(({ name }) => name),
  );
  assert.deepEqual(
    ["lstm.f[3]", [5, 1]],
    [aspects(selection, GRAPH, 5)[1].node, aspects(selection, GRAPH, 5)[1].index],
  );
  assert.deepEqual(selection, selectionOf({ node: "lstm.f[3]", quantity: "value", index: [5, 1] }, GRAPH));
  assert.deepEqual(
    { ...selection, key: "lstm.c" },
    selectionOf({ node: "lstm.c_new[3]", quantity: "value", index: [5, 1] }, GRAPH),
  );
  assert.deepEqual(
    { kind: "step", layer: "letters", key: "letters.a", t: 2, unit: 1 },
    selectionOf({ node: "letters.a", quantity: "value", index: [0, 2, 1] }, GRAPH),
  );
  assert.equal(false, survives({ ...selection, t: 4 }, GRAPH));
});

test("the ribbon groups calls by layer and ticks where a time step begins", () => {
  const call = (layer, node) => ({
    index: 0,
    phase: "forward",
    layer,
    node,
    op: "",
    label: "",
    formula: "",
    kind: "forward",
  });
  const calls = [
    call("letters", "letters.a"),
    ...["z[0]", "h[0]", "z[1]", "h[1]"].map((name) => call("lstm", `lstm.${name}`)),
  ];

  assert.deepEqual(
    [
      ["letters", 1, []],
      ["lstm", 4, [1, 3]],
    ],
    groupsOf(calls).map(({ layer, count, steps }) => [layer, count, steps]),
  );
});

test("examples are texts with what they are; padding does not show", () => {
  const dataset = {
    ...{
      name: "x",
      task: "classification",
      columns: [],
      features: [],
      classes: ["left", "right"],
      target_name: "side",
      plot: null,
    },
    tokens: SIZE.tokens,
    train: {
      raw: [
        [1, 2, 0, 0],
        [3, 3, 3, 0],
      ],
      targets: [0, 1],
      count: 2,
      lengths: [2, 3],
    },
    test: { raw: [], targets: [], count: 0 },
  };

  assert.deepEqual(
    ["ab", "left", "ccc", "right"],
    [textOf(dataset, 0), targetOf(dataset, 0), textOf(dataset, 1), targetOf(dataset, 1)],
  );
  assert.deepEqual([[0, 1], [1], []], [found(dataset, ""), found(dataset, "cc"), found(dataset, "zz")]);
});

test("the gradient's way is a curve for each state, and said in words", () => {
  const shown = frame({ node: "lstm.c[0]", phase: "backward", kind: "vjp" }, 4, 4);
  const [chart] = chartsOf(GRAPH, shown, {});

  assert.deepEqual(["lstm", ["‖dc‖", "‖dh‖"]], [chart.title, chart.curves.map(({ name }) => name).sort()]);
  assert.match(inWords(chart), /is 1 at time step 3 and 1.*e?.* at time step 0: it vanishes\./);
  assert.ok(Number.isNaN(chartsOf(GRAPH, frame({ node: "lstm.c[3]" }, 4, 0), {})[0].curves[0].values[0]));
});

test("matrices of layers over time are images, attention's one for each head", () => {
  const graph = {
    ...GRAPH,
    layers: [
      { ...GRAPH.layers[1], parameters: [{ name: "letters.W", shape: [4, 3] }] },
      layer("attend", "attention", [T, 3], [], []),
    ],
  };
  const tensors = new Map([["attend.weights", { ...vector(1), shape: [2, T, T] }]]);

  assert.deepEqual(
    [
      ["letters.W", 0],
      ["attend.weights", 0],
      ["attend.weights", 1],
    ],
    imagesOf(graph, { tensors }).map(({ key, slice }) => [key, slice]),
  );
});

test("through many layers it is a curve too", () => {
  const layers = Array.from({ length: 8 }, (_, at) => layer(`h${at}`, "dense", [2], [], []));
  const norms = Object.fromEntries(layers.map(({ id }, at) => [id, 10 ** (at - 7)]));
  const [chart] = chartsOf({ ...GRAPH, layers }, null, norms);

  assert.deepEqual(["all layers", "layer", 8], [chart.title, chart.axis, chart.curves[0].values.length]);
  assert.match(inWords(chart), /it vanishes/);
});

test("what is said is told step by step up to the end of what was wanted", () => {
  const graph = { ...GRAPH, output: "output.a", layers: [GRAPH.layers[0], { ...GRAPH.layers[3], shape: [4, 3] }] };
  const tensors = new Map([
    ["input.a", vector(1, 2, 3, 0)],
    ["target", vector(2, 0, 0, 0)],
    ["target.mask", vector(1, 1, 0, 0)],
    ["output.a", { ...vector(0.1, 0.2, 0.7, 0.5, 0.3, 0.2, 1, 0, 0, 1, 0, 0), shape: [4, 3] }],
  ]);
  const rows = saidRows({ tokens: ["", "a", "b", "c"], target_tokens: ["⏎", "x", "y"] }, graph, { tensors });

  assert.deepEqual(
    [
      ["a", "y", "y"],
      ["b", "⏎", "⏎"],
    ],
    rows.map(({ read, said, wanted }) => [read, said, wanted]),
  );
  assert.ok(Math.abs(rows[0].share - 0.7) < 1e-6);
});

test("behind tokens come embeddings of as many; a memory that is read on says something at every step", () => {
  const spec = {
    layers: [
      { id: "letters", type: "embedding" },
      { id: "lstm", type: "lstm" },
      { id: "output", type: "dense" },
    ],
  };
  const dataset = { task: "classification", tokens: SIZE.tokens };
  const at = (/** @type {number} */ place) => sequenceKindsAt(spec, GRAPH, dataset, place);

  assert.deepEqual({ tokens: 4, units: 8 }, at(0)?.[0].options);
  assert.deepEqual({ units: 16, return_sequences: true }, at(1)?.find(({ type }) => type === "gru").options);
  assert.equal(null, at(2));
});

test("of tokens in the plane those that stand closest are said", () => {
  const points = [
    [0, 0],
    [3, 0],
    [3, 0.5],
  ];
  assert.equal("Closest here: b and ␣.", nearestPair(points, ["a", "b", " "]));
  assert.equal("", nearestPair([[1, 1]], ["a"]));
});

test("near to a band, the names of its lanes stand in a margin that no cell, gap or number is drawn over", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const lane = laneOf(layout, "lstm.f");
  const near = zoomed(layout, lookingAt({ ...lane, x: lane.x + lane.width / 2 }, SIZE, 6), SIZE);
  const view = { layout: near, frame: frame({ node: "lstm.f[3]" }, 4), beats: [], t: 1, selection: null, hover: null };
  const named = (commands) => commands.filter(({ text }) => text === lane.label);
  const above = sums(view);
  const [plate] = above.filter(({ kind, fill, x }) => kind === "bar" && fill === "card" && x === 0);

  assert.deepEqual([0, 1], [named(movingScene(view).concat(stillScene(view))).length, named(above).length]);
  assert.equal(true, above.indexOf(plate) < above.indexOf(named(above)[0]));
  assert.deepEqual([1, GUTTER > plate.width], [plate.alpha, true]);
});

test("the words of the foot stand below what is seen of the lanes, clear of the buttons", () => {
  const layout = layoutStage(GRAPH, SIZE);
  const shown = frame({ node: "lstm.f[3]" }, 4);
  const lane = laneOf(layout, "lstm.f");
  for (const at of [0, 0.3, 0.9]) {
    const near = zoomed(layout, lookingAt({ ...lane, x: lane.x + lane.width * (at - 0.5) }, SIZE, 5), SIZE);
    const [words] = footScene({ layout: near, frame: shown, beats: [], t: 1, selection: null, hover: null }).filter(
      ({ text }) => text?.includes("4 of 4"),
    );
    const half = widthOf(words.text, words.size) / 2;
    assert.equal(true, words.x - half > 0 && words.x + half < SIZE.width - 150, `${at}: ${words.x}`);
  }
});
