import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutStage } from "../../static/js/layout/layout.js";
import { lensLayout } from "../../static/js/layout/lens.js";
import { pick } from "../../static/js/layout/pick.js";
import { areaOn } from "../../static/js/layout/windows.js";
import { readSize, sizeText } from "../../static/js/panels/schemafields.js";
import { channelShown } from "../../static/js/scene/channel.js";
import { lensScene } from "../../static/js/scene/lens.js";
import { powerFor, tight, unitsOf } from "../../static/js/scene/numbers.js";
import { stillScene } from "../../static/js/scene/scene.js";
import { insertLayer } from "../../static/js/state/edits.js";
import { readsImages } from "../../static/js/state/layerkinds.js";
import { followLens, lensOf, namesOfLens, survivesLens } from "../../static/js/state/lens.js";
import { imageFrame, imageGraph, tensor } from "./images.js";

const SIZE = { width: 806, height: 620 };
const graph = imageGraph();
const base = layoutStage(graph, SIZE);
const LENS = { layer: "conv", map: 2 };
const texts = (commands) => commands.filter(({ kind }) => kind === "label").map(({ text }) => text);

test("an enlarged map stands beside what it is made of, the kernel between them, all within the stage", () => {
  const { layers, kernels, foot } = lensLayout(base, LENS, SIZE, 0);
  const [source, target] = layers;
  const [kernel] = kernels;

  assert.deepEqual(["input", "conv"], [source.id, target.id]);
  assert.deepEqual(
    [2],
    target.tiles.map(({ map }) => map),
  );
  assert.equal(true, source.tiles[0].x + source.tiles[0].width < kernel.x);
  assert.equal(true, kernel.x + kernel.width < target.tiles[0].x);
  for (const { x, y, width, height } of [...source.tiles, ...target.tiles])
    assert.equal(true, x >= 0 && x + width <= SIZE.width && y + height <= foot);
});

test("an enlarged map is clicked like the network", () => {
  const layout = lensLayout(base, LENS, SIZE, 0);
  const place = areaOn(layout.layers[1].tiles[0], { row: 3, column: 6, rows: 1, columns: 1 });

  assert.deepEqual({ kind: "pixel", layer: "conv", map: 2, row: 3, column: 6 }, pick(layout, place.x + 5, place.y + 5));
  assert.equal("kernel", pick(layout, layout.kernels[0].x + 5, layout.kernels[0].y + 5).kind);
});

test("the numbers stand in the pixels, and the multiplication below them as the server told it", () => {
  const layout = lensLayout(base, LENS, SIZE, 0);
  const focus = { node: "conv.z", quantity: "value", index: [0, 2, 1, 1] };
  const factors = (row, column) => [
    { name: "input.a", node: "input.a", quantity: "value", index: [0, 0, row, column], value: 0.5 },
    { name: "kernel", node: "conv.kernel", quantity: "value", index: [2, 0, row, column], value: -3 },
  ];
  const terms = [
    { label: "channel 1 at (1, 1)", factors: factors(0, 0), value: -1.5, count: 1 },
    { label: "bias", factors: [], value: 0.25, count: 1 },
  ];
  const frame = imageFrame({ "input.a": tensor([1, 8, 8], () => 0.5), "conv.z": tensor([4, 8, 8], () => -1.25) });
  const view = { layout, frame, beats: [], t: 1, selection: null, hover: null, lens: LENS };
  const why = { ...focus, computed: true, value: -1.25, terms };
  const drawn = texts(lensScene({ ...view, focus, why }));

  assert.deepEqual([], stillScene(view));
  assert.equal(64, drawn.filter((text) => text === "−1.25").length);
  assert.equal(
    true,
    ["×", "under the window", "−1.50", "= −1.25", "with the bias +0.250"].every((text) => drawn.includes(text)),
  );
});

test("small numbers are written in units that are said", () => {
  assert.deepEqual([3, "× 10⁻³"], [powerFor(0.004), unitsOf(powerFor(0.004))]);
  assert.deepEqual(["−3.21", "0", ""], [tight(-0.00321, 3), tight(0, 3), unitsOf(powerFor(5))]);
});

test("the channel that is shown is the selected one, else the one that matters most", () => {
  const wide = {
    ...graph,
    layers: graph.layers.map((one) => (one.id === "input" ? { ...one, shape: [3, 8, 8] } : one)),
  };
  const term = (channel, value) => ({
    label: "",
    count: 1,
    value,
    factors: [{ node: "input.a", index: [0, channel, 1, 1], value, quantity: "value", name: "" }],
  });

  assert.equal(2, channelShown(wide, LENS, null, { terms: [term(1, 0.5), term(2, -0.9)] }));
  const entry = { kind: "kernel", layer: "conv", filter: 2, channel: 1, row: 0, column: 0 };
  assert.equal(1, channelShown(wide, LENS, entry, null));
});

test("the lens follows the selection, stays for what it shows beside the map, and goes with its layer", () => {
  const pixel = { kind: "pixel", layer: "pool", map: 1, row: 0, column: 0 };

  assert.deepEqual({ layer: "pool", map: 1 }, lensOf(pixel));
  assert.deepEqual({ layer: "pool", map: 1 }, followLens(LENS, pixel, graph));
  assert.deepEqual(LENS, followLens(LENS, { ...pixel, layer: "input", map: 0 }, graph));
  assert.equal(null, followLens(null, pixel, graph));
  assert.deepEqual([true, false], [survivesLens(LENS, graph), survivesLens({ layer: "conv", map: 4 }, graph)]);
  assert.deepEqual(["conv.z", "conv.a", "conv.kernel", "conv.b", "input.a"], namesOfLens(LENS, graph));
});

test("sizes are typed as people write them", () => {
  assert.deepEqual(
    [3, [3, 5], "same", null, "odd"],
    ["3", "3 × 5", "Same", "", "odd"].map((text) => readSize(text, ["same"])),
  );
  assert.deepEqual(["3×5", "2", ""], [[3, 5], 2, null].map(sizeText));
});

test("image layers are offered after images, with options that suit", () => {
  const spec = {
    layers: [
      { id: "conv", type: "conv2d" },
      { id: "flat", type: "flatten" },
    ],
  };

  assert.deepEqual(
    [true, true, false],
    [0, 1, 2].map((at) => readsImages(spec, graph, at)),
  );
  const { layers } = insertLayer(spec, "max_pool2d", 1);
  assert.deepEqual({ id: "pool1", type: "max_pool2d", size: 2 }, layers[1]);
});
