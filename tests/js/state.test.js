import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemError } from "../../static/js/net/problem.js";
import { createActions } from "../../static/js/state/actions.js";
import { appendHistory, NO_HISTORY } from "../../static/js/state/history.js";
import { followSystem } from "../../static/js/state/look.js";
import { accessOfHash, addressOf, openSession } from "../../static/js/state/opening.js";
import { recall, rememberChoices } from "../../static/js/state/preferences.js";
import { applyEvent, applyFrame, enterSession } from "../../static/js/state/reduce.js";
import { createStore } from "../../static/js/state/store.js";
import { throttle } from "../../static/js/state/throttle.js";
import { during } from "../../static/js/state/toasts.js";
import { keepInFull } from "../../static/js/state/watching.js";
import { begun, fakeRest, fakeStorage, fakeTimers, frame, GRAPH, METRICS, POSITION, SPEC, snapshot } from "./fakes.js";

/** A store, and actions whose commands and requests are remembered. */
function acting(answers = {}, connected = true) {
  const store = begun();
  store.connection.value = { state: "open", attempt: 0, retryAt: null, reason: "" };
  const sent = [];
  const socket = { send: (command) => connected && sent.push(command) > 0, connect: () => sent.push("connect") };
  const rest = fakeRest(answers);
  return { store, sent, rest, actions: createActions({ store, rest, socket }) };
}

const weight = { kind: "weight", layer: "hidden1", from: 1, to: 2 };

test("a snapshot says everything", () => {
  const store = begun();

  assert.equal(GRAPH, store.graph.value);
  assert.deepEqual([0.7], store.history.value.train_loss);
  assert.equal(true, store.owner.value);
});

test("whoever only watches is told so by the snapshot", () => {
  assert.equal(false, begun({ role: "viewer" }).owner.value);
});

test("a frame brings position, numbers and sentence", () => {
  const store = begun();
  applyFrame(store, frame({ cursor: { ...POSITION, op: 2 }, sentence: "hidden1.z ran" }));

  assert.equal(2, store.position.value.op);
  assert.equal("hidden1.z ran", store.sentence.value);
});

test("an edit takes the old picture away and keeps a selection only if it still exists", () => {
  const store = begun();
  applyFrame(store, frame());
  store.selection.value = { kind: "unit", layer: "hidden1", unit: 2 };
  const narrower = {
    ...GRAPH,
    layers: GRAPH.layers.map((layer) => (layer.id === "hidden1" ? { ...layer, units: 2 } : layer)),
  };
  applyEvent(store, { type: "edited", spec: SPEC, graph: narrower, kept: [], initialised: [], dropped: [] });

  assert.equal(null, store.frame.value);
  assert.equal(null, store.selection.value);
});

test("what was looked at does not outlive its network while nobody was connected", () => {
  const store = begun();
  store.selection.value = { kind: "unit", layer: "hidden9", unit: 2 };
  store.example.value = 10_000;
  applyEvent(store, snapshot());

  assert.equal(null, store.selection.value);
  assert.equal(null, store.example.value);
});

test("in another session nothing of the old one is looked at; coming back changes nothing", () => {
  const store = begun();
  store.selection.value = weight;
  store.example.value = 1;
  applyFrame(store, frame());
  enterSession(store, { id: "s1", token: "t", viewerToken: null, role: "owner" });
  assert.deepEqual([weight, true], [store.selection.value, store.ready.value]);

  enterSession(store, { id: "s2", token: "t", viewerToken: null, role: "owner" });

  assert.equal("s2", store.access.value.id);
  assert.deepEqual([null, null, null], [store.selection.value, store.example.value, store.frame.value]);
  assert.equal(false, store.ready.value);
});

test("divergence is kept with its reason until something moves", () => {
  const store = begun();
  applyEvent(store, {
    type: "diverged",
    cursor: POSITION,
    call: 2,
    node: "loss",
    reason: "overflow",
    advice: "slower",
  });
  assert.equal("overflow", store.diverged.value?.reason);

  applyEvent(store, { type: "stepped", cursor: POSITION, ran: [], sentence: "back", metrics: METRICS });
  assert.equal(null, store.diverged.value);
});

test("a refusal is shown in the server's words", () => {
  const store = begun();
  applyEvent(store, { type: "refused", command: "step", problem: { title: "No", status: 409, detail: "it plays" } });

  assert.equal("it plays", store.toasts.value.at(-1)?.text);
});

test("fresh points of the history replace those from the same step on", () => {
  const held = appendHistory(NO_HISTORY, { step: [0, 1, 2], train_loss: [3, 2, 1] });
  const joined = appendHistory(held, { step: [2, 3], train_loss: [1.5, 0.5] });

  assert.deepEqual([0, 1, 2, 3], joined.step);
  assert.deepEqual([3, 2, 1.5, 0.5], joined.train_loss);
  assert.deepEqual([null, null, null, null], joined.test_loss);
});

test("a frame without new points leaves the history as it is", () => {
  const held = appendHistory(NO_HISTORY, { step: [0], train_loss: [1] });

  assert.equal(held, appendHistory(held, {}));
});

test("a long history is thinned, evenly", () => {
  const step = Array.from({ length: 3000 }, (_, at) => at);
  const thinned = appendHistory(NO_HISTORY, { step, train_loss: step });

  assert.equal(1500, thinned.step.length);
  assert.equal(2, thinned.step[1]);
});

test("motion goes over the socket, in the chosen unit", () => {
  const { actions, sent, store } = acting();
  store.unit.value = "layer";
  actions.step("back");

  assert.deepEqual([{ type: "step", unit: "layer", count: 1, direction: "back" }], sent);
});

test("a step while it plays pauses first", () => {
  const { actions, sent, store } = acting();
  store.mode.value = "playing";
  actions.step("forward");

  assert.deepEqual(
    ["pause", "step"],
    sent.map(({ type }) => type),
  );
});

test("without a connection nothing is lost in silence", () => {
  const { actions, store } = acting({}, false);
  actions.step("forward");

  assert.match(store.toasts.value[0].text, /Not connected/);
});

test("an edit is a patch over REST, and says what was kept also while it plays", async () => {
  const answer = { sentence: "All weights were kept.", kept: ["output.W"] };
  const { actions, rest, store } = acting({ "PATCH /sessions/s1/spec": answer });
  store.mode.value = "playing";

  assert.equal(true, await actions.patch({ seed: 8 }));
  assert.deepEqual({ seed: 8 }, rest.asked[0].body);
  assert.equal("All weights were kept.", store.toasts.value.at(-1)?.text);
});

test("a refused edit marks the field by its loc and changes nothing", async () => {
  const errors = [{ loc: ["optimizer", "adam", "learning_rate"], msg: "must be positive" }];
  const refusal = new ProblemError({ title: "Spec", status: 422, detail: "no", errors });
  const { actions, store } = acting({ "PATCH /sessions/s1/spec": refusal });

  assert.equal(false, await actions.patch({ optimizer: { learning_rate: -1 } }));
  assert.deepEqual(errors, store.problems.value);
  assert.equal(SPEC, store.spec.value);
  assert.deepEqual([], store.busy.value);
});

test("other data begin with fresh weights", async () => {
  const { actions, rest } = acting({ "PATCH /sessions/s1/spec": {}, "POST /sessions/s1/reset": {} });

  assert.equal(true, await actions.changeData({ dataset: { name: "xor" } }));
  assert.deepEqual(
    ["PATCH", "POST"],
    rest.asked.map(({ method }) => method),
  );
});

test("a weight is set by hand at its index", async () => {
  const { actions, rest } = acting({ "PUT /sessions/s1/parameters/hidden1.W": {} });
  await actions.setParameter("hidden1.W", 0.5, [1, 2]);

  assert.deepEqual({ value: 0.5, index: [1, 2] }, rest.asked[0].body);
});

test("the next example comes round", () => {
  const { actions, sent, store } = acting();
  store.example.value = 1;
  actions.nextExample(1);

  assert.equal(0, sent.at(-1).example);
});

test("the frames carry the selected weights in full", () => {
  const { actions, sent, store } = acting();
  store.selection.value = weight;
  actions.watch();

  assert.deepEqual(["hidden1.W", "hidden1.b"], sent.at(-1).full);
});

test("a selection whose numbers came coarsely is asked for in full, once", () => {
  const store = begun();
  let asked = 0;
  const tensor = { shape: [2], data: new Uint8Array(2), min: 0, max: 1, limits: null };
  const whole = new Map([["hidden1.a:gradient", { ...tensor, summary: null }]]);
  const coarse = new Map([["hidden1.a:gradient", { ...tensor, summary: { kind: "pooled", full_shape: [6] } }]]);
  const stop = keepInFull(store, () => {
    asked += 1;
  });
  store.frame.value = frame({ seq: 3, tensors: whole });
  store.selection.value = { kind: "unit", layer: "hidden1", unit: 1 };
  assert.equal(0, asked);

  store.frame.value = frame({ seq: 4, tensors: coarse });
  store.frame.value = frame({ seq: 5, tensors: coarse });
  assert.equal(1, asked);

  store.selection.value = null;
  store.selection.value = { kind: "unit", layer: "hidden1", unit: 2 };
  assert.equal(2, asked);
  stop();
});

test("F folds the recurrent layer that is selected, else all of them", () => {
  const { actions, store } = acting();
  const graph = /** @type {import("../../static/js/types.js").Graph} */ (store.graph.value);
  const [first] = graph.layers;
  const memory = { ...first, id: "memory", blocks: [{ name: "memory.h", units: 2, steps: 3, reverse: false }] };
  store.graph.value = { ...graph, layers: [...graph.layers, memory] };
  actions.fold();
  assert.deepEqual({ layer: null }, store.fold.value);

  store.selection.value = { kind: "step", layer: "memory", key: "memory.h", t: 1, unit: 0 };
  actions.fold();
  assert.deepEqual({ layer: "memory" }, store.fold.value);
});

test("a gradient check is one entry, twice", async () => {
  const parameters = { "hidden1.W": { analytic: [0.5], numeric: [0.50001], relative_error: 2e-5 } };
  const { actions } = acting({ "POST /sessions/s1/gradcheck": { max_relative_error: 2e-5, at_step: 3, parameters } });

  assert.deepEqual(
    { analytic: 0.5, numeric: 0.50001, relative_error: 2e-5, at_step: 3 },
    await actions.checkGradient("hidden1.W", [1, 2]),
  );
});

test("asking about a number selects it on the stage", () => {
  const { actions, store } = acting();
  actions.ask({ node: "hidden1.W", quantity: "gradient", index: [1, 2] });

  assert.deepEqual(weight, store.selection.value);
});

test("a throttled act happens at once, and the last of a burst at its end", () => {
  const timers = fakeTimers();
  const done = [];
  const act = throttle((value) => done.push(value), 40, timers.later);
  for (const value of [1, 2, 3]) act(value);
  timers.run();

  assert.deepEqual([1, 3], done);
});

test("the address of a notebook's session is read, and written", () => {
  assert.deepEqual({ id: "a", token: "b", viewerToken: null, role: "owner" }, accessOfHash("#session=a&token=b"));
  assert.equal(null, accessOfHash("#session=a"));
  assert.equal("http://h/#session=a&token=b", addressOf("http://h", "a", "b"));
});

const MADE = { "POST /sessions": { id: "n", owner_token: "o", viewer_token: "v" } };

test("a page with nothing to go on begins with the fruit", async () => {
  const rest = fakeRest(MADE);
  const { access } = await openSession({ hash: "", storage: fakeStorage(), restAs: () => rest });

  assert.deepEqual({ preset: "fruit" }, rest.asked[0].body);
  assert.equal("o", access.token);
});

test("a frozen link is opened as a copy of one's own", async () => {
  const rest = fakeRest(MADE);
  await openSession({ hash: "#share=abc", storage: fakeStorage(), restAs: () => rest });

  assert.deepEqual({ share: "abc" }, rest.asked[0].body);
});

test("the session of this tab is taken up again if it lives, replaced if not", async () => {
  const old = { id: "old", token: "t", viewerToken: null, role: "owner" };
  const storage = fakeStorage({ "deltaflow.session": JSON.stringify(old) });
  const gone = new ProblemError({ title: "Not found", status: 404, detail: "" });
  const open = (answers) => openSession({ hash: "", storage, restAs: () => fakeRest({ ...MADE, ...answers }) });

  assert.equal("old", (await open({ "GET /sessions/old": {} })).access.id);
  assert.equal("n", (await open({ "GET /sessions/old": gone })).access.id);
});

test("choices are remembered, and what another version wrote is not believed", () => {
  const storage = fakeStorage({ "deltaflow.preferences": '{"level":"phd","theme":"purple"}' });
  const store = createStore(recall(storage));
  rememberChoices(store, storage);
  store.theme.value = "dark";

  assert.equal("phd", store.level.value);
  assert.equal("dark", recall(storage).theme);
});

test("what is under way is said until it ends, also when it fails", async () => {
  const store = createStore();
  const work = during(store, "Working …", async () => {
    throw new Error("no");
  });
  assert.deepEqual(["Working …"], store.busy.value);

  await assert.rejects(work);
  assert.deepEqual([], store.busy.value);
});

test("a look that was not chosen is the system's, and follows it", () => {
  const store = createStore({ contrast: "standard" });
  const wishes = { dark: { matches: false, tell: () => {} }, contrast: { matches: true, tell: () => {} } };
  followSystem(store.system, (query) => {
    const wish = query.includes("contrast") ? wishes.contrast : wishes.dark;
    return {
      get matches() {
        return wish.matches;
      },
      addEventListener: (/** @type {string} */ _, /** @type {any} */ changed) => {
        wish.tell = changed;
      },
    };
  });
  assert.equal("light standard", store.look.value);
  store.contrast.value = "auto";
  wishes.dark.matches = true;
  wishes.dark.tell();
  assert.equal("dark more", store.look.value);
  store.theme.value = "light";
  assert.equal("light more", store.look.value);
});
