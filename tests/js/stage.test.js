import assert from "node:assert/strict";
import { test } from "node:test";
import { listen } from "../../static/js/draw/pointer.js";
import { Surface } from "../../static/js/draw/surface.js";
import { ORIGIN } from "../../static/js/layout/camera.js";
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
    enter: (selection) => heard.push(["enter", selection?.layer ?? null]),
    camera: {
      pan: (dx, dy) => heard.push(["pan", dx, dy]) > 0,
      zoom: (factor, { x, y }) => heard.push(["zoom", Number(factor.toFixed(3)), x, y]) > 0,
    },
  });
  return { canvas, heard, stop };
}

test("what stays is copied from the second time on", () => {
  const canvas = fakeCanvas();
  const surface = new Surface(canvas);
  surface.resize(2);
  const drawn = [];
  const paint = (key) =>
    surface.paint([key], ORIGIN, {
      still: () => drawn.push("still"),
      moving: () => drawn.push("moving"),
      above: () => {},
    });
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

const wheel = (more) => event("wheel", { deltaX: 0, deltaY: 0, deltaMode: 0, offsetX: 5, offsetY: 6, ...more });

test("a mouse's notch and a pinch zoom about the pointer, two fingers on a trackpad move", () => {
  const { canvas, heard } = listening();
  const turned = [
    { deltaY: -120 },
    { deltaY: 8, ctrlKey: true },
    { deltaY: 120, shiftKey: true },
    { deltaX: 3, deltaY: 7 },
  ];
  for (const [at, more] of turned.entries()) {
    const turn = wheel(more);
    Object.defineProperty(turn, "timeStamp", { value: 1000 * at });
    assert.equal(false, canvas.dispatchEvent(turn), "used up");
  }

  assert.deepEqual(
    [
      ["zoom", 1.25, 5, 6],
      ["zoom", 0.923, 5, 6],
      ["pan", 120, 0],
      ["pan", 3, 7],
    ],
    heard,
  );
});

test("what follows at once is of the same kind: a trackpad's fling is no notch", () => {
  const { canvas, heard } = listening();
  for (const [at, deltaY] of [4, 90, 120].entries()) {
    const turn = wheel({ deltaY });
    Object.defineProperty(turn, "timeStamp", { value: 16 * at });
    canvas.dispatchEvent(turn);
  }

  assert.deepEqual(
    [
      ["pan", 0, 4],
      ["pan", 0, 90],
      ["pan", 0, 120],
    ],
    heard,
  );
});

const finger = (type, pointerId, offsetX, offsetY = 0) =>
  event(type, { pointerId, offsetX, offsetY, button: 0, buttons: 1 });

test("a drag moves what is seen, and is no click", () => {
  const { canvas, heard } = listening();
  for (const [type, x] of [
    ["pointerdown", 10],
    ["pointermove", 12],
    ["pointermove", 40],
    ["pointerup", 40],
  ])
    canvas.dispatchEvent(finger(type, 1, x));
  canvas.dispatchEvent(event("click", { offsetX: 40, offsetY: 0 }));

  assert.deepEqual(
    [["pan", -30, 0]],
    heard.filter(([what]) => what !== "hover"),
  );
});

test("two fingers zoom about their middle", () => {
  const { canvas, heard } = listening();
  canvas.dispatchEvent(finger("pointerdown", 1, 100));
  canvas.dispatchEvent(finger("pointerdown", 2, 200));
  canvas.dispatchEvent(finger("pointermove", 2, 300));

  assert.deepEqual(
    [
      ["pan", -50, 0],
      ["zoom", 2, 200, 0],
    ],
    heard.filter(([what]) => what !== "hover"),
  );
});

test("arrow keys walk if the focus came by the keyboard, and belong to the page after a click", async () => {
  const { canvas, heard } = listening();
  const arrow = () => canvas.dispatchEvent(event("keydown", { key: "ArrowRight" }));
  canvas.dispatchEvent(event("focus"));
  assert.equal(false, arrow(), "taken");
  canvas.dispatchEvent(event("blur"));
  canvas.dispatchEvent(event("pointerdown"));
  canvas.dispatchEvent(event("focus"));
  canvas.ownerDocument.dispatchEvent(event("pointerup"));

  assert.equal(true, arrow(), "left to the page");
  await import("../../static/js/layout/walk.js"); // how one walks comes with the focus
  await new Promise((resolve) => setTimeout(resolve));
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
