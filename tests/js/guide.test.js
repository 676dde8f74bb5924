import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsOf } from "../../static/js/panels/commands.js";
import { fitting, places } from "../../static/js/panels/palette.js";
import { isFirstVisit, rememberTour } from "../../static/js/state/preferences.js";
import { createStore } from "../../static/js/state/store.js";
import { fakeStorage } from "./fakes.js";

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

test("a step, an example and a number of the network are gone to by their names", () => {
  const { actions, done } = noting();
  for (const typed of ["step 120", "example 7", "hidden1.W[0,2]", "d hidden1.z[3, 1]", "lstm.f[3][0,1]", "nonsense"])
    for (const { run } of places(typed, actions)) run();

  assert.deepEqual(
    [
      ["seek", 120, 0],
      ["follow", 6],
      ["ask", { node: "hidden1.W", quantity: "value", index: [0, 2] }],
      ["ask", { node: "hidden1.z", quantity: "gradient", index: [3, 1] }],
      ["ask", { node: "lstm.f[3]", quantity: "value", index: [0, 1] }],
    ],
    done,
  );
});

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
