// One cell near enough: its card, and the sum behind it as the server explains it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Viewpoint } from "../../static/js/draw/viewpoint.js";
import { lookingAt } from "../../static/js/layout/camera.js";
import * as cards from "../../static/js/layout/cellcards.js";
import { layoutStage } from "../../static/js/layout/layout.js";
import { levels } from "../../static/js/layout/levels.js";
import { pick } from "../../static/js/layout/pick.js";
import { zoomed } from "../../static/js/layout/zoomed.js";
import { sums } from "../../static/js/scene/sums.js";
import { cardKey } from "../../static/js/state/carded.js";
import { cellSum, onwards } from "../../static/js/state/cellsums.js";
import { frame } from "./fakes.js";
import { imageFrame, imageGraph, tensor } from "./images.js";

const VIEW = { width: 806, height: 620 };

/** A factor of the term of an explanation. */
const factor = (node, value, index = [0, 1]) => ({ name: `${node}[2]`, node, quantity: "value", index, value });
const told = (node, value, terms, combine = "sum") => ({
  ...{ node, quantity: "value", index: [0, 1], computed: true, value, combine, substituted: "", terms },
});
const term = (value, ...factors) => ({ label: "", value, count: 1, factors });

const layer = (id, type, units, inputs, nodes) => ({
  ...{ id, type, label: id, units, activation: null, inputs, shape: [units], nodes, parameters: [] },
});
const block = (name) => ({ name: `lstm.${name}`, units: 2, steps: 4, reverse: false });
const GRAPH = {
  layers: [
    { ...layer("input", "input", 12, [], ["input.a"]), shape: [4, 3] },
    { ...layer("lstm", "lstm", 2, ["input"], ["lstm.a"]), blocks: ["i", "f", "g", "o", "c", "tanh_c", "h"].map(block) },
    layer("output", "dense", 2, ["lstm"], ["output.z", "output.a"]),
  ],
  ...{ nodes: [], output: "output.a", loss: { type: "mse", formula: "" }, parameter_count: 50 },
};
const ANSWERS = {
  "lstm.f[3]": {
    ...told("lstm.f[3]", 0.47, [term(-0.11, factor("lstm.z_f[3]", -0.11))], "function"),
    substituted: "= \\operatorname{sigmoid}\\left(-0.11\\right)",
  },
  "lstm.z_f[3]": told("lstm.z_f[3]", -0.11, [term(-0.11, factor("lstm.z[3]", -0.11))]),
  "lstm.z[3]": told("lstm.z[3]", -0.11, [
    term(0.2, factor("lstm.from_x[3]", 0.2)),
    term(-0.31, factor("lstm.h[2]", 0.5), factor("lstm.W_hh", -0.62)),
  ]),
  "lstm.from_x[3]": told("lstm.from_x[3]", 0.2, [
    term(0.1, factor("input.a", 1), factor("lstm.W_ih", 0.1)),
    term(0.1, factor("lstm.b", 0.1)),
  ]),
  "lstm.c[3]": told("lstm.c[3]", -0.6, [
    term(-0.6, factor("lstm.m[3]", 1), factor("lstm.c_new[3]", -0.6)),
    term(-0, { ...factor("", 0), node: null }, factor("lstm.c[2]", -0.46)),
  ]),
  "lstm.c_new[3]": told("lstm.c_new[3]", -0.6, [
    term(-0.22, factor("lstm.f[3]", 0.47), factor("lstm.c[2]", -0.46)),
    term(-0.38, factor("lstm.i[3]", 0.62), factor("lstm.g[3]", -0.61)),
  ]),
};
const explain = async ({ node }) => ANSWERS[node];
const step = (key) => ({ kind: "step", layer: "lstm", key, t: 3, unit: 1 });

test("a gate is a function of x times W_ih, the state before times W_hh, and the bias", async () => {
  const { z, made } = await cellSum(step("lstm.f"), GRAPH, 0, false, explain);
  const products = z.terms.map(({ factors }) => factors.map(({ node }) => node).join(" × "));

  assert.deepEqual(products, ["input.a × lstm.W_ih", "lstm.b", "lstm.h[2] × lstm.W_hh"]);
  assert.deepEqual([-0.11, 0.47], [z.value, made.value]);
});

test("the state of a cell is what is kept and what is new", async () => {
  const { z, made } = await cellSum(step("lstm.c"), GRAPH, 0, false, explain);
  const products = z.terms.map(({ factors }) => factors.map(({ node }) => node).join(" × "));

  assert.deepEqual(products, ["lstm.f[3] × lstm.c[2]", "lstm.i[3] × lstm.g[3]"]);
  assert.equal(null, made, "the state is that sum itself");
});

test("where a sequence has ended, the state is the one before; what another layer made is not gone into", () => {
  const ended = told("lstm.c[3]", -0.46, [
    term(-0, factor("lstm.m[3]", 0), factor("lstm.c_new[3]", -0.6)),
    term(-0.46, { ...factor("", 1), node: null }, factor("lstm.c[2]", -0.46)),
  ]);

  assert.equal(null, onwards(ended));
  assert.equal(null, onwards(told("pool1.a", 3, [term(3, factor("conv1.a", 3))])));
  assert.equal(null, onwards({ ...ANSWERS["lstm.f[3]"], computed: false }));
});

const layout = layoutStage(GRAPH, VIEW);
const cell = { kind: "step", layer: "lstm", key: "lstm.c", t: 1, unit: 0 };

test("at the last level stands the card of the cell that is selected, within the view", () => {
  const found = levels(layout, cell, VIEW);
  const told = new Map([[cardKey({ layer: cell.layer, unit: 0, cell }), { count: 30, back: false }]]);
  const rows = { told, scrolls: new Map() };
  const seen = (camera, selected) =>
    cards.withCell(zoomed(layout, camera, VIEW), VIEW, { selected, at: { x: -1, y: -1 } }, rows).cell;
  const card = seen(found.at(-1), cell);

  assert.equal(undefined, seen({ ...found[0], scale: 1.01 }, cell), "too far away");
  assert.equal(undefined, seen(found.at(-1), null), "nothing is there");
  assert.deepEqual(cell, card.cell);
  assert.equal(true, card.x >= 0 && card.x + card.width <= VIEW.width && card.y >= 0, JSON.stringify(card));
  assert.equal(true, card.y + card.height < VIEW.height && card.rows < card.count);
});

test("one has a card without a selection too, where the wheel has gone in; its rows scroll", () => {
  const viewpoint = new Viewpoint();
  viewpoint.supply(cards);
  viewpoint.arrange(layout, VIEW);
  viewpoint.fly(levels(layout, cell, VIEW).at(-1), true);
  viewpoint.attend(cell);
  const before = viewpoint.placed().layout.cell;
  const sum = {
    seq: 1,
    z: told(
      "lstm.c[1]",
      0.5,
      Array.from({ length: 40 }, () => term(0.1)),
    ),
    da: null,
    dz: null,
  };
  viewpoint.count(new Map([[cardKey(before), sum]]));
  const { cell: card } = viewpoint.placed().layout;

  assert.deepEqual(
    [cell],
    viewpoint.looked().units.map((each) => each.cell),
  );
  assert.deepEqual(cell, pick(viewpoint.placed().layout, card.x + 9, card.y + 9));
  assert.equal(true, viewpoint.scroll(60, { x: card.x + 9, y: card.y + 50 }));
  assert.equal(3, viewpoint.placed().layout.cell.first);
});

test("the card says what the server explained", () => {
  const near = zoomed(layout, levels(layout, cell, VIEW).at(-1), VIEW);
  const rows = { told: new Map(), scrolls: new Map() };
  const seen = cards.withCell(near, VIEW, { selected: cell, at: { x: 0, y: 0 } }, rows);
  const sum = { seq: 7, z: ANSWERS["lstm.c_new[3]"], da: null, dz: null, made: null };
  const view = {
    ...{ layout: seen, frame: frame({ seq: 7 }), beats: [], t: 1, selection: cell, hover: null },
    ...{ focus: null, why: null, sums: new Map([[cardKey(seen.cell), sum]]) },
  };
  const words = sums(view).flatMap(({ text }) => text ?? []);

  for (const expected of ["= c_new[3]", "−0.600", "0.470 × −0.460"])
    assert.equal(true, words.includes(expected), `${expected} in ${words.join(" | ")}`);
});

test("numbers in cells say in which units they are, and what came coarsely has none", () => {
  const images = layoutStage(imageGraph(), VIEW);
  const near = zoomed(images, lookingAt(images.layers.find(({ id }) => id === "conv").tiles[0], VIEW), VIEW);
  const written = (most, summary = null) => {
    const a = { ...tensor([4, 8, 8], () => most), summary };
    const view = { layout: near, frame: imageFrame({ "conv.a": a }), beats: [], t: 1, selection: null, hover: null };
    return sums(view).flatMap(({ text }) => text ?? []);
  };

  assert.deepEqual([64, 1], [written(0.0055).filter((text) => text === "5.50").length, unitsIn(written(0.0055))]);
  assert.equal(0, unitsIn(written(0.55)));
  assert.equal(true, written(0.55).includes("0.55"));
  assert.equal(false, written(0.55, { kind: "quantised", full_shape: [4, 8, 8] }).includes("0.55"));
});

/** @param {readonly string[]} texts */
function unitsIn(texts) {
  return texts.filter((text) => text.startsWith("× 10")).length;
}
