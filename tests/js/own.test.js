/** Data of one's own on the page: what becomes of the network, points, drawings, lines, letters, reasons. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded } from "../../static/js/panels/ownfile.js";
import { reasonOf } from "../../static/js/panels/ownrows.js";
import { fitsAlready, fitting } from "../../static/js/state/fitting.js";
import {
  classesOf,
  drawingsDataset,
  drawnBefore,
  linesDataset,
  readLines,
  tokensOf,
  typedBefore,
} from "../../static/js/state/labelled.js";
import { ownPatch, tableDataset } from "../../static/js/state/owndata.js";
import {
  canTeach,
  classCount,
  createTrail,
  drawnPoints,
  erased,
  MOST_POINTS,
  pointsDataset,
  sprayed,
  withPoint,
} from "../../static/js/state/points.js";

/** @param {readonly object[]} layers @param {string} loss @returns {any} */
const spec = (layers, loss = "binary_cross_entropy") => ({
  name: "Before",
  dataset: { name: "fruit", varieties: "all", test_fraction: 0.25 },
  layers,
  loss: { type: loss },
  batch_size: "full",
});
const HIDDEN = { id: "hidden1", type: "dense", units: 3, activation: "relu" };
const OUTPUT = { id: "out", type: "dense", units: 1, activation: "sigmoid" };
const BINARY = /** @type {const} */ ({ holds: "rows", task: "classification", classes: 2 });

test("a network of plain layers keeps them, and its last layer fits the target", () => {
  const fit = fitting(spec([HIDDEN, OUTPUT]), { holds: "rows", task: "classification", classes: 3 });

  assert.deepEqual(fit.layers, [HIDDEN, { ...OUTPUT, units: 3, activation: "softmax" }]);
  assert.equal(fit.loss.type, "softmax_cross_entropy");
  assert.equal(fit.stays, true);
});

test("a network that fits is left as it is", () => {
  const before = spec([HIDDEN, OUTPUT]);

  assert.equal(fitsAlready(before, fitting(before, BINARY)), true);
  assert.equal(fitsAlready(before, fitting(before, { ...BINARY, task: "regression" })), false);
});

test("a step looks at a part of many rows", () => {
  const before = spec([HIDDEN, OUTPUT]);

  assert.equal(fitting(before, { ...BINARY, rows: 200 }).batch, "full");
  assert.equal(fitting(before, { ...BINARY, rows: 10_000 }).batch, 32);
  assert.equal(fitting({ ...before, batch_size: 8 }, { ...BINARY, rows: 10_000 }).batch, 8);
});

test("a network for images gives way to one for rows, and the other way round", () => {
  const images = spec([{ id: "conv1", type: "conv2d", filters: 6 }, { id: "flat", type: "flatten" }, OUTPUT]);
  const types = (/** @type {any} */ fit) => fit.layers.map((/** @type {any} */ layer) => layer.type);

  assert.deepEqual(types(fitting(images, BINARY)), ["dense", "dense"]);
  assert.deepEqual(types(fitting(spec([HIDDEN, OUTPUT]), { ...BINARY, holds: "image" })), [
    "conv2d",
    "flatten",
    "dense",
  ]);
  assert.equal(fitting(images, { ...BINARY, holds: "image" }).stays, true);
});

test("a network for texts reads as many tokens as there are", () => {
  const fit = fitting(spec([HIDDEN, OUTPUT]), { ...BINARY, holds: "text", tokens: 12 });
  const again = fitting(spec(fit.layers), { ...BINARY, holds: "text", tokens: 5 });

  assert.equal(/** @type {any} */ (fit.layers[0]).tokens, 12);
  assert.deepEqual([again.stays, /** @type {any} */ (again.layers[0]).tokens], [true, 5]);
});

test("a patch leaves nothing of the old data behind", () => {
  const before = spec([HIDDEN, OUTPUT]);
  const patch = ownPatch(before, { table: "abc", target: "y" }, fitting(before, BINARY), "Mine");

  assert.deepEqual(patch.dataset, { name: null, varieties: null, test_fraction: null, table: "abc", target: "y" });
  assert.equal(patch.name, "Mine");
});

test("a table's spec spells out how it was read", () => {
  const column = { name: "x", kind: "number" };
  const table = /** @type {any} */ ({
    id: "abc",
    delimiter: ";",
    decimal: ",",
    header: true,
    columns: [column],
    target: "x",
  });

  assert.deepEqual(tableDataset({ ...table, task: "regression", missing: "drop" }), {
    table: "abc",
    delimiter: ";",
    decimal: ",",
    header: true,
    kinds: { x: "number" },
    target: "x",
    task: "regression",
    missing: "drop",
  });
});

test("points are set, sprayed and erased, and never leave the plane", () => {
  const one = withPoint([], 1.234, 9, 2);
  const many = sprayed(one, 0, 0, 0, () => 0.5);

  assert.deepEqual(one, [[1.23, 6, 2]]);
  assert.equal(many.length, 4);
  assert.deepEqual(erased(many, 1.2, 6), many.slice(1));
  assert.equal(erased(one, -3, -3), one);
  const full = Array.from({ length: MOST_POINTS }, () => /** @type {const} */ ([0, 0, 0]));
  assert.equal(withPoint(full, 1, 1, 1), full);
});

test("drawn points are a dataset, and can be gone on with", () => {
  /** @type {readonly (readonly [number, number, number])[]} */
  const points = [
    [0, 1, 0],
    [2, 3, 2],
  ];
  const name = (/** @type {number} */ n) => `Class ${n}`;
  const dataset = pointsDataset(points, "classification", name);

  assert.equal(pointsDataset(points.slice(1), "classification", name), null);
  assert.equal(classCount(points), 3);
  assert.ok(canTeach(points, "classification"));
  assert.ok(!canTeach([points[0], points[0]], "classification"), "one class alone is nothing to tell apart");
  assert.ok(canTeach([points[0], points[0]], "regression"));
  assert.deepEqual(dataset?.inline, {
    inputs: [
      [0, 1],
      [2, 3],
    ],
    targets: [0, 2],
    columns: ["x1", "x2"],
    classes: ["Class 1", "Class 2", "Class 3"],
  });
  assert.deepEqual(drawnPoints(/** @type {any} */ ({ dataset })), { points, task: "classification" });
  assert.equal(drawnPoints(spec([])), null);
});

test("a trail goes back and forth, and forgets what was undone when something new comes", () => {
  const trail = createTrail();
  trail.push([[0, 0, 0]]);
  trail.push([[1, 1, 1]]);
  trail.undo();
  assert.deepEqual([trail.now(), trail.canRedo()], [[[0, 0, 0]], true]);

  trail.push([]);

  assert.deepEqual([trail.now(), trail.canRedo(), trail.canUndo()], [[], false, true]);
});

test("drawings with names are images with classes, numbers by size", () => {
  const image = [
    [0, 1],
    [0.333, 0],
  ];
  const drawings = ["10", "9"].map((label) => ({ image, label }));
  const dataset = drawingsDataset(drawings);

  assert.deepEqual(classesOf(drawings), ["9", "10"]);
  assert.deepEqual(dataset.inline.targets, [1, 0]);
  assert.deepEqual(dataset.inline.inputs[0], [
    [
      [0, 1],
      [0.33, 0],
    ],
  ]);
  assert.deepEqual(
    drawnBefore(/** @type {any} */ ({ dataset })).map(({ label }) => label),
    ["10", "9"],
  );
});

test("lines are cut at a tab, a semicolon or the last comma, and what is wrong with one is told", () => {
  const { lines, bad } = readLines(
    `la, la,song\n\nmi;song, no\tx\nto; do;note\nnothing\n,song\n${"x".repeat(61)},long`,
  );

  assert.deepEqual(lines, [
    { text: "la, la", label: "song" },
    { text: "mi;song, no", label: "x" },
    { text: "to; do", label: "note" },
  ]);
  assert.deepEqual(bad, [
    { line: 5, why: "label" },
    { line: 6, why: "text" },
    { line: 7, why: "long" },
  ]);
});

test("texts have a vocabulary of their own, and can be gone on with", () => {
  const { lines } = readLines("ab;x\nba;y");
  const dataset = linesDataset(lines);

  assert.deepEqual(tokensOf(lines), ["a", "b"]);
  assert.deepEqual(dataset.inline, { inputs: ["ab", "ba"], targets: [0, 1], classes: ["x", "y"], tokens: ["a", "b"] });
  assert.equal(typedBefore(/** @type {any} */ ({ dataset })), "ab\tx\nba\ty");
});

test("a file is text however its letters are written", () => {
  const bytes = (/** @type {number[]} */ ...codes) => decoded(new Uint8Array(codes));

  assert.equal(decoded(new TextEncoder().encode("\ufeffgrün")), "grün");
  assert.equal(bytes(0x67, 0x72, 0xfc, 0x6e), "grün");
  assert.equal(bytes(0xff, 0xfe, 0x67, 0, 0xfc, 0), "gü");
});

test("the server's reason is told in the reader's words", () => {
  const told = (/** @type {any} */ lacks, /** @type {string} */ got) =>
    reasonOf({ line: 3, cells: [], column: "x", lacks, got }, 5);

  assert.equal(told("number", '"a"'), '"a" is no number');
  assert.equal(told("value", "nothing"), "no value");
  assert.equal(told("day", '"a"'), '"a" is no date');
  assert.equal(told("cells", "4"), "4 cells instead of 5");
});
