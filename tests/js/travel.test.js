// Going through time by hand: one seek on its way, the latest wish wins, what is not kept is computed again where one rests.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals-core";
import { besideNames, differences, echoed, keepTogether } from "../../static/js/state/beside.js";
import { applyEvent } from "../../static/js/state/reduce.js";
import { createStore } from "../../static/js/state/store.js";
import { travel } from "../../static/js/state/travel.js";
import { METRICS, POSITION, SPEC } from "./fakes.js";

function scrubber() {
  const store = createStore();
  const sent = [];
  store.connection.value = { state: "open", attempt: 0, retryAt: null, reason: "" };
  const acts = travel(store, (command) => sent.push(command));
  const answer = (step, missed = null) =>
    applyEvent(store, {
      type: "sought",
      cursor: { ...POSITION, step },
      mode: "paused",
      reply_to: sent.at(-1).id,
      metrics: METRICS,
      missed,
    });
  return { store, sent, acts, answer, steps: () => sent.filter(({ type }) => type === "seek").map(({ step }) => step) };
}

test("while one seek is on its way the latest wish waits, and only that", () => {
  const { acts, answer, steps } = scrubber();
  for (const step of [5, 6, 7, 8]) acts.scrub(step, 0, { dragging: true });
  assert.deepEqual(steps(), [5]);
  answer(5);
  assert.deepEqual(steps(), [5, 8]);
  answer(8);
  assert.deepEqual(steps(), [5, 8]);
});

test("a lost connection does not hold up the next wish", () => {
  const { store, acts, steps } = scrubber();
  acts.scrub(5, 0);
  store.connection.value = { state: "waiting", attempt: 1, retryAt: 0, reason: "" };
  acts.scrub(6, 0);
  assert.deepEqual(steps(), [5, 6]);
});

test("what is missed is computed again where the dragging ends, if it is near", () => {
  const { sent, acts, answer } = scrubber();
  acts.scrub(500, 2, { dragging: true });
  answer(400, { step: 500, op: 2, seconds: 0.4 });
  assert.equal(sent.length, 1);
  acts.rest();
  assert.deepEqual([sent[1].step, sent[1].op, sent[1].otherwise], [500, 2, "replay"]);
});

test("what is far is computed again only if it is asked for", () => {
  const { store, sent, acts, answer } = scrubber();
  acts.scrub(500, 2);
  answer(400, { step: 500, op: 2, seconds: 60 });
  assert.equal(sent.length, 1);
  assert.equal(store.missed.value.seconds, 60);
  acts.computeAgain();
  assert.equal(sent[1].otherwise, "replay");
});

test("a long computation gives way to the next wish", () => {
  const { sent, acts, answer, store } = scrubber();
  acts.scrub(500, 0);
  answer(400, { step: 500, op: 0, seconds: 60 });
  acts.computeAgain();
  acts.scrub(3, 0);
  assert.equal(sent.at(-1).type, "pause");
  applyEvent(store, { type: "sought", cursor: POSITION, mode: "paused", reply_to: sent[1].id, missed: null });
  assert.equal(sent.at(-1).step, 3);
});

test("the other run hears what moves, without the id, and nothing else", () => {
  assert.deepEqual(echoed({ type: "seek", id: "scrub1", step: 3, op: 1 }), { type: "seek", step: 3, op: 1 });
  assert.equal(echoed({ type: "watch" }), null);
  assert.equal(echoed({ type: "add_bookmark" }), null);
});

test("where one of two has stopped, the other comes to the same point", () => {
  const [main, other, sent, together] = [createStore(), createStore(), [], signal(true)];
  const stop = keepTogether(main, { store: other, send: (command) => sent.push(command) }, together);
  main.mode.value = "playing";
  main.position.value = { ...POSITION, step: 30, op: 2 };
  other.position.value = { ...POSITION, step: 25 };
  assert.deepEqual(sent, []);
  main.mode.value = "paused";
  assert.deepEqual(
    sent.map(({ type, count, step, op }) => [type, count, step, op]),
    [
      ["step", 5, undefined, undefined],
      ["seek", undefined, 30, 2],
    ],
  );
  stop();
});

test("two specs differ in words", () => {
  const other = { ...SPEC, batch_size: 4, optimizer: { ...SPEC.optimizer, learning_rate: 0.2 } };
  assert.deepEqual(differences(SPEC, other), [
    { what: "learning_rate", before: "0.05", after: "0.2" },
    { what: "batch_size", before: "8", after: "4" },
  ]);
  assert.deepEqual(differences(SPEC, SPEC), []);
});

test("whichever of two runs is the main one, the fork is called one", () => {
  assert.deepEqual(besideNames({ step: 7, isOther: true }), { main: "this run", other: "fork at step 7" });
  assert.deepEqual(besideNames({ step: 7, isOther: false }), {
    main: "this fork",
    other: "the original",
  });
});
