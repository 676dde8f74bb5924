import assert from "node:assert/strict";
import { test } from "node:test";
import { dataTable, lossTable, mapTable, matrixTable, spread } from "../../static/js/panels/twins.js";

/** @param {object} store */
const as = (store) =>
  /** @type {any} */ (Object.fromEntries(Object.entries(store).map(([name, value]) => [name, { value }])));

const DATASET = {
  ...{ columns: ["width", "color_score"], classes: ["orange", "apple"], target_name: "fruit" },
  plot: { x: "width", y: "color_score" },
  train: {
    targets: [1, 0],
    raw: [
      [0, 0],
      [10, 1],
    ],
  },
  test: { targets: [1], raw: [[5, 0.5]] },
};

test("rows are spread evenly, with the first and the last", () => {
  assert.deepEqual(spread(3), [0, 1, 2]);
  assert.deepEqual(spread(101, 5), [0, 25, 50, 75, 100]);
});

test("every example has its columns and its class", () => {
  const table = dataTable(as({ dataset: DATASET }));
  assert.deepEqual(table?.columns, ["example", "width", "color score", "fruit"]);
  assert.deepEqual(table?.rows[1], ["training 2", "10", "1", "orange"]);
  assert.deepEqual(table?.rows[2], ["test 1", "5", "0.5", "apple"]);
});

test("what was not measured is not 0", () => {
  const history = { step: [0, 1], train_loss: [0.7, 0.6], test_loss: [null, 0.5] };
  const [first] = lossTable(as({ history })).rows;
  assert.equal(first?.[1], "0.7");
  assert.notEqual(first?.[2], "0");
});

test("the map is read from its tensor, the highest row first", () => {
  const data = Float32Array.from({ length: 9 }, (_, at) => at);
  const tensors = new Map([["output.a:map", { shape: [1, 3, 3], data, min: 0, max: 8 }]]);
  const table = mapTable(as({ dataset: DATASET, graph: { output: "output.a" }, frame: { tensors } }));
  assert.deepEqual(
    table?.rows.map(([, ...cells]) => cells),
    [
      ["6", "7", "8"],
      ["3", "4", "5"],
      ["0", "1", "2"],
    ],
  );
  assert.equal(mapTable(as({ dataset: DATASET, graph: { output: "output.a" }, frame: null })), null);
});

test("a matrix has its rows' names, and a slice of several its own numbers", () => {
  const tensor = /** @type {any} */ ({ shape: [2, 2, 2], data: Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7]) });
  const table = matrixTable("W", tensor, 1, ["a", "b"]);
  assert.deepEqual(table?.rows, [
    ["a", "4", "5"],
    ["b", "6", "7"],
  ]);
});
