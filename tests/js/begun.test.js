import assert from "node:assert/strict";
import test from "node:test";
import { signal } from "@preact/signals-core";
import { afterwards } from "../../static/js/panels/lazily.js";
import { breath, whenBegun } from "../../static/js/state/begun.js";

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const store = () => /** @type {any} */ ({ frame: signal(null), connection: signal({ state: "open" }) });

test("what can wait waits for the first frame, and is done once", async () => {
  const page = store();
  let done = 0;
  whenBegun(page, () => {
    done += 1;
  });
  await turn();
  assert.equal(done, 0);

  page.frame.value = { seq: 1 };
  page.frame.value = { seq: 2 };
  await turn();
  assert.equal(done, 1);
  page.frame.value = null;
  page.frame.value = { seq: 3 };
  await turn();
  assert.equal(done, 1);
});

test("where no frame can come, nobody waits for one", async () => {
  const page = store();
  let done = 0;
  whenBegun(page, () => {
    done += 1;
  });
  page.connection.value = { state: "closed" };
  await turn();
  assert.equal(done, 1);
});

test("a breath lets others have their turn", async () => {
  /** @type {string[]} */
  const order = [];
  setTimeout(() => order.push("other"));
  await breath();
  order.push("after");
  assert.deepEqual(order, ["other", "after"]);
});

test("what is fetched afterwards is asked for again when the server is back", async () => {
  const page = store();
  let [asked, done] = [0, 0];
  const load = async () => {
    asked += 1;
    if (asked === 1) throw new Error("nobody is there");
    return { name: "module" };
  };
  afterwards(page, load, ({ name }) => {
    assert.equal(name, "module");
    done += 1;
  });
  page.frame.value = { seq: 1 };
  await turn();
  assert.deepEqual([asked, done], [1, 0]);

  page.connection.value = { state: "waiting" };
  await turn();
  page.connection.value = { state: "open" };
  await turn();
  assert.deepEqual([asked, done], [2, 1]);
});
