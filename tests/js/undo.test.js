import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemError } from "../../static/js/net/problem.js";
import { commandOf, commandsOf } from "../../static/js/panels/commands.js";
import { createActions } from "../../static/js/state/actions.js";
import { deedWords, turnWords } from "../../static/js/state/deeds.js";
import { applyEvent } from "../../static/js/state/reduce.js";
import { begun, fakeRest, GRAPH, SPEC } from "./fakes.js";

const WIDEN = { what: "layer", name: "hidden1", field: "units", value: 8, step: 3, op: 0 };

test("what would be undone is said, with the training that goes with it", () => {
  assert.equal("hidden1 with 8 units", turnWords(WIDEN, 3));
  assert.equal("hidden1 with 8 units, and 312 steps of training", turnWords(WIDEN, 315));
});

test("every kind of deed has words", () => {
  const said = (what, given) => deedWords({ what, name: "hidden1", field: "", value: null, ...given });

  assert.equal("add hidden1", said("add"));
  assert.equal("freeze hidden1", said("layer", { field: "trainable", value: false }));
  assert.equal("optimizer.learning rate: 0.03", said("option", { name: "optimizer.learning_rate", value: 0.03 }));
  assert.equal("set lstm.W_hh[1, 2] to −0.5", said("parameter", { name: "lstm.W_hh[1, 2]", value: -0.5 }));
  assert.equal("call hidden1 first", said("rename", { value: "first" }));
  for (const what of ["remove", "move", "layers", "options", "reset"]) assert.notEqual("", said(what));
});

test("an undone edit brings back spec and graph, and another curve", () => {
  const store = begun();
  store.history.value = { ...store.history.value, step: [1, 2, 3] };
  const undoable = { undo: null, redo: WIDEN };
  applyEvent(store, { type: "undone", redone: false, spec: SPEC, graph: GRAPH, calls: [], undoable });

  assert.deepEqual([], store.history.value.step);
  assert.equal(undoable, store.undoable.value);
  assert.equal(null, store.frame.value);
});

test("a new beginning with another seed brings its data", () => {
  const store = begun();
  const dataset = /** @type {any} */ ({ ...store.dataset.value, name: "drawn anew" });
  applyEvent(store, { type: "reset", seed: 12, dataset });
  assert.deepEqual([dataset, 12], [store.dataset.value, store.spec.value?.seed]);
  applyEvent(store, { type: "reset", seed: 12, dataset: null });

  assert.equal(dataset, store.dataset.value);
});

test("an answer to a dragged weight leaves the picture where it is", () => {
  const store = begun();
  const graph = store.graph.value;
  applyEvent(store, { type: "edited", spec: SPEC, graph: null, calls: null, kept: [], initialised: [], dropped: [] });

  assert.equal(graph, store.graph.value);
});

test("the keys of undo work for the owner, and only where there is something", () => {
  const store = begun();
  /** @type {string[]} */
  const done = [];
  const actions = /** @type {any} */ ({ undo: () => done.push("undo"), redo: () => done.push("redo") });
  const commands = commandsOf(store, actions);
  const press = (key, more) => commandOf(commands, { key, ctrlKey: true, ...more });
  press("z")?.run();
  assert.deepEqual([], done);
  store.undoable.value = { undo: WIDEN, redo: WIDEN };
  for (const command of [press("z"), press("Z", { shiftKey: true }), press("y")]) command?.run();

  assert.deepEqual(["undo", "redo", "redo"], done);
  assert.equal(true, press("z")?.owner);
  assert.notEqual("undo", press("z", { ctrlKey: false })?.id);
});

test("other data and the new beginning are one gesture", async () => {
  const store = begun();
  const rest = fakeRest({ "PATCH /sessions/s1/spec": {}, "POST /sessions/s1/reset": {} });
  const actions = createActions({ store, rest, socket: { send: () => true, connect: () => {} } });
  await actions.changeData({ dataset: { name: "xor" } });

  assert.match(rest.asked[0].path, /gesture=/);
  assert.equal(rest.asked[0].path.split("gesture=")[1], encodeURIComponent(rest.asked[1].body.gesture));
});

test("a refusal marks the layer by its name, wherever it would have stood", async () => {
  const store = begun();
  const [first, ...others] = store.spec.value.layers;
  const last = others.at(-1);
  const refusal = (loc) => new ProblemError({ title: "Spec", status: 422, detail: "no", errors: [{ loc, msg: "no" }] });
  const rest = fakeRest({ "PATCH /sessions/s1/spec": refusal(["layers", 1, "units"]) });
  const actions = createActions({ store, rest, socket: { send: () => true, connect: () => {} } });

  await actions.patch({ layers: [{ ...first, id: "new" }, last] });
  assert.deepEqual(["layers", store.spec.value.layers.indexOf(last), "units"], store.problems.value[0].loc);
  await actions.patch({ layers: [last, { ...first, id: "new" }] });
  assert.deepEqual(["layers"], store.problems.value[0].loc);
});
