import assert from "node:assert/strict";
import { test } from "node:test";
import { createPan } from "../../static/js/draw/pan.js";
import { listen } from "../../static/js/draw/pointer.js";
import { Surface } from "../../static/js/draw/surface.js";
import { layoutStage } from "../../static/js/layout/layout.js";
import { NETWORKS } from "./golden/frames.js";

/** A canvas of a certain size that remembers what is asked of its context. */
function fakeCanvas(width = 400, height = 300) {
  const asked = [];
  const context = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...given) =>
          asked.push([name, ...given]),
    },
  );
  const document = new EventTarget();
  document.createElement = () => fakeCanvas();
  const canvas = Object.assign(new EventTarget(), { clientWidth: width, clientHeight: height, asked });
  return Object.assign(canvas, { getContext: () => context, ownerDocument: document });
}

const event = (type, more) => Object.assign(new Event(type, { cancelable: true }), more);

function listening() {
  const network = NETWORKS["2-1"]();
  const layout = layoutStage(network.graph(), { width: 806, height: 620 });
  const heard = [];
  const canvas = fakeCanvas();
  const stop = listen(canvas, {
    pick: (x, y) => ({ kind: "unit", layer: `${x} ${y}`, unit: 0 }),
    layout: () => layout,
    selection: () => null,
    hover: (selection) => heard.push(["hover", selection?.layer ?? null]),
    select: (selection) => heard.push(["select", selection.layer]),
    fold: () => false,
    pan: (by) => heard.push(["pan", by]) > 0,
  });
  return { canvas, heard, stop };
}

test("what fits is not moved aside", () => {
  const pan = createPan();
  pan.fit(800.4, 800);

  assert.equal(false, pan.move(10));
  assert.equal(null, pan.thumb(600));
});

test("what is wider can be moved as far as its end", () => {
  const pan = createPan();
  pan.fit(1000, 800);

  assert.deepEqual([true, true, false], [pan.move(150), pan.move(500), pan.move(1)]);
  assert.equal(200, pan.offset());
  assert.deepEqual({ x: 360, y: 593, width: 640, height: 4 }, pan.thumb(600));
  pan.fit(700, 800);
  assert.equal(0, pan.offset());
});

test("a place outside is brought into view, and one inside moves nothing", () => {
  const pan = createPan();
  pan.fit(2000, 800);
  const offsets = [400, 1000, 1100, 100, 0].map((x) => {
    pan.follow(x);
    return pan.offset();
  });

  assert.deepEqual([0, 290, 390, 10, 0], offsets);
});

test("what stays is copied from the second time on", () => {
  const canvas = fakeCanvas();
  const surface = new Surface(canvas);
  surface.resize(2);
  const drawn = [];
  const paint = (key) =>
    surface.paint(
      [key],
      0,
      () => drawn.push("still"),
      () => drawn.push("moving"),
    );
  for (const key of ["a", "a", "a", "b"]) paint(key);

  assert.deepEqual(["still", "moving", "still", "moving", "moving", "still", "moving"], drawn);
  assert.equal(2, canvas.asked.filter(([name]) => name === "drawImage").length);
});

test("the pixels follow the size and the density, and nothing happens if both are the same", () => {
  const canvas = fakeCanvas();
  const surface = new Surface(canvas);

  assert.deepEqual([true, false], [surface.resize(2), surface.resize(2)]);
  assert.deepEqual([800, 600], [canvas.width, canvas.height]);
  assert.deepEqual({ width: 400, height: 300 }, surface.size());
});

test("the pointer hovers, leaves and clicks", () => {
  const { canvas, heard } = listening();
  canvas.dispatchEvent(event("pointermove", { offsetX: 1, offsetY: 2 }));
  canvas.dispatchEvent(event("pointerleave"));
  canvas.dispatchEvent(event("click", { offsetX: 3, offsetY: 4 }));

  assert.deepEqual(
    [
      ["hover", "1 2"],
      ["hover", null],
      ["select", "3 4"],
    ],
    heard,
  );
});

test("the wheel pans sideways, with shift also an upright one", () => {
  const { canvas, heard } = listening();
  for (const [deltaX, deltaY, shiftKey] of [
    [5, 0, false],
    [0, 7, false],
    [0, 7, true],
  ])
    canvas.dispatchEvent(event("wheel", { deltaX, deltaY, shiftKey }));

  assert.deepEqual(
    [
      ["pan", 5],
      ["pan", 7],
    ],
    heard,
  );
});

test("arrow keys walk if the focus came by the keyboard, and belong to the page after a click", () => {
  const { canvas, heard } = listening();
  const arrow = () => canvas.dispatchEvent(event("keydown", { key: "ArrowRight" }));
  canvas.dispatchEvent(event("focus"));
  assert.equal(false, arrow(), "taken");
  canvas.dispatchEvent(event("blur"));
  canvas.dispatchEvent(event("pointerdown"));
  canvas.dispatchEvent(event("focus"));
  canvas.ownerDocument.dispatchEvent(event("pointerup"));

  assert.equal(true, arrow(), "left to the page");
  assert.deepEqual([["select", "input"]], heard);
});

test("other keys, and arrows with a modifier, are left alone", () => {
  const { canvas, heard } = listening();
  canvas.dispatchEvent(event("focus"));
  for (const more of [{ key: "x" }, { key: "ArrowLeft", ctrlKey: true }]) canvas.dispatchEvent(event("keydown", more));

  assert.deepEqual([], heard);
});

test("after the end nothing is heard", () => {
  const { canvas, heard, stop } = listening();
  stop();
  canvas.dispatchEvent(event("click", { offsetX: 3, offsetY: 4 }));

  assert.deepEqual([], heard);
});
