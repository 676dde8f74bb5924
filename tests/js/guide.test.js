import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsOf } from "../../static/js/panels/commands.js";
import { fitting, places } from "../../static/js/panels/palette.js";
import { isFirstVisit, rememberTour } from "../../static/js/state/preferences.js";
import { createStore } from "../../static/js/state/store.js";
import { begun, fakeStorage, GRAPH } from "./fakes.js";

/** Actions that note how they were called. */
function noting() {
  /** @type {unknown[][]} */
  const done = [];
  const note =
    (/** @type {string} */ name) =>
    (/** @type {unknown[]} */ ...given) =>
      done.push([name, ...given]);
  return { done, actions: /** @type {any} */ (new Proxy({}, { get: (_, name) => note(String(name)) })) };
}

test("a command is found by the beginnings of its words, in any order, without accents", () => {
  const offers = [{ title: "Appuyer : Évaluer" }, { title: "Press: Pause (space)" }, { title: "Begin: XOR" }];

  assert.deepEqual(
    ["Press: Pause (space)"],
    fitting(offers, "pa pre").map(({ title }) => title),
  );
  assert.deepEqual(
    ["Appuyer : Évaluer"],
    fitting(offers, "eval").map(({ title }) => title),
  );
  assert.equal(3, fitting(offers, "  ").length);
  assert.equal(0, fitting(offers, "ause").length);
});

test("a step, an example and a number of the network are gone to by their names, whose entries count from 1", () => {
  const { actions, done } = noting();
  const store = begun();
  store.graph.value = /** @type {any} */ (withTime(GRAPH));
  const typed = ["step 120", "example 7", "hidden1.W[1,2]", "d hidden1.a[2]", "delta output.W[1, 1]"];
  const beyond = ["hidden1.W[0, 1]", "hidden1.W[1]", "hidden1.a[9]", "delta hidden1.a[1]", "dense.f[3][1]", "nonsense"];
  for (const words of [...typed, "dense.f[2][1]", ...beyond])
    for (const { run } of places(words, store, actions)) run();

  assert.deepEqual(
    [
      ["seek", 120, 0],
      ["follow", 6],
      ["ask", { node: "hidden1.W", quantity: "value", index: [0, 1] }],
      ["ask", { node: "hidden1.a", quantity: "gradient", index: [0, 1] }],
      ["ask", { node: "output.W", quantity: "delta", index: [0, 0] }],
      ["ask", { node: "dense.f[2]", quantity: "value", index: [0, 0] }],
    ],
    done,
  );
});

/** With three steps of time, and the shapes of some nodes. */
function withTime(graph) {
  const block = { name: "dense.f", op: "sigmoid", steps: 3, units: 4 };
  const nodes = ["hidden1.a", "dense.f"].map((name) => ({ name, layer: "", op: null, inputs: [], shape: [4] }));
  return {
    ...graph,
    nodes,
    layers: [...graph.layers, { ...graph.layers[1], id: "dense", parameters: [], blocks: [block] }],
  };
}

test("no two commands have the same key or the same name", () => {
  const commands = commandsOf(createStore(), noting().actions);
  const keys = commands.flatMap((command) => command.keys);

  assert.equal(keys.length, new Set(keys).size);
  assert.equal(commands.length, new Set(commands.map(({ title }) => title)).size);
});

test("the first minute is offered until it was seen or skipped", () => {
  const storage = fakeStorage({});
  assert.equal(true, isFirstVisit(storage));
  rememberTour(storage);
  assert.equal(false, isFirstVisit(storage));
});
