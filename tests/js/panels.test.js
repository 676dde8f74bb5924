import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldOf, middleOf } from "../../static/js/panels/boundary.js";
import { commandOf, commandsOf, signsOf } from "../../static/js/panels/commands.js";
import { el } from "../../static/js/panels/dom.js";
import { concerns, isAbout, nextNice, nextWhole, readNumber } from "../../static/js/panels/fields.js";
import { exact, number, positionText, signClass, signed, unitName, words } from "../../static/js/panels/format.js";
import { kindOf, share, verdict } from "../../static/js/panels/gradients.js";
import { isAsTold } from "../../static/js/panels/inspector.js";
import { snippet } from "../../static/js/panels/notebook.js";
import { score } from "../../static/js/panels/output.js";
import { piecesOf } from "../../static/js/panels/playhead.js";
import { nearest, path, rangeOf, toPixels } from "../../static/js/panels/plot.js";
import { byTopic } from "../../static/js/panels/presets.js";
import { opAt, seekTarget, segmentsOf, shownStep } from "../../static/js/panels/ribbon.js";
import { dotsOf, targetOf } from "../../static/js/panels/scatter.js";
import { termsBehind } from "../../static/js/panels/terms.js";
import { columnName, titleOf } from "../../static/js/state/names.js";
import { applyEvent } from "../../static/js/state/reduce.js";
import { createStore } from "../../static/js/state/store.js";
import { CALLS, DATASET, METRICS, POSITION, snapshot } from "./fakes.js";

test("numbers have a true minus, four digits, and powers where they are small", () => {
  assert.equal("−0.01734", number(-0.017338));
  assert.equal("0.05", number(0.05));
  assert.equal("4.12·10⁻⁸", number(4.123e-8));
  assert.equal("0", number(-0));
  assert.equal("12346", number(12345.6));
});

test("what was not computed is never 0, and what is not finite is said", () => {
  assert.equal("not computed", number(null));
  assert.equal("NaN", number("NaN"));
  assert.equal("−∞", number(Number.NEGATIVE_INFINITY));
});

test("a delta shows its sign", () => {
  assert.equal("+0.0412", signed(0.0412));
  assert.equal("−0.5", signed(-0.5));
  assert.equal("none", signClass(null));
});

test("numbers that are compared show all their digits", () => {
  assert.equal("−0.017\u2009338\u2009210\u20090", exact(-0.01733821));
});

test("names are written for people, counted from 1", () => {
  assert.equal("hidden1₃", unitName("hidden1", 2));
  assert.equal("x1²", columnName("x1^2"));
  assert.equal("binary cross-entropy", words("binary_cross_entropy"));
});

test("the position is named after the operation that ran last", () => {
  assert.equal("step 0 · ready", positionText(POSITION, CALLS));
  assert.equal("step 4 · forward · op 2 of 6", positionText({ ...POSITION, step: 4, op: 2, phase: "loss" }, CALLS));
  assert.equal("4 steps done", positionText({ ...POSITION, step: 4 }, CALLS));
});

test("the ribbon has the four phases with their operations", () => {
  assert.deepEqual(
    ["forward 2", "loss 1", "backward 1", "update 2"],
    segmentsOf(CALLS).map(({ phase, count }) => `${phase} ${count}`),
  );
});

test("between two steps the ribbon shows the finished one, unless an edit forgot it", () => {
  assert.deepEqual({ step: 3, op: 6 }, shownStep({ ...POSITION, step: 4 }, 6, true));
  assert.deepEqual({ step: 4, op: 0 }, shownStep({ ...POSITION, step: 4 }, 6, false));
  assert.deepEqual({ step: 0, op: 0 }, shownStep(POSITION, 6, true));
});

test("dragging to the end of a step is the beginning of the next", () => {
  assert.deepEqual({ step: 5, op: 0 }, seekTarget({ step: 4, op: 2 }, 6, 6));
  assert.deepEqual({ step: 4, op: 3 }, seekTarget({ step: 4, op: 2 }, 3, 6));
});

test("a place on the ribbon is the operation drawn there", () => {
  assert.equal(0, opAt(-5, 600, 6));
  assert.equal(1, opAt(50, 600, 6));
  assert.equal(6, opAt(599, 600, 6));
});

test("the server's loc finds its field, whatever stands between", () => {
  assert.equal(true, concerns(["body", "optimizer", "adam", "learning_rate"], ["optimizer", "learning_rate"]));
  assert.equal(true, concerns(["layers", 0, "dense", "units"], ["layers", 0]));
  assert.equal(false, concerns(["layers", 1, "dense", "units"], ["layers", 0]));
  assert.equal(false, concerns(["seed"], []));
});

test("a problem inside a choice marks the field, not the choice", () => {
  assert.equal(true, isAbout(["optimizer", "adam", "eps"], ["optimizer", "eps"]));
  assert.equal(false, isAbout(["optimizer", "adam", "eps"], ["optimizer"]));
});

test("the learning rate goes in steps of 1, 2, 5", () => {
  assert.deepEqual([0.1, 0.02, 0.5], [nextNice(0.05, 1), nextNice(0.05, -1), nextNice(0.3, 1)]);
  assert.equal(1e-4, nextNice(0, 1));
  assert.equal(3, nextWhole(1, 3)(3, 1));
});

test("a comma and a typographic minus are understood, nothing is not a 0", () => {
  assert.equal(-0.5, readNumber(" −0,5 "));
  assert.ok(Number.isNaN(readNumber("")));
});

const norms = (gradient_norms) => ({ ...METRICS, gradient_norms });

test("the flow of gradients is told in words", () => {
  const layers = ["output", "hidden1"];

  assert.match(verdict(norms({}), layers), /No gradient/);
  assert.match(verdict(norms({ output: 1 }), layers), /on its way/);
  assert.match(verdict(norms({ output: 0.07, hidden1: 0.05 }), layers), /Healthy/);
  assert.match(verdict(norms({ output: 0.5, hidden1: 0.0005 }), layers), /Vanishing: hidden1/);
  assert.match(verdict(norms({ output: 0.5, hidden1: 0 }), layers), /Vanished: nothing of the loss reaches hidden1/);
  assert.match(verdict(norms({ output: 900, hidden1: 300 }), layers), /Exploding/);
});

test("what arrives at the layers is compared, not how large their inputs make it", () => {
  const layers = ["output", "hidden1"];
  const metrics = { ...METRICS, gradient_norms: { output: 4e-6, hidden1: 4e-6 } };

  assert.match(verdict({ ...metrics, signal_norms: { output: 0.04, hidden1: 3e-7 } }, layers), /Vanishing: hidden1/);
  assert.match(verdict({ ...metrics, signal_norms: { output: 0.04, hidden1: 0.03 } }, layers), /Healthy/);
});

test("no network is healthy whose loss is beyond all bounds, or whose weights were thrown away", () => {
  const layers = ["output", "hidden1"];
  const calm = { ...METRICS, gradient_norms: { output: 0.5, hidden1: 0.5 }, signal_norms: { output: 1, hidden1: 1 } };

  assert.match(verdict({ ...calm, train_loss: 8e8 }, layers), /^Not healthy: the loss is 8/);
  assert.match(
    verdict({ ...calm, update_ratio: { output: 1e9, hidden1: 0.1 } }, layers),
    /^Exploding: the last update/,
  );
  assert.match(verdict({ ...calm, update_ratio: { output: 1, hidden1: 0.1 } }, layers), /^Healthy/);
  assert.equal(kindOf(flow({ lost: true }), 1), "exploding");
  assert.deepEqual(
    ["healthy", "exploding"],
    [10, 11].map((jump) => kindOf(flow({ jump }), 1)),
  );
});

test("a bar spans three powers of ten", () => {
  assert.equal(1, share(2, 2));
  assert.ok(Math.abs(share(0.2, 2) - 2 / 3) < 1e-9);
  assert.equal(0, share(0, 2));
});

test("keys do what the map of keys says; what changes the session is its owner's", () => {
  const store = createStore();
  const done = [];
  const actions = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...given) =>
          done.push([name, ...given]),
    },
  );
  const commands = commandsOf(store, actions);
  for (const key of [" ", "ArrowLeft", "3", "ArrowDown", "Escape"]) commandOf(commands, { key })?.run();

  assert.deepEqual([["toggle"], ["step", "back"], ["setUnit", "batch"], ["nextExample", 1], ["leave"]], done);
  assert.equal(true, commandOf(commands, { key: "ArrowRight" })?.owner);
  assert.equal("left", commandOf(commands, { key: "ArrowLeft", shiftKey: true })?.id);
  assert.equal("palette", commandOf(commands, { key: "k", ctrlKey: true })?.id);
  assert.equal(null, commandOf(commands, { key: "r", ctrlKey: true }));
  assert.deepEqual(["⌘", "K"], signsOf("Mod+k", true));
  assert.deepEqual(["+"], signsOf("+"));
});

test("dots stand where the data says, test examples apart", () => {
  const dots = dotsOf(DATASET, "width", "color_score", 100, 100);

  assert.deepEqual(
    [false, false, true],
    dots.map(({ test }) => test),
  );
  assert.ok(dots[0].x < dots[2].x && dots[2].x < dots[1].x);
  assert.ok(dots[0].y > dots[1].y);
  assert.equal(2, targetOf([0, 0, 1]));
});

test("images and texts have no place in the plot", () => {
  const raw = [[[0, 16]], [[3, 5]]];
  const part = { raw, targets: [0, 1], count: 2 };

  assert.deepEqual([], dotsOf({ ...DATASET, columns: [], train: part, test: part }, "", "", 100, 100));
});

test("the nearest dot is meant only if it is near", () => {
  const dots = [{ x: 10, y: 10, target: 0, test: false, index: 0 }];

  assert.equal(0, nearest(dots, 14, 10)?.index);
  assert.equal(null, nearest(dots, 60, 60));
});

test("a range has air, up is up, and a class has its shape", () => {
  const { low, high } = rangeOf([0, 1]);
  assert.ok(low < 0 && high > 1);
  assert.deepEqual(
    [0, 100],
    toPixels({ width: 100, height: 100, x: { low: 0, high: 1 }, y: { low: 0, high: 1 } }, 0, 0),
  );

  const drawn = [];
  const context = new Proxy({}, { get: (_, name) => () => drawn.push(name) });
  path(context, "square", 0, 0, 4);
  assert.equal(3, drawn.filter((name) => name === "lineTo").length);
});

test("the map's bytes become the numbers again, between the limits of each unit", () => {
  const map = {
    shape: [2, 1, 2],
    data: Uint8Array.of(0, 255, 0, 255),
    min: -1,
    max: 3,
    limits: [
      [-1, 1],
      [0, 3],
    ],
    summary: null,
  };

  assert.deepEqual(
    [
      [-1, 1],
      [0, 3],
    ],
    fieldOf(map, 2, 2).map((field) => [...field]),
  );
  assert.equal(0.5, middleOf("classification", "sigmoid", map));
  assert.equal(1, middleOf("regression", "linear", map));
});

test("the score counts examples", () => {
  const store = createStore();
  applyEvent(store, snapshot());
  store.metrics.value = { ...METRICS, train_accuracy: 0.5, test_accuracy: 1 };

  assert.equal("train 1 / 2 · test 1 / 1", score(store));
});

test("the notebook joins this very session", () => {
  assert.match(
    snippet("http://h:1", "id1", "tok"),
    /Deltaflow\("http:\/\/h:1"\)\nsession = server\.join\("id1", "tok"\)/,
  );
});

/** As much of a document as el needs. */
function withDocument(act) {
  globalThis.Node = class {};
  class Element extends globalThis.Node {
    constructor(tag) {
      super();
      Object.assign(this, {
        tagName: tag.toUpperCase(),
        className: "",
        dataset: {},
        textContent: "",
        attributes: {},
        children: [],
      });
    }
    append(...children) {
      this.children.push(...children);
    }
    setAttribute(name, value) {
      this.attributes[name] = value;
    }
  }
  globalThis.document = { createElement: (tag) => new Element(tag) };
  try {
    act();
  } finally {
    globalThis.document = undefined;
  }
}

test("an element gets properties, attributes and text; null is no child", () => {
  withDocument(() => {
    const node = el("p", { class: "say", attributes: { role: "status" } }, "a", null, false, 1);

    assert.equal("say", node.className);
    assert.equal("status", node.attributes.role);
    assert.deepEqual(["a", "1"], node.children);
  });
});

test("a misspelt property is refused", () => {
  withDocument(() => {
    assert.throws(() => el("p", { classname: "x" }), /<p> has no property "classname"/);
  });
});

test("terms that one row stands for are counted one by one", () => {
  const rows = Array.from({ length: 63 }, () => ({ count: 1 }));
  assert.equal(termsBehind(rows, 5), 58);
  assert.equal(termsBehind([...rows, { count: 137 }], 5), 195);
});

test("presets stand under their topics, in the catalog's order", () => {
  const entry = (/** @type {string} */ name, /** @type {string} */ topic) => ({ name, topic, summary: "" });
  const grouped = byTopic([entry("line", "Points"), entry("iris", "Tables"), entry("fruit", "Points")]);

  assert.deepEqual(
    [
      ["Points", ["line", "fruit"]],
      ["Tables", ["iris"]],
    ],
    grouped.map(({ topic, presets }) => [topic, presets.map(({ name }) => name)]),
  );
});

/** @param {Partial<Parameters<typeof kindOf>[0]>} told */
const flow = (told) => ({ layer: "hidden1", signal: 1, weights: 1, dead: null, units: 8, saturated: null, ...told });

test("a layer is called by what of the loss arrives there, then by what its units make of it", () => {
  assert.equal(kindOf(flow({ signal: null }), 1), "unknown");
  assert.equal(kindOf(flow({}), 1), "healthy");
  assert.equal(kindOf(flow({ signal: 0.009 }), 1), "vanishing");
  assert.equal(kindOf(flow({ signal: 0, saturated: 1 }), 0), "vanishing");
  assert.equal(kindOf(flow({ signal: 101 }), 1), "exploding");
  assert.equal(kindOf(flow({ weights: 101 }), 1), "exploding");
  assert.deepEqual(
    ["healthy", "dead"],
    [1, 2].map((dead) => kindOf(flow({ dead }), 1)),
  );
  assert.deepEqual(
    ["healthy", "saturated"],
    [0.49, 0.5].map((saturated) => kindOf(flow({ saturated }), 1)),
  );
});

test("the network's verdict names the layer whose units let nothing through", () => {
  const norms = { gradient_norms: { output: 1, hidden1: 1 }, signal_norms: { output: 1, hidden1: 1 } };
  const layers = ["output", "hidden1"];
  const units = new Map([["hidden1", 4]]);
  const saturated = { ...METRICS, ...norms, saturated: { hidden1: 0.75 } };
  assert.match(verdict(saturated, layers, units), /^hidden1 is saturated: 75 % /);
  assert.match(
    verdict({ ...METRICS, ...norms, dead_units: { hidden1: 1 } }, layers, units),
    /^hidden1 has 1 dead unit of 4/,
  );
  assert.match(verdict({ ...METRICS, ...norms, dead_units: { hidden1: 0 } }, layers, units), /^Healthy/);
});

test("a preset's story is told of its own layers and data only", () => {
  const told = { layers: [{ id: "a", units: 4, inputs: null }], dataset: { name: "xor", features: null } };
  const now = { layers: [{ id: "a", units: 4, inputs: ["input"] }], dataset: { name: "xor", features: ["x"] } };

  assert.ok(isAsTold(now, told));
  assert.ok(!isAsTold({ ...now, layers: [{ id: "a", units: 5 }] }, told));
  assert.ok(!isAsTold({ ...now, layers: [...now.layers, { id: "b" }] }, told));
  assert.ok(!isAsTold({ ...now, dataset: { name: "spiral" } }, told));
});

test("the line that says where one stands goes through no word", () => {
  const place = { x: 50, from: 1, to: 37, at: 26, r: 6 };
  const word = { left: 40, right: 60, from: 6, to: 19 };
  const lower = { left: 49, right: 90, from: 16, to: 25 };
  assert.deepEqual(piecesOf({ ...place, x: 20 }, [word]), [[1, 37]]);
  assert.deepEqual(piecesOf(place, [{ ...word, right: 40 }]), [[1, 37]], "a name that is left out");
  assert.deepEqual(piecesOf(place, [word]), [
    [1, 6],
    [19, 37],
  ]);
  assert.deepEqual(piecesOf(place, [lower, word]), [
    [1, 6],
    [25, 37],
  ]);
});

test("as long as a session has its preset's name, it is called so in the reader's language", () => {
  const store = createStore();
  const fruit = { name: "fruit", title: "Pommes et oranges", spec: { name: "Apples and oranges" } };
  store.catalog.value = /** @type {any} */ ({ presets: [fruit] });
  const called = (/** @type {string} */ name) => {
    store.spec.value = /** @type {any} */ ({ name });
    return titleOf(store);
  };

  assert.equal("Pommes et oranges", called("Apples and oranges"));
  assert.equal("Mine", called("Mine"));
});
