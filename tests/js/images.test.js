import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutStage } from "../../static/js/layout/layout.js";
import { pick } from "../../static/js/layout/pick.js";
import { kernelArea, mapBiasPlace } from "../../static/js/layout/tiles.js";
import { nextSelection } from "../../static/js/layout/walk.js";
import { areaOn, channelsOf, patchUnder } from "../../static/js/layout/windows.js";
import { describe } from "../../static/js/scene/describe.js";
import { movingScene, stillScene } from "../../static/js/scene/scene.js";
import { tableOf } from "../../static/js/scene/table.js";
import { salient } from "../../static/js/state/salient.js";
import { aspects, queryOfCall, selectionOf, survives } from "../../static/js/state/select.js";
import { storyboard } from "../../static/js/timeline/storyboard.js";
import { imageFrame, imageGraph, tensor } from "./images.js";

const SIZE = { width: 806, height: 620 };
const DIGITS = [..."0123456789"];
const laidOut = (options, size = SIZE) => layoutStage(imageGraph(options), { ...size, classes: DIGITS });
const boxOf = (layout, id) => layout.layers.find((box) => box.id === id);
const pixel = (layer, map, row, column) => ({ kind: "pixel", layer, map, row, column });
const call = (phase, kind, node, layer, op) => ({ index: 0, phase, kind, node, layer, op, label: node, formula: "" });

for (const filters of [1, 4, 16, 64]) {
  test(`${filters} maps stand in their column, none over another, and the rest is said to be there`, () => {
    const layout = laidOut({ filters });
    const box = boxOf(layout, "conv");

    assert.equal(filters, box.tiles.length + box.folded);
    for (const { x, y, width, height } of box.tiles) {
      assert.equal(true, x >= box.x - box.r - 1 && x + width <= box.x + box.right + 1);
      assert.equal(true, y >= box.top - 1 && y + height <= layout.foot);
    }
    const places = new Set(box.tiles.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`));
    assert.equal(box.tiles.length, places.size);
    assert.equal(true, layout.width <= SIZE.width + 1);
  });
}

test("the kernels of every map that is drawn stand at the left of its column", () => {
  const layout = laidOut();
  const [first] = boxOf(layout, "conv").tiles;

  assert.equal(4, layout.kernels.length);
  for (const box of layout.kernels) assert.equal(true, box.x + box.width < first.x);
});

test("the image of the weights that read flattened maps has a row for each pixel", () => {
  const [matrix] = laidOut().matrices;

  assert.deepEqual({ source: "flat", rows: 64, columns: 10 }, { ...pickKeys(matrix, ["source", "rows", "columns"]) });
});

const pickKeys = (from, keys) => Object.fromEntries(keys.map((key) => [key, from[key]]));

test("a title says how many maps there are, and their size", () => {
  assert.match(boxOf(laidOut(), "pool").subtitle, /^4 (maps )?· 4×4$/);
  assert.match(boxOf(laidOut(), "input").subtitle, /8×8$/);
});

test("a window is cut at the edges of the image; a pooled place has its own block", () => {
  const { layers } = imageGraph();
  const [input, conv, pool] = layers;

  assert.deepEqual({ row: 0, rows: 2, column: 0, columns: 2 }, patchUnder(conv.window, input.shape, 0, 0));
  assert.deepEqual({ row: 3, rows: 3, column: 4, columns: 3 }, patchUnder(conv.window, input.shape, 4, 5));
  assert.deepEqual({ row: 2, rows: 2, column: 6, columns: 2 }, patchUnder(pool.window, conv.shape, 1, 3));
  assert.deepEqual([0, 1], channelsOf(conv, input, 3));
  assert.deepEqual([3, 4], channelsOf(pool, conv, 3));
});

test("a click finds the pixel, and the entry of a kernel", () => {
  const layout = laidOut();
  const tile = boxOf(layout, "conv").tiles[2];
  const place = areaOn(tile, { row: 5, column: 1, rows: 1, columns: 1 });
  const box = layout.kernels[1];
  const kernel = kernelArea(box, 0);

  assert.deepEqual(pixel("conv", 2, 5, 1), pick(layout, place.x + place.width / 2, place.y + place.height / 2));
  assert.deepEqual(
    { kind: "kernel", layer: "conv", filter: 1, channel: 0, row: 2, column: 1 },
    pick(layout, kernel.x + 1.5 * box.cell, kernel.y + 2.5 * box.cell),
  );
});

test("the bias of a map is the square in the corner of its tile", () => {
  const layout = laidOut();
  const place = mapBiasPlace(boxOf(layout, "conv").tiles[3]);

  assert.deepEqual({ kind: "bias", layer: "conv", unit: 3 }, pick(layout, place.x, place.y));
  assert.equal("pixel", pick(layout, ...cornerOf(boxOf(layout, "pool").tiles[3])).kind);
});

const cornerOf = ({ x, y, height }) => [x + 2, y + height - 2];

test("arrow keys walk over pixels, and over the edge into what is next to the map", () => {
  const layout = laidOut();
  const walk = (from, ...directions) => directions.reduce((at, way) => nextSelection(layout, at, way), from);

  assert.deepEqual(pixel("input", 0, 4, 4), nextSelection(layout, null, "right"));
  assert.deepEqual(pixel("conv", 1, 3, 4), walk(pixel("conv", 1, 2, 3), "down", "right"));
  assert.deepEqual(pixel("conv", 2, 0, 3), walk(pixel("conv", 1, 7, 3), "down"));
  assert.deepEqual(pixel("pool", 1, 1, 0), walk(pixel("conv", 1, 3, 7), "right"));
  assert.deepEqual({ kind: "unit", layer: "flat", unit: 16 + 7 }, walk(pixel("pool", 1, 1, 3), "right"));
  assert.deepEqual(pixel("pool", 1, 1, 3), walk({ kind: "unit", layer: "flat", unit: 23 }, "left"));
  assert.equal("kernel", walk(pixel("conv", 1, 2, 0), "left").kind);
});

test("what is not computed has a dotted outline, what is has its image", () => {
  const layout = laidOut();
  const frame = imageFrame({ "input.a": tensor([1, 8, 8]) });
  const commands = stillScene({ layout, frame, beats: [], t: 1, selection: null, hover: null });
  const maps = commands.filter(({ kind, slot }) => kind === "map" && /^(input|conv|pool) \d/.test(slot));
  const dotted = commands.filter(({ kind, dash, radius }) => kind === "outline" && dash && radius === 2);

  assert.deepEqual(
    ["input 0 top"],
    maps.map(({ slot }) => slot),
  );
  assert.equal(8, dotted.length);
});

test("while a convolution runs its window moves with t, and unveils as many places as it has been to", () => {
  const layout = laidOut();
  const before = imageFrame({ "input.a": tensor([1, 8, 8]) });
  const ran = call("forward", "forward", "conv.z", "conv", "conv2d");
  const after = imageFrame({ "input.a": tensor([1, 8, 8]), "conv.z": tensor([4, 8, 8]) }, ran);
  const next = { ...after, cursor: { ...after.cursor, op: 1 } };
  const { beats } = storyboard(before, next, [ran]);
  const at = (t) => movingScene({ layout, frame: next, beats, t, selection: null, hover: null });
  const rows = (commands) => commands.find(({ slot }) => slot === "conv 0 rows")?.rows ?? 0;
  const windowY = (t) => at(t).find(({ kind, ink }) => kind === "outline" && ink === "forward").y;

  assert.equal(4, rows(at(0.5)));
  assert.equal(true, rows(at(0.3)) < rows(at(0.7)));
  assert.equal(true, windowY(0.2) <= windowY(0.8));
});

test("at rest the explained number shows its window, and the route from the pixel that the server names", () => {
  const layout = laidOut();
  const frame = imageFrame({ "conv.a": tensor([4, 8, 8]), "pool.a": tensor([4, 4, 4]) });
  const focus = { node: "pool.a", quantity: "value", index: [0, 1, 1, 1] };
  const factor = { name: "conv.a", node: "conv.a", quantity: "value", index: [0, 1, 3, 2], value: 1 };
  const why = { ...focus, computed: true, terms: [{ label: "the largest", value: 1, count: 1, factors: [factor] }] };
  const commands = movingScene({ layout, frame, beats: [], t: 1, selection: null, hover: null, focus, why });
  const curves = commands.filter(({ kind, ink }) => kind === "curve" && ink === "forward");
  const winner = areaOn(boxOf(layout, "conv").tiles[1], { row: 3, column: 2, rows: 1, columns: 1 });

  assert.equal(1, curves.length);
  assert.equal(winner.x + winner.width / 2, curves[0].from.x);
});

test("a pixel and a kernel's entry are told in words; a layer of images has a table of its maps", () => {
  const layout = laidOut();
  const frame = imageFrame({ "conv.z": tensor([4, 8, 8]) });

  assert.equal(
    "conv map 2 of 4, row 1, column 3: pre-activation 66, activation not computed yet, gradient of the activation not computed yet, gradient of the pre-activation not computed yet.",
    describe(layout, frame, pixel("conv", 1, 0, 2)),
  );
  assert.match(
    describe(layout, frame, { kind: "kernel", layer: "conv", filter: 0, channel: 0, row: 0, column: 0 }),
    /^Kernel of conv map 1 for input map 1, row 1, column 1: value −18/,
  );
  const table = tableOf(layout, frame, "conv");
  assert.deepEqual(["map", "bias b", "pre-activation z", "activation a", "gradient da", "gradient dz"], table.columns);
  assert.deepEqual(["2", "1", "64 … 127 at (8, 8)", ...Array(3).fill("not computed")], table.rows[1]);
});

test("a selection asks for its own number, and the last operation for the one that stands out", () => {
  const graph = imageGraph();
  const frame = imageFrame({ "conv.z": tensor([4, 8, 8], (index) => (index === 100 ? -9 : 1)) });
  const ran = call("forward", "forward", "conv.z", "conv", "conv2d");

  assert.deepEqual([1, 4, 4], salient(frame, "conv.z"));
  assert.deepEqual(
    [2, 0, 2, 1],
    salient({ tensors: new Map([["k", tensor([4, 1, 3, 3], (at) => -Number(at === 25))]]) }, "k"),
  );
  assert.deepEqual([5, 1, 4, 4], queryOfCall(ran, graph, 5, frame).index);
  assert.deepEqual([5, 1, 2, 3], aspects(pixel("conv", 1, 2, 3), graph, 5)[0].index);
  assert.deepEqual(
    pixel("conv", 1, 2, 3),
    selectionOf({ node: "conv.z", quantity: "value", index: [5, 1, 2, 3] }, graph),
  );
  const kernel = selectionOf({ node: "conv.kernel", quantity: "value", index: [1, 0, 2, 1] }, graph);
  assert.deepEqual({ kind: "kernel", layer: "conv", filter: 1, channel: 0, row: 2, column: 1 }, kernel);
  assert.deepEqual([true, false], [survives(kernel, graph), survives({ ...kernel, row: 3 }, graph)]);
});
