// Runs: from where to where they go, what is kept of them, and how they are told.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placesOf } from "../../static/js/panels/runcompare.js";
import { accuracyOf, csvOf, differences, networkOf } from "../../static/js/panels/runwords.js";
import { applyEvent } from "../../static/js/state/reduce.js";
import { beginRuns, createRuns, LEAST_STEPS, presentRun } from "../../static/js/state/runs.js";
import { createStore } from "../../static/js/state/store.js";
import { fakeStorage, METRICS, POSITION, SPEC, snapshot } from "./fakes.js";

/** A page whose session is told about by events, as main.js does it. */
function page(storage = fakeStorage()) {
  const store = createStore();
  const runs = createRuns(storage);
  return { store, runs, storage, tell };
  function tell(event) {
    runs.heed(store, event);
    applyEvent(store, event);
  }
}

/** A page that has trained so many steps. */
function trained(steps, storage = fakeStorage()) {
  const house = page(storage);
  house.tell(snapshot({ session: "s1" }));
  house.tell(stepped(steps));
  return house;
}

const stepped = (step, extra = {}) => ({
  type: "stepped",
  session: "s1",
  cursor: { ...POSITION, step },
  mode: "paused",
  ran: [],
  sentence: "",
  metrics: { ...METRICS, train_loss: 1 / step, train_accuracy: 0.5, ...extra },
});
const reset = (seed) => ({ type: "reset", session: "s1", cursor: POSITION, mode: "paused", seed, metrics: METRICS });
const edited = (spec, step) => ({ ...snapshot(), type: "edited", session: "s1", spec, cursor: { ...POSITION, step } });
const faster = { ...SPEC, optimizer: { ...SPEC.optimizer, learning_rate: 0.5 } };

test("a run is written down when it ends, with its spec and what came of it", () => {
  const { runs, tell } = trained(40);
  assert.deepEqual([], runs.kept.value);
  tell(reset(9));

  const [run] = runs.kept.value;
  assert.deepEqual([0, 40, 1 / 40, 0.5, null], [run.from, run.step, run.train_loss, run.train_accuracy, run.test_loss]);
  assert.deepEqual(SPEC, run.spec);
  assert.equal(runs.beginning.value?.spec.seed, 9);
});

test("trifles are not written down, but can be recorded", () => {
  const { store, runs, tell } = trained(LEAST_STEPS - 1);
  runs.record(store);
  tell(reset(SPEC.seed));

  assert.equal(runs.kept.value.length, 1);
  assert.match(runs.kept.value[0].id, new RegExp(`@${LEAST_STEPS - 1}$`));
});

test("the same run gone through again is the same run; it keeps its name", () => {
  const { runs, tell } = trained(20);
  tell(reset(SPEC.seed));
  runs.rename(runs.kept.value[0].id, "mine");
  tell(stepped(50));
  tell(reset(SPEC.seed));
  tell(stepped(30));
  tell(reset(SPEC.seed));

  assert.deepEqual(
    [["mine", 50]],
    runs.kept.value.map(({ name, step }) => [name, step]),
  );
});

test("an edit begins another run where it stands; a name alone does not", () => {
  const { store, runs, tell } = trained(20);
  tell(edited({ ...SPEC, name: "Renamed" }, 20));
  assert.equal(runs.kept.value.length, 0);
  tell(edited({ ...faster, name: "Renamed" }, 20));
  tell(stepped(45));

  assert.equal(runs.kept.value[0].name, "Renamed");
  const present = presentRun(store, runs).value;
  assert.deepEqual(
    [20, 45, 0.5, false],
    [present?.from, present?.step, present?.spec.optimizer.learning_rate, present?.byHand],
  );
});

test("weights set by hand make another run of the same spec, until it begins again", () => {
  const { store, runs, tell } = trained(20);
  tell(edited(SPEC, 20));
  tell(stepped(40));
  assert.equal(presentRun(store, runs).value?.byHand, true);
  tell(reset(SPEC.seed));
  tell(stepped(15));
  assert.equal(presentRun(store, runs).value?.byHand, false);
  assert.equal(runs.kept.value.length, 2);
});

test("the same session seen again goes on with the same run", () => {
  const { store, runs, tell, storage } = trained(20);
  tell(snapshot({ session: "s1" }));
  assert.equal(runs.kept.value.length, 0);
  runs.end(store);
  const again = trained(30, storage);
  again.runs.end(again.store);

  assert.deepEqual(
    [30],
    again.runs.kept.value.map(({ step }) => step),
  );
});

test("a session that is there already is entered as it stands", () => {
  const store = createStore();
  applyEvent(store, snapshot({ session: "s1" }));
  store.access.value = { id: "s1", token: "t", viewerToken: null, role: "owner" };
  const runs = beginRuns(store, fakeStorage());
  applyEvent(store, stepped(12));
  assert.deepEqual(["s1", SPEC], [runs.beginning.value?.session, runs.beginning.value?.spec]);
  assert.equal(presentRun(store, runs).value?.step, 12);
});

test("runs are renamed, deleted, and put back; names tell them apart", () => {
  const { runs, tell } = trained(20);
  tell(edited(faster, 20));
  tell(stepped(40));
  tell(reset(SPEC.seed));
  const before = runs.kept.value;
  assert.deepEqual(
    [`${SPEC.name} (2)`, SPEC.name],
    before.map(({ name }) => name),
  );
  runs.remove([before[0].id]);
  assert.equal(runs.kept.value.length, 1);
  runs.putBack(before);
  assert.deepEqual(before, runs.kept.value);
});

test("a deleted run that is put back takes nothing away that has come since", () => {
  const { store, runs, tell } = trained(40);
  tell(reset(9));
  const before = runs.kept.value;
  runs.remove([before[0].id]);
  tell(stepped(30));
  runs.record(store);
  runs.putBack(before);

  assert.deepEqual(
    [30, 40],
    runs.kept.value.map(({ step }) => step),
  );
});

test("what cannot be read is as good as nothing, and large data are left out", () => {
  const storage = fakeStorage({ "deltaflow.runs": '[{"id":1},{"no":"run"}]' });
  assert.deepEqual([], createRuns(storage).kept.value);
  const { runs, tell } = page();
  const inline = { inputs: Array.from({ length: 40_000 }, (_, at) => [at]), targets: [] };
  tell({ ...snapshot({ session: "s1" }), spec: { ...SPEC, dataset: { ...SPEC.dataset, inline } } });
  tell(stepped(20));
  tell(reset(1));

  assert.deepEqual([false, null], [runs.kept.value[0].whole, runs.kept.value[0].spec.dataset.inline]);
});

/** @returns {any} */
const RUN = {
  id: "1",
  name: '=1+1, "the first"',
  at: 0,
  spec: SPEC,
  from: 0,
  step: 40,
  byHand: false,
  train_loss: 0.5,
  test_loss: null,
  train_accuracy: 0.975,
  test_accuracy: null,
  curve: { step: [0, 40], train: [1, 0.5], test: [null, null] },
};

test("CSV quotes what must be quoted, and no name becomes a formula", () => {
  const [head, row] = csvOf([RUN]).split("\r\n");
  assert.match(head, /^name,when,network,dataset,.*,weights_set_by_hand$/);
  assert.match(row, /^"'=1\+1, ""the first""",1970-01-01T00:00:00.000Z,/);
  assert.equal(head.split(",").length, row.replace(/"[^"]*(""[^"]*)*"/, "x").split(",").length);
});

test("a network is told in a line, accuracies as shares", () => {
  const layers = [
    { id: "conv", type: "conv2d", filters: 8, activation: "relu" },
    { id: "flat", type: "flatten" },
    { id: "out", type: "dense", units: 1, activation: "linear" },
  ];
  assert.equal(networkOf({ layers }), "conv2d 8 relu → flatten → 1");
  assert.equal(accuracyOf(RUN), "97.5 %");
});

test("differences are told by path; an added layer, a changed number, nothing else", () => {
  assert.deepEqual(differences([SPEC, faster]), [
    { path: "optimizer · learning rate", values: [String(SPEC.optimizer.learning_rate), "0.5"] },
  ]);
  assert.deepEqual(differences([SPEC, { ...SPEC, name: "Other" }]), []);
  const more = { ...SPEC, layers: [...SPEC.layers, { id: "new", type: "flatten" }] };
  assert.deepEqual(differences([SPEC, more]), [{ path: "layers · new · type", values: [null, "flatten"] }]);
});

test("curves begin together, however far the training was when they began", () => {
  const later = { ...RUN, from: 100, step: 120, curve: { step: [100, 120], train: [2, 1], test: [] } };
  const { most, high, x, y } = placesOf([RUN, later]);
  assert.deepEqual([40, 2], [most, high]);
  assert.ok(x(0) < x(20) && y(2) < y(1));
});
