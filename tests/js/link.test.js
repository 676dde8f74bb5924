// Links: whatever is written is read again as it was, and what is damaged is told.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ProblemError } from "../../static/js/net/problem.js";
import { CONTROLS, hiddenOf } from "../../static/js/panels/controls.js";
import { CALLED, grouped } from "../../static/js/panels/sharelooks.js";
import { keeper, lookOf, NOWHERE } from "../../static/js/state/address.js";
import { arrive, settle } from "../../static/js/state/arriving.js";
import { LinkError, needsTable, readLink, writeLink, writeShare } from "../../static/js/state/link.js";
import { keepView, openSession } from "../../static/js/state/opening.js";
import { OVERRIDES, overridesOf } from "../../static/js/state/overrides.js";
import { squeeze, unsqueeze } from "../../static/js/state/squeeze.js";
import { readViewpoint, takeViewpoint, viewpointOf, writeViewpoint } from "../../static/js/state/viewpoint.js";
import { say } from "../../static/js/words/say.js";
import { begun, fakeRest, fakeStorage, SPEC } from "./fakes.js";
import { random } from "./golden/engine.js";

const next = random(7);
const whole = (below) => Math.floor(next() * below);
const pick = (list) => list[whole(list.length)];
const maybe = (value) => (next() < 0.5 ? value : undefined);
const name = () => pick(["hidden1", "conv-2", "lstm_1", "output"]);

/** Any selection that there may be. */
function anySelection() {
  const [layer, n] = [name(), () => whole(40)];
  return pick([
    { kind: "unit", layer, unit: n() },
    { kind: "weight", layer, from: n(), to: n() },
    { kind: "bias", layer, unit: n() },
    { kind: "pixel", layer, map: n(), row: n(), column: n() },
    { kind: "kernel", layer, filter: n(), channel: n(), row: n(), column: n() },
    { kind: "step", layer, key: `${layer}.f`, t: n(), unit: n() },
    { kind: "loss" },
  ]);
}

function anyView() {
  const view = {
    select: maybe(anySelection()),
    ask: maybe({
      node: `${name()}.f[${whole(9)}]`,
      quantity: pick(["value", "gradient", "delta", null]),
      index: [1, 2].slice(whole(3)),
    }),
    lens: maybe({ layer: name(), map: whole(9) }),
    view: maybe({ x: (whole(20000) - 5000) / 1e4, y: whole(1e4) / 1e4, scale: (1 + whole(1e5)) / 1e4 }),
    example: maybe(whole(1000)),
    level: maybe(pick(["kid", "high_school", "graduate", "tldr", "phd"])),
    unit: maybe(pick(["op", "layer", "batch", "epoch"])),
    theme: maybe(pick(["light", "dark"])),
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}

/** Any recipe, with a spec that has words of every script in it. */
function anyRecipe() {
  const spec = {
    name: pick(["Äpfel & Birnen = 100 %", "数字", 'a"b#c?d']),
    seed: whole(2 ** 32),
    layers: [{ units: whole(9) }],
  };
  const preset = next() < 0.5 ? pick(["xor", "fruit"]) : null;
  const edits = Array.from({ length: whole(3) }, () => ({
    step: whole(50),
    name: `${name()}.W`,
    index: pick([[], [0, 1]]),
    value: pick([next() - 0.5, [[1.5, -2e-7]]]),
  }));
  const patch = pick([{}, { optimizer: { learning_rate: next() }, dataset: { noise: null } }]);
  return {
    ...{ preset, patch: preset ? patch : null, spec: preset ? null : spec, edits },
    ...{ step: whole(100000), op: whole(60), exact: true, doubt: null, fingerprint: "0a1b2c3d", seconds: 0 },
  };
}

test("whatever is written into a link is read from it again", async () => {
  for (let round = 0; round < 200; round += 1) {
    const [recipe, view] = [anyRecipe(), anyView()];
    const hash = await writeLink(recipe, view);
    const link = await readLink(`#${hash}`);
    const patch = recipe.patch && Object.keys(recipe.patch).length ? recipe.patch : null;

    assert.deepEqual(
      { ...link.way, patch: link.way.patch },
      {
        ...{ preset: recipe.preset, spec: recipe.spec, patch, edits: recipe.edits },
        ...{ step: recipe.step, op: recipe.op, check: recipe.fingerprint },
      },
    );
    assert.deepEqual(link.view, view);
    assert.deepEqual(link.bad, []);
    assert.equal(new URL(`http://h/#${hash}`).hash, `#${hash}`);
  }
});

test("a frozen copy's link has what is looked at beside it", async () => {
  const view = anyView();
  const link = await readLink(`#${writeShare("Ab-_3", view)}`);

  assert.deepEqual([link.share, link.way, link.view], ["Ab-_3", null, view]);
});

test("a link can be read by people where that is possible", async () => {
  const view = { select: { kind: "weight", layer: "hidden1", from: 0, to: 2 }, level: "kid" };
  const recipe = { ...anyRecipe(), preset: "xor", patch: {}, spec: null, edits: [], step: 12, op: 3 };

  assert.equal(await writeLink(recipe, view), "preset=xor&at=12.3&check=0a1b2c3d&select=weight:hidden1:0:2&level=kid");
});

test("what is damaged is told, and never half believed", async () => {
  const code = await squeeze(JSON.stringify({ name: "x", layers: [] }));
  const cases = [
    `#spec=${code.slice(0, -4)}`,
    "#spec=%%%",
    `#spec=${await squeeze("[1]")}`,
    `#preset=xor&edits=${await squeeze('[["1", "W"]]')}`,
    `#preset=xor&edits=${await squeeze("{}")}`,
    "#preset=xor&at=-1",
    "#preset=xor&at=1.2.3",
  ];
  for (const hash of cases) await assert.rejects(readLink(hash), LinkError, hash);

  const { view, bad } = readViewpoint(
    new URLSearchParams("select=unit:a:b&ask=:value:1&lens=a&example=-1&level=dog&unit=op"),
  );
  assert.deepEqual([view, bad], [{ unit: "op" }, ["select", "ask", "lens", "example", "level"]]);
  for (const select of ["unit:a", "unit:a:1:2", "constructor", "step::k:1:2", "weight:a:1:1e3"])
    assert.deepEqual(readViewpoint(new URLSearchParams({ select })).bad, ["select"], select);
});

test("a small link cannot unpack to something huge", async () => {
  const bomb = await squeeze("0".repeat(4_000_000));

  assert.ok(bomb.length < 8000);
  await assert.rejects(unsqueeze(bomb), /at most/);
});

test("what the page shows is taken along, and taken up where the network has it", () => {
  const store = begun();
  const view = { select: { kind: "unit", layer: "hidden1", unit: 1 }, level: "phd", unit: "layer", example: 1 };

  assert.ok(takeViewpoint(store, view));
  assert.deepEqual(viewpointOf(store), view);
  assert.deepEqual(readViewpoint(new URLSearchParams(writeViewpoint(view))).view, view);
  assert.ok(!takeViewpoint(store, { select: { kind: "unit", layer: "nowhere", unit: 1 }, example: 99999 }));
  assert.deepEqual([store.selection.value, store.example.value], [null, null]);
});

// ------------------------------------------------------------------------------------------------- what teachers write

const PLAIN = {
  ...SPEC,
  layers: [
    { id: "hidden1", type: "dense", units: 4, activation: "tanh" },
    { id: "output", type: "dense", units: 1, activation: "sigmoid" },
  ],
};

test("what is written behind the ? becomes one patch", () => {
  const { patch, bad } = overridesOf(
    new URLSearchParams("learning_rate=0.1&optimizer=adam&units=8,3&activation=relu&noise=.2"),
    PLAIN,
  );

  assert.deepEqual(bad, []);
  assert.deepEqual(patch, {
    optimizer: { learning_rate: 0.1, type: "adam" },
    dataset: { noise: 0.2 },
    layers: [
      { id: "hidden1", type: "dense", units: 8, activation: "relu" },
      { id: "hidden2", type: "dense", units: 3, activation: "relu" },
      PLAIN.layers[1],
    ],
  });
});

test("what makes no sense is named and left out", () => {
  const conv = { ...PLAIN, layers: [{ id: "conv1", type: "conv2d" }, PLAIN.layers[1]] };
  const badOf = (query, spec = PLAIN) => overridesOf(new URLSearchParams(query), spec).bad;

  assert.deepEqual(badOf("learning_rate=fast&seed=&units=0,-1&loss=a%20b"), ["seed", "learning_rate", "loss", "units"]);
  assert.deepEqual(badOf("units=8&activation=relu", conv), ["units", "activation"]);
});

// ------------------------------------------------------------------------------------------------------------- opening

const MADE = { id: "n", owner_token: "o", viewer_token: "v", spec: PLAIN };
const at = (step) => ({ cursor: { step } });

/** A server that walks as it is told. */
function walker(fingerprint) {
  const asked = [];
  let step = 0;
  const ask = (method) => async (path, body) => {
    asked.push(`${method} ${path} ${JSON.stringify(body ?? null)}`);
    if (path === "/sessions") return MADE;
    if (path.endsWith("/recipe")) return { fingerprint };
    if (path.endsWith("/step") && body.unit === "batch") step += body.count;
    return at(step);
  };
  return { asked, get: ask("GET"), post: ask("POST"), patch: ask("PATCH"), put: ask("PUT") };
}

const edit = { step: 20, name: "hidden1.W", index: [0, 1], value: 1.25 };
const recipe = { ...anyRecipe(), preset: "xor", patch: { seed: 3 }, spec: null, edits: [edit], step: 70, op: 4 };

test("a link is opened: preset, patch, beginning anew, edits at their steps, the very operation", async () => {
  const rest = walker(recipe.fingerprint);
  const said = [];
  const house = { restAs: () => rest, onProgress: (words) => said.push(words), now: () => 0 };
  const arrival = await arrive({ hash: `#${await writeLink(recipe, { level: "kid" })}`, search: "" }, house);

  assert.deepEqual(arrival.notes, []);
  assert.deepEqual(rest.asked.slice(0, 5), [
    'POST /sessions {"preset":"xor"}',
    'PATCH /sessions/n/spec {"seed":3}',
    "POST /sessions/n/reset null",
    'POST /sessions/n/step {"unit":"batch","count":20}',
    'PUT /sessions/n/parameters/hidden1.W {"value":1.25,"index":[0,1]}',
  ]);
  assert.deepEqual(rest.asked.slice(-2), [
    'POST /sessions/n/step {"unit":"op","count":4}',
    "GET /sessions/n/recipe null",
  ]);
  assert.equal(said.at(-1), null);

  const store = begun();
  settle(store, arrival);
  assert.equal(store.level.value, "kid");
});

test("a server that computes other numbers is found out", async () => {
  const house = { restAs: () => walker("ffffffff"), onProgress: () => {}, now: () => 0 };
  const { notes } = await arrive({ hash: `#${await writeLink(recipe, {})}`, search: "" }, house);

  assert.match(notes.join(), /other numbers/);
});

test("nobody waits for ever: the way ends where patience does", async () => {
  let clock = 0;
  const house = { restAs: () => walker(""), onProgress: () => {}, now: () => (clock += 40_000) };
  const { notes } = await arrive({ hash: "#preset=xor&at=100000", search: "" }, house);

  assert.match(notes.join(), /to step \d+ only/);
});

test("what cannot be opened is told, and the first preset opens", async () => {
  const gone = new ProblemError({ title: "Not found", status: 404, detail: "there is no such share" });
  let calls = 0;
  const rest = { post: async () => (calls++ ? MADE : Promise.reject(gone)) };
  const house = { restAs: () => rest, onProgress: () => {} };

  const lost = await arrive({ hash: "#share=abc", search: "" }, house);
  assert.match(lost.notes.join(), /could not be opened.*no such share/);
  const damaged = await arrive({ hash: "#spec=AAAA", search: "" }, house);
  assert.match(damaged.notes.join(), /damaged/);
  assert.equal(damaged.access.id, "n");
});

test("behind the ? stands a preset that is opened once, not again when the page is loaded again", async () => {
  const storage = fakeStorage({
    "deltaflow.session": JSON.stringify({ id: "old", token: "t" }),
    "deltaflow.opened": "?preset=xor",
  });
  const rest = fakeRest({ "GET /sessions/old": {}, "POST /sessions": MADE });
  const open = (search, hash = "") => openSession({ hash, search, storage, restAs: () => rest });

  assert.equal((await open("?preset=xor")).access.id, "old");
  assert.equal((await open("?preset=fruit")).access.id, "n");
  assert.equal((await open("?preset=xor", "#preset=xor")).access.id, "n");
});

test("the address says how the page looks", () => {
  const look = lookOf({ pathname: "/embed", search: "?hide=training,data.noise,<b>&show=inspector" });

  assert.deepEqual(look, { embedded: true, hidden: ["training", "data.noise"], shown: ["inspector"], plain: false });
  assert.equal(
    keeper(() => {
      throw new Error("refused");
    }),
    NOWHERE,
  );
});

test("an embedded page has the stage and what is asked for, and a column without parts goes", () => {
  const { hidden, unknown } = hiddenOf({ embedded: true, hidden: ["sentence", "typo"], shown: ["inspector"] });

  assert.deepEqual(
    ["header", "left", "training", "sentence", "right", "inspector", "transport"].map((name) => hidden.has(name)),
    [true, true, true, true, false, false, false],
  );
  assert.deepEqual(unknown, ["typo"]);
});

test("everything that may stand in an address is documented, and nothing else is", () => {
  const page = readFileSync(new URL("../../docs/reference/url.md", import.meta.url), "utf8");
  const section = (title) => page.split(`\n## ${title}\n`)[1].split("\n## ")[0];
  const firsts = (title) =>
    [...section(title).matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cell]) => cell.match(/\w+/g));
  const parts = section("How the page looks").split("| part | names |")[1];

  assert.deepEqual([...parts.matchAll(/`([\w.]+)`/g)].map(([, part]) => part).sort(), Object.keys(CONTROLS).sort());
  assert.deepEqual(firsts("What is changed, by hand").sort(), [...Object.keys(OVERRIDES), "at", "preset"].sort());
  const view = ["select", "ask", "lens", "view", "example", "level", "unit", "theme"];
  assert.deepEqual(firsts("What is looked at"), view);
});

test("a table that only a server has is no part of an address", () => {
  assert.ok(needsTable({ spec: { dataset: { table: "0cd2" } }, patch: null }));
  assert.ok(needsTable({ spec: null, patch: { dataset: { table: "0cd2" } } }));
  assert.ok(!needsTable({ spec: null, patch: { dataset: { noise: 0.1 } } }));
  assert.ok(!needsTable({ spec: { dataset: { name: "xor" } }, patch: null }));
});

test("what was looked at outlasts one loading of the page, and no second", async () => {
  const storage = fakeStorage({ "deltaflow.session": JSON.stringify({ id: "a", token: "b" }) });
  keepView(storage, "select=unit:hidden1:1");
  const rest = fakeRest({ "GET /sessions/a": {} });
  const open = () => openSession({ hash: "", storage, restAs: () => rest });

  assert.notEqual(null, (await open()).settle);
  assert.equal(null, (await open()).settle);
});

test("what is looked at may stand in an address alone, behind the # or the ?; loading the page again leaves it", async () => {
  const rest = fakeRest({ "GET /sessions/a": {}, "POST /sessions": MADE });
  const access = JSON.stringify({ id: "a", token: "b" });
  const themeOf = async (/** @type {string} */ hash, /** @type {string} */ search, /** @type {object} */ kept) => {
    const store = begun();
    const { settle } = await openSession({ hash, search, storage: fakeStorage(kept), restAs: () => rest });
    settle?.(store);
    return store.theme.value;
  };

  assert.equal("dark", await themeOf("", "?theme=dark", {}));
  assert.equal("dark", await themeOf("#theme=dark", "", { "deltaflow.session": access }));
  assert.equal("dark", await themeOf("", "?theme=dark", { "deltaflow.session": access }));
  const again = { "deltaflow.session": access, "deltaflow.opened": "?theme=dark" };
  assert.equal("auto", await themeOf("", "?theme=dark", again));
});

test("every part of the page has a name of its own beside those that stand in the same part", () => {
  const groups = grouped(Object.keys(CONTROLS));
  assert.deepEqual(Object.keys(CONTROLS).sort(), groups.flat().sort());
  assert.deepEqual(["data", "data.own"], groups.find(([first]) => first === "data").slice(0, 2));
  for (const group of groups) {
    const words = group.map((name) => say(CALLED[name]));
    assert.equal(new Set(words).size, words.length, words.join(", "));
  }
});
