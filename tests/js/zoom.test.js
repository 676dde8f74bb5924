import assert from "node:assert/strict";
import { test } from "node:test";
import { createCamerawork } from "../../static/js/draw/camerawork.js";
import { Viewpoint } from "../../static/js/draw/viewpoint.js";
import { homeCamera, ORIGIN } from "../../static/js/layout/camera.js";
import { layoutStage } from "../../static/js/layout/layout.js";
import { levelOf, levels, middleThing } from "../../static/js/layout/levels.js";
import { pick } from "../../static/js/layout/pick.js";
import { unitsInSight } from "../../static/js/layout/sight.js";
import { cardAt, rowY } from "../../static/js/layout/sums.js";
import { nearer } from "../../static/js/layout/tiers.js";
import { placed, zoomed } from "../../static/js/layout/zoomed.js";
import { stillScene } from "../../static/js/scene/scene.js";
import { sums } from "../../static/js/scene/sums.js";
import { keepSumming } from "../../static/js/state/sums.js";
import { namesInFull } from "../../static/js/state/watching.js";
import { begun, fakeTimers, frame, GRAPH } from "./fakes.js";

const VIEW = { width: 806, height: 620 };
const small = layoutStage(GRAPH, VIEW);
const graph = (widths) => {
  const [input, , output] = GRAPH.layers;
  const hidden = widths.map((units, at) => ({
    ...{ ...output, id: `hidden${at + 1}`, units, shape: [units], inputs: [at ? `hidden${at}` : "input"] },
    nodes: [`hidden${at + 1}.z`, `hidden${at + 1}.a`],
    parameters: [{ name: `hidden${at + 1}.W`, shape: [at ? widths[at - 1] : 2, units] }],
  }));
  return { ...GRAPH, layers: [input, ...hidden, { ...output, inputs: [`hidden${widths.length}`] }] };
};
const wide = layoutStage(graph(Array(12).fill(128)), VIEW);
const unit = (layer, at) => ({ kind: "unit", layer, unit: at });

test("at its own scale a layout is as it was laid out", () => {
  const { layout, camera } = placed(small, ORIGIN, VIEW);

  assert.deepEqual(small.layers, layout.layers);
  assert.equal(ORIGIN, camera);
});

test("the nearer one is, the more is said of a unit: strip, disc, disc with numbers, its sum", () => {
  const box = wide.layers[3];
  const tiers = [1, 3, 6, 20, 60].map((scale) => nearer(box, scale, true).tier);

  assert.deepEqual(["strip", "small", "row", "full", "sum"], tiers);
  assert.equal("full", nearer(box, 60, false).tier, "what is no sum has none");
});

test("discs grow, type and what lies between do not shrink them again", () => {
  const box = small.layers[1];
  const radii = [1, 1.2, 1.5, 2, 3].map((scale) => nearer(box, scale, false).r);

  assert.deepEqual(
    [...radii].sort((a, b) => a - b),
    radii,
  );
});

test("a network that is too wide is made smaller first, and only what is in sight is there when one is near", () => {
  assert.equal(true, homeCamera(wide, VIEW).scale < 1);
  const camera = levels(wide, unit("hidden6", 40), VIEW).at(-2);
  const near = zoomed(wide, camera, VIEW);
  const drawn = near.layers.map((box) => unitsInSight(near, box).length);

  assert.equal(true, drawn[6] >= 1 && drawn[6] < 12, `${drawn}`);
  assert.equal(0, drawn[1] + drawn[12]);
  assert.equal(true, near.matrices.length <= 2);
});

test("what cannot be seen makes no draw commands", () => {
  const count = (layout) =>
    stillScene({ layout, frame: null, beats: [], t: 1, selection: null, hover: null }).filter(
      ({ kind }) => kind !== "label",
    ).length;
  const far = placed(small, ORIGIN, VIEW).layout;
  const aside = zoomed(small, { x: -4000, y: 0, scale: 2 }, VIEW);

  assert.equal(true, count(far) > 10);
  assert.equal(true, count(aside) < count(far) / 3, `${count(aside)} of ${count(far)}`);
});

test("one goes in level by level, and every level is nearer to what is selected", () => {
  const found = levels(small, unit("hidden1", 1), VIEW);
  const last = found.at(-1);
  const tiers = found.map((camera) => placed(small, camera, VIEW).layout.layers[1].tier);

  assert.equal(true, found.length >= 3);
  assert.equal("sum", tiers.at(-1));
  assert.deepEqual(
    [0, found.length - 1],
    [found[0], last].map((camera) => levelOf(found, camera)),
  );
  assert.deepEqual(unit("hidden1", 1), middleThing(small, { ...last, x: last.x + 150 / last.scale }, VIEW));
});

const near = () => zoomed(small, levels(small, unit("hidden1", 1), VIEW).at(-1), VIEW);

test("a row of a card is its weight, the card its unit, and the wire arrives at the row", () => {
  const layout = near();
  const card = layout.layers[1].cards.find((one) => one.unit === 1);
  const wire = layout.wires.find(({ layer, row, to }) => layer === "hidden1" && row === 1 && to === 1);

  assert.equal(card, cardAt(layout, card.x + 5, card.y + 5));
  assert.deepEqual({ kind: "weight", layer: "hidden1", from: 1, to: 1 }, pick(layout, card.x + 40, rowY(card, 1)));
  assert.deepEqual(unit("hidden1", 1), pick(layout, card.x + 40, card.y + 5));
  if (wire) assert.equal(rowY(card, 1), wire.end.y);
});

const explained = (value, more = {}) => ({
  ...{ node: "hidden1.z", quantity: "value", index: [0, 1], computed: true, value, terms: [] },
  ...more,
});

test("a card says what the server explained, or that it is not computed", () => {
  const layout = near();
  const factor = (node, value) => ({ name: node, node, quantity: "value", index: [0, 0], value });
  const terms = [
    { label: "input 1", count: 1, value: 0.6, factors: [factor("input.a", 2), factor("hidden1.W", 0.3)] },
    { label: "bias", count: 1, value: -0.1, factors: [factor("hidden1.b", -0.1)] },
  ];
  const now = frame({ seq: 7 });
  const view = { layout, frame: now, beats: [], t: 1, selection: null, hover: null };
  const said = (z) =>
    sums({ ...view, sums: new Map([["hidden1 1", { seq: 7, z, da: null, dz: null }]]) })
      .filter(({ kind }) => kind === "label")
      .map(({ text }) => text);

  const computed = said(explained(0.5, { terms }));
  for (const text of ["2 × 0.300", "+0.600", "−0.100", "= z", "0.500"])
    assert.equal(true, computed.includes(text), text);
  assert.equal(true, said(explained(null, { computed: false })).includes("not computed yet"));
});

test("units that one is near to are explained, in the backward pass their gradients too; and their layers come in full", async () => {
  const store = begun();
  const timers = fakeTimers();
  const asked = [];
  const rest = { get: async (path) => asked.push(path.replace(/.*explain\//, "")) && explained(asked.length) };
  const stop = keepSumming(store, rest, timers.later);
  store.frame.value = frame({ seq: 3, ran: { phase: "backward" } });
  store.looked.value = { units: [{ layer: "hidden1", unit: 2 }], layers: ["hidden1"] };
  timers.run();
  await new Promise((resolve) => setTimeout(resolve));

  const about = (node, quantity) => `hidden1.${node}?quantity=${quantity}&index=0%2C2&level=tldr`;
  assert.deepEqual([about("z", "value"), about("a", "gradient"), about("z", "gradient")], asked);
  assert.equal(3, store.sums.value.get("hidden1 2").seq);
  assert.deepEqual(["hidden1.W", "hidden1.b", "hidden1.z", "hidden1.a"], namesInFull(store));
  const block = { name: "hidden1.h", units: 6, steps: 9, reverse: false };
  const layers = store.graph.value.layers.map((one) => ({ ...one, blocks: [block, { ...block, steps: 9999 }] }));
  store.graph.value = { ...store.graph.value, layers };
  assert.deepEqual(["hidden1.h", "hidden1.W", "hidden1.b", "hidden1.z", "hidden1.a"], namesInFull(store));
  stop();
});

test("out of an enlarged map every way back leads to the network, and there is no other way", () => {
  const done = [];
  const camera = createCamerawork({
    viewpoint: new Viewpoint(),
    lens: () => ({ layer: "conv", map: 1 }),
    calm: { matches: true },
    enlarge: (selection) => done.push(selection),
    moved: () => done.push("moved"),
  });

  assert.deepEqual(
    [true, true, false, false, false],
    [
      camera.travel("out", null),
      camera.zoom(0.8, ORIGIN),
      camera.travel("closer", null),
      camera.zoom(1.2, ORIGIN),
      camera.pan(5, 5),
    ],
  );
  assert.deepEqual([null, null], done);
});

test("a camera that rests follows the network's size; one that was moved stays where it is", () => {
  const viewpoint = new Viewpoint();
  viewpoint.arrange(wide, VIEW);
  const home = viewpoint.camera();
  viewpoint.arrange(small, VIEW);

  assert.deepEqual([homeCamera(wide, VIEW), homeCamera(small, VIEW)], [home, viewpoint.camera()]);
  assert.equal(true, viewpoint.zoom(2, { x: 400, y: 300 }));
  viewpoint.arrange(small, { ...VIEW, width: 900 });
  assert.equal(2, viewpoint.camera().scale);
  assert.deepEqual(["hidden1", "output"], viewpoint.outlook().layers);
  assert.equal(true, viewpoint.outlook().hidden && viewpoint.outlook().deep);
});

test("the card of a gradient is as tall as its rows, which are no inputs: no wire and no click takes them for weights", () => {
  const viewpoint = new Viewpoint();
  viewpoint.arrange(small, VIEW);
  viewpoint.fly(levels(small, unit("hidden1", 1), VIEW).at(-1), true);
  const card = () => viewpoint.placed().layout.layers[1].cards.find((one) => one.unit === 1);
  const terms = (count) => Array.from({ length: count }, () => ({ label: "", factors: [], value: 1, count: 1 }));
  const told = (quantity, count) => ({ node: "hidden1.z", quantity, computed: true, terms: terms(count) });
  const sum = (dz) => viewpoint.count(new Map([["hidden1 1", { seq: 1, z: told("value", 3), da: null, dz }]]));
  const wires = () => viewpoint.placed().layout.wires.filter((wire) => wire.layer === "hidden1" && wire.to === 1);

  sum(null);
  assert.deepEqual([3, 2], [card().rows, new Set(wires().map(({ end }) => end.y)).size]);
  sum(told("gradient", 1));
  const { x, y, height, rows } = card();
  assert.deepEqual([1, [y + height / 2]], [rows, [...new Set(wires().map(({ end }) => end.y))]]);
  assert.deepEqual(unit("hidden1", 1), pick(viewpoint.placed().layout, x + 40, y + 40));
});

test("at the nearest and at the farthest, zooming on changes nothing, wherever the pointer is", () => {
  for (const [factor, about] of [
    [1.3, { x: 40, y: 500 }],
    [1 / 1.3, { x: 700, y: 30 }],
  ]) {
    const viewpoint = new Viewpoint();
    viewpoint.arrange(wide, VIEW);
    for (let notch = 0; notch < 60; notch += 1) viewpoint.zoom(factor, about);
    const end = viewpoint.camera();

    assert.equal(false, viewpoint.zoom(factor, { x: 500, y: 90 }) || viewpoint.flyBy(factor, true));
    assert.deepEqual(end, viewpoint.camera());
    assert.equal(true, viewpoint.zoom(1 / factor, about));
  }
});

test("a card that shows not all of its rows is scrolled, as far as its last", () => {
  const many = layoutStage(graph([40, 2]), VIEW);
  const viewpoint = new Viewpoint();
  viewpoint.arrange(many, VIEW);
  viewpoint.fly(levels(many, unit("hidden2", 0), VIEW).at(-1), true);
  const card = () => viewpoint.placed().layout.layers[2].cards[0];
  const { x, y, rows, count } = card();

  assert.deepEqual([40, true, 0], [count, rows < count, card().first]);
  assert.equal(true, viewpoint.scroll(9999, { x: x + 9, y: y + 60 }));
  assert.equal(count - rows, card().first);
  assert.equal(false, viewpoint.scroll(9, { x: x - 9, y }));
});

test("where one stands fits stages of another size, and comes before the stage has one", () => {
  const viewpoint = new Viewpoint();
  viewpoint.arrange(small, VIEW);
  assert.equal(null, viewpoint.outlook().at, "nobody has moved it");
  viewpoint.zoom(3, { x: 500, y: 300 });
  const { at } = viewpoint.outlook();

  for (const view of [VIEW, { width: 1100, height: 700 }]) {
    const other = new Viewpoint();
    other.stand(at);
    other.arrange(layoutStage(GRAPH, { width: 10, height: 10 }), { width: 10, height: 10 });
    other.arrange(layoutStage(GRAPH, view), view);
    assert.deepEqual(at, other.outlook().at);
    other.pan(30, 0);
    assert.notDeepEqual(at, other.outlook().at);
  }
});
