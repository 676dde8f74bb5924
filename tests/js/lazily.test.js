// Parts of the page that come when they are first wanted.

import assert from "node:assert/strict";
import { test } from "node:test";
import { effect } from "@preact/signals-core";

import { lazily } from "../../static/js/panels/lazily.js";

test("a module comes once, when somebody asks, and whoever asked is told", async () => {
  let loads = 0;
  const lazy = lazily(async () => {
    loads += 1;
    return { answer: 42 };
  });
  assert.deepEqual([0, false], [loads, lazy.here()]);

  /** @type {(number | undefined)[]} */
  const seen = [];
  effect(() => {
    seen.push(lazy.now()?.answer);
  });
  await lazy.come();

  assert.deepEqual([undefined, 42], seen);
  assert.deepEqual([1, true], [loads, lazy.here()]);
});

test("what could not come is tried again by the next who asks", async () => {
  let loads = 0;
  const lazy = lazily(async () => {
    loads += 1;
    if (loads === 1) throw new Error("the server is away");
    return {};
  });

  await lazy.come();
  assert.equal(false, lazy.here());

  await lazy.come();
  assert.equal(true, lazy.here());
});
