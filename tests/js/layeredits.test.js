import assert from "node:assert/strict";
import { test } from "node:test";
import { levelAt, weightPlace } from "../../static/js/layout/grips.js";
import { chosenOf, layersOf, subjects, surviving, toggled, unitsOf } from "../../static/js/state/chosen.js";
import * as edits from "../../static/js/state/layeredits.js";
import { otherShape } from "../../static/js/state/shapekinds.js";

const dense = (id, more = {}) => ({ id, type: "dense", units: 4, activation: "tanh", ...more });
const SPEC = { layers: [dense("a"), dense("b"), dense("c", { units: 3 }), dense("output", { units: 1 })] };
const shape = { input: [2], a: [4], b: [4], c: [3], output: [1] };
const GRAPH = {
  layers: Object.entries(shape).map(([id, size]) => ({ id, type: "dense", shape: size, units: size[0] })),
};
const ids = (patch) => patch.layers.map(({ id }) => id);

test("several layers go at once; the output stays", () => {
  assert.deepEqual(["c", "output"], ids(edits.removeLayers(SPEC, ["output", "b", "a"])));
});

test("whoever read a layer that goes reads what it read", () => {
  const spec = { layers: [dense("a"), dense("b"), dense("c", { inputs: ["b"] }), dense("output")] };

  assert.deepEqual(["a"], edits.removeLayers(spec, ["b"]).layers[1].inputs);
});

test("what is copied is pasted under names that are free, wired as it was", () => {
  const spec = { layers: [dense("a1"), dense("b", { inputs: ["a1"] }), dense("output")] };
  const fragment = edits.copied(edits.copyText(spec, ["a1", "b"]));
  const pasted = edits.pasteLayers(spec, fragment, 2);

  assert.deepEqual(["a1", "b", "a2", "b2", "output"], ids(pasted));
  assert.deepEqual(["a2"], pasted.layers[3].inputs);
});

test("into another network a copy takes no wires from where it came", () => {
  const there = { layers: [dense("x"), dense("output")] };
  const pasted = edits.pasteLayers(there, [dense("b", { inputs: ["a1"], clamps: { 0: 1 } })], 1);

  assert.deepEqual(dense("b"), pasted.layers[1]);
});

test("text that is no layers of ours is not pasted", () => {
  for (const text of ["", "hello", "{}", "[]", '{"deltaflow/layers": []}', "null"])
    assert.equal(null, edits.copied(text));
});

test("duplicates stand behind the last of them", () => {
  assert.deepEqual(["a", "b", "a2", "b2", "c", "output"], ids(edits.duplicateLayers(SPEC, ["b", "a"])));
});

test("a width is units or filters, and the output has none of its own", () => {
  assert.deepEqual({ field: "units", value: 4 }, edits.widthOf(SPEC, "a"));
  assert.equal(null, edits.widthOf(SPEC, "output"));
  assert.equal("filters", edits.widthOf({ layers: [{ id: "k", type: "conv2d", filters: 2 }, dense("o")] }, "k").field);
});

test("units that are gone are held no more", () => {
  const spec = { layers: [dense("a", { clamps: { 0: 1, 3: 0 } }), dense("output")] };
  const [a] = edits.widenLayer(spec, "a", 2).layers;

  assert.deepEqual([2, { 0: 1 }], [a.units, a.clamps]);
});

test("units are held and let go", () => {
  const held = { ...SPEC.layers[0], ...edits.clampUnits(SPEC.layers[0], [1, 2], 0) };

  assert.deepEqual({ 1: 0, 2: 0 }, held.clamps);
  assert.deepEqual({ 2: 0 }, edits.clampUnits(held, [1], null).clamps);
});

test("a skip between equal shapes is a sum before the layer that reads it", () => {
  const { patch } = edits.skip(SPEC, GRAPH, "a", "c");

  assert.deepEqual(["a", "b", "sum1", "c", "output"], ids(patch));
  assert.deepEqual(["b", "a"], patch.layers[2].inputs);
});

test("a skip between other shapes stands them side by side", () => {
  const { patch } = edits.skip(SPEC, GRAPH, "a", "output");

  assert.equal("concat", patch.layers[3].type);
  assert.deepEqual(["c", "a"], patch.layers[3].inputs);
});

test("into a joint a skip is one input more", () => {
  const spec = { layers: [dense("a"), dense("b"), { id: "s", type: "add", inputs: ["b", "input"] }, dense("output")] };
  const graph = { layers: [...GRAPH.layers, { id: "s", type: "add", shape: [4], units: 4 }] };

  assert.deepEqual(["b", "input", "a"], edits.skip(spec, graph, "a", "s").patch.layers[2].inputs);
});

test("where a skip cannot lead, it is said why", () => {
  const images = { layers: [{ id: "k", type: "conv2d", shape: [2, 8, 8] }, ...GRAPH.layers] };

  assert.equal("edit.skip.back", edits.skip(SPEC, GRAPH, "b", "a").reason);
  assert.equal("edit.skip.back", edits.skip(SPEC, GRAPH, "b", "b").reason);
  assert.equal("edit.skip.already", edits.skip(SPEC, GRAPH, "a", "b").reason);
  assert.equal(
    "edit.skip.shapes",
    edits.skip({ layers: [{ id: "k", type: "conv2d" }, ...SPEC.layers] }, images, "k", "c").reason,
  );
});

test("a joint with one wire left is no joint", () => {
  const spec = { layers: [dense("a"), dense("b"), { id: "s", type: "add", inputs: ["b", "a"] }, dense("output")] };

  assert.deepEqual(["a"], edits.looseWires(spec, "s"));
  assert.deepEqual(["a", "b", "output"], ids(edits.removeWire(spec, "s", "a")));
});

test("what is chosen is toggled, and what is gone is chosen no more", () => {
  const one = { layer: "a", unit: null };
  const unit = { layer: "b", unit: 3 };

  assert.deepEqual([one, unit], toggled([one], unit));
  assert.deepEqual([unit], toggled([one, unit], { ...one }));
  assert.deepEqual([one], surviving([one, { layer: "gone", unit: null }, { layer: "b", unit: 4 }], GRAPH));
  assert.deepEqual(["a", "b"], layersOf([one, unit, { layer: "b", unit: 1 }]));
  assert.deepEqual([["b", [3]]], [...unitsOf([one, unit])]);
});

test("where nothing is chosen, commands are about what is selected", () => {
  assert.deepEqual([{ layer: "a", unit: 2 }], subjects([], { kind: "unit", layer: "a", unit: 2 }));
  assert.deepEqual({ layer: "a", unit: null }, chosenOf({ kind: "bias", layer: "a", unit: 2 }));
  assert.equal(null, chosenOf({ kind: "loss" }));
});

test("numbers that make a square become a picture", () => {
  assert.deepEqual([1, 3, 3], otherShape([9]));
  assert.deepEqual([7], otherShape([7]));
  assert.deepEqual([32], otherShape([2, 4, 4]));
});

test("among bands a layer is put between what lies above and below, beside them between columns", () => {
  const band = (layer, y) => ({ layer, x: 100, y, width: 400, height: 60, lanes: [] });
  const layout = { layers: [], bands: [band("lstm", 200), band("embed", 300), band("input", 400)] };
  const ids = ["embed", "lstm", "output"];
  const at = (y, x = 200) => levelAt(layout, ids, { x, y })?.at;
  assert.deepEqual([0, 0, 1, 2], [at(450), at(350), at(290), at(150)]);
  assert.equal(undefined, at(290, 700));
  assert.equal(265, levelAt(layout, ids, { x: 200, y: 290 }).y);
});

test("a kernel's handle is at its entry, as far as its channel is shown", () => {
  const box = { layer: "conv1", filter: 1, x: 10, y: 20, rows: 3, columns: 3, cell: 4, across: 2, apart: 2 };
  const layout = { layers: [{ id: "conv1", x: 90, top: 50 }], kernels: [{ ...box, first: 4, shown: 2 }] };
  const entry = { kind: "kernel", layer: "conv1", filter: 1, row: 2, column: 0 };
  assert.deepEqual({ x: 26, y: 30 }, weightPlace(layout, { ...entry, channel: 5 }));
  assert.deepEqual({ x: 90, y: 40 }, weightPlace(layout, { ...entry, channel: 6 }));
});
