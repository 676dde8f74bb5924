// The run as a line of steps: where everything stands on it, at any zoom, and where keys and pointers lead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { curvesOf, nearest, upTo } from "../../static/js/layout/curves.js";
import {
  brought,
  epochOf,
  extentOf,
  niceStride,
  placeAt,
  placeByKey,
  timeAt,
  timelineMarks,
  within,
  xAt,
  zoomed,
} from "../../static/js/layout/timeline.js";
import { CALLS } from "./fakes.js";

const RUN = Object.freeze({
  begin: 0,
  newest: 100,
  kept: [
    [0, 20],
    [60, 100],
  ],
  epochs: { step: 0, epoch: 0, batches: 10 },
  edits: [30],
  breaks: [],
  diverged: null,
});
const PLACE = { step: 40, op: 3 };

/** A line of 600 pixels over all 100 steps, six operations each. */
function line(changes = {}) {
  const base = { line: RUN, bookmarks: [], place: PLACE, calls: CALLS, span: { from: 0, to: 100 }, width: 600 };
  return { ...base, ...changes };
}

const kinds = (marks, kind) => marks.filter((mark) => mark.kind === kind);

test("the line reaches from the first step to the newest, or to what lies beyond it", () => {
  assert.deepEqual(extentOf(RUN, [], PLACE), { from: 0, to: 100 });
  assert.deepEqual(extentOf(RUN, [{ step: 150, op: 2 }], PLACE), { from: 0, to: 151 });
  assert.deepEqual(extentOf({ ...RUN, newest: 0 }, [], { step: 0, op: 0 }), { from: 0, to: 1 });
});

test("what is kept, an edit, epochs and the cursor stand at their steps", () => {
  const marks = timelineMarks(line());
  const ranges = kinds(marks, "kept").map(({ x, width }) => [x, width]);
  assert.deepEqual(ranges, [
    [0, 120],
    [360, 240],
  ]);
  assert.equal(kinds(marks, "edit")[0].x, 180);
  assert.equal(Math.round(kinds(marks, "cursor")[0].x), 243);
  assert.equal(kinds(marks, "epoch").length, 11);
  assert.equal(kinds(marks, "phase").length, 0);
});

test("steps that another network has gone, and that nobody can reach any more, show no phases", () => {
  const marks = timelineMarks(line({ line: { ...RUN, begin: 41 }, span: { from: 39, to: 43 } }));
  const shown = [...kinds(marks, "phase"), ...kinds(marks, "op")];
  assert.ok(shown.length > 0);
  assert.ok(shown.every(({ x }) => x >= xAt({ from: 39, to: 43 }, 600, 41)));
});

test("nearer, a step shows its phases in proportion to their operations, and then these", () => {
  const near = timelineMarks(line({ span: { from: 40, to: 42 } }));
  const first = kinds(near, "phase").filter(({ x }) => x < 300);
  assert.deepEqual(
    first.map(({ phase, width }) => [phase, Math.round(width)]),
    [
      ["forward", 100],
      ["loss", 50],
      ["backward", 50],
      ["update", 100],
    ],
  );
  assert.equal(kinds(near, "op").length, 12);
  assert.deepEqual(
    first.map(({ faint }) => faint),
    [false, false, true, true],
  );
});

test("nothing stands beside the line", () => {
  const marks = timelineMarks(line({ span: { from: 40.4, to: 41.6 } }));
  for (const { kind, x, width } of marks) assert.ok(x >= -1 && x + width <= 601, `${kind} at ${x}`);
});

test("however long the run, marks stay few", () => {
  const run = { ...RUN, newest: 100_000, kept: [[0, 100_000]], epochs: { step: 0, epoch: 0, batches: 1 } };
  assert.ok(timelineMarks(line({ line: run, span: { from: 0, to: 100_000 } })).length < 200);
});

test("a bookmark of another run is told apart", () => {
  const bookmarks = [
    { number: 1, name: "start", step: 10, op: 0, epoch: 1, here: true },
    { number: 2, name: "", step: 20, op: 3, epoch: 2, here: false },
  ];
  const flags = kinds(timelineMarks(line({ bookmarks })), "bookmark");
  assert.deepEqual(
    flags.map(({ number, label, x, faint }) => [number, label, Math.round(x), faint]),
    [
      [1, "start", 60, false],
      [2, "", 123, true],
    ],
  );
});

test("a point far away is a step, from near it is an operation", () => {
  assert.deepEqual(placeAt(line(), 243), { step: 41, op: 0 });
  assert.deepEqual(placeAt(line(), 900), { step: 100, op: 0 });
  assert.deepEqual(placeAt(line({ span: { from: 40, to: 41 } }), 300), { step: 40, op: 3 });
  assert.deepEqual(placeAt(line({ span: { from: 40, to: 41 } }), 599), { step: 41, op: 0 });
});

test("x and time are each other's inverse", () => {
  const span = { from: 3, to: 17 };
  for (const time of [3, 5.5, 17]) assert.equal(timeAt(span, 600, xAt(span, 600, time)), time);
});

test("zooming keeps the point below the pointer, and ends at one step and at all", () => {
  const extent = { from: 0, to: 100 };
  const near = zoomed(extent, extent, 0.5, 40);
  assert.deepEqual(near, { from: 20, to: 70 });
  assert.equal((40 - near.from) / 50, 0.4);
  assert.equal(zoomed(near, extent, 4, 40), null);
  const nearest = zoomed({ from: 40, to: 41.5 }, extent, 0.01, 40);
  assert.equal(nearest.to - nearest.from, 1);
});

test("what is shown stays within what there is, and follows the cursor", () => {
  const extent = { from: 0, to: 100 };
  assert.deepEqual(within({ from: 95, to: 115 }, extent), { from: 80, to: 100 });
  assert.deepEqual(within(null, extent), extent);
  assert.deepEqual(brought({ from: 10, to: 20 }, extent, 50), { from: 45, to: 55 });
  assert.deepEqual(brought({ from: 10, to: 20 }, extent, 15), { from: 10, to: 20 });
  assert.equal(brought(null, extent, 50), null);
});

test("keys go by step, operation and epoch, to the beginning and to the newest", () => {
  const now = { line: RUN, place: PLACE, calls: CALLS };
  const at = (key, shift = false) => Object.values(placeByKey(key, shift, now));
  assert.deepEqual(at("ArrowRight"), [41, 0]);
  assert.deepEqual(at("ArrowLeft"), [40, 0]);
  assert.deepEqual(at("ArrowRight", true), [40, 4]);
  assert.deepEqual(at("ArrowLeft", true), [40, 2]);
  assert.deepEqual(at("PageUp"), [40, 0]);
  assert.deepEqual(at("PageDown"), [50, 0]);
  assert.deepEqual(at("Home"), [0, 0]);
  assert.deepEqual(at("End"), [100, 0]);
  assert.equal(placeByKey("x", false, now), null);
  assert.deepEqual(placeByKey("ArrowLeft", true, { ...now, place: { step: 40, op: 0 } }), { step: 39, op: 5 });
  assert.deepEqual(placeByKey("ArrowLeft", true, { ...now, place: { step: 0, op: 0 } }), { step: 0, op: 0 });
});

test("an epoch is told from where one begins", () => {
  const run = { ...RUN, epochs: { step: 6, epoch: 3, batches: 4 } };
  assert.deepEqual(
    [5, 6, 9, 10].map((step) => epochOf(run, step)),
    [2, 3, 3, 4],
  );
});

test("numbers of steps are round", () => {
  assert.deepEqual([0.3, 1, 3, 7, 12, 450].map(niceStride), [1, 1, 5, 10, 20, 500]);
});

test("the losses of two runs stand over the same steps", () => {
  const main = { step: [0, 2], train_loss: [3, 1], test_loss: [4, 2] };
  const other = { step: [0, 1], train_loss: [3, 2], test_loss: [null, null] };
  assert.deepEqual(curvesOf(main, other), [
    [0, 1, 2],
    [3, undefined, 1],
    [4, undefined, 2],
    [3, 2, undefined],
    [null, null, undefined],
  ]);
  assert.deepEqual(curvesOf(main), [main.step, main.train_loss, main.test_loss]);
});

test("a curve ends where the run stands", () => {
  const curve = { step: [0, 2], train_loss: [3, 1], test_loss: [4, 2] };
  assert.deepEqual(upTo(curve, 5, { train_loss: 0.5, test_loss: null }).train_loss, [3, 1, 0.5]);
  assert.equal(upTo(curve, 2, { train_loss: 0.5, test_loss: null }), curve);
  assert.equal(upTo(curve, 5, { train_loss: null, test_loss: null }), curve);
  assert.equal(nearest([0, 10, 20], 14), 1);
  assert.equal(nearest([], 14), -1);
});
