import assert from "node:assert/strict";
import { test } from "node:test";
import {
  between,
  fitCamera,
  held,
  homeCamera,
  lookingAt,
  ORIGIN,
  panned,
  revealing,
  toScreen,
  toStage,
  zoomedAbout,
} from "../../static/js/layout/camera.js";

const VIEW = { width: 800, height: 600 };
const about = (point) =>
  Object.fromEntries(Object.entries(point).map(([key, value]) => [key, Number(value.toFixed(6))]));

test("screen and stage are each other's inverse", () => {
  const camera = { x: 30, y: -20, scale: 2.5 };

  assert.deepEqual({ x: 25, y: 150 }, toScreen(camera, { x: 40, y: 40 }));
  assert.deepEqual({ x: 40, y: 40 }, toStage(camera, { x: 25, y: 150 }));
});

test("what is under the pointer stays under it", () => {
  const camera = { x: 30, y: -20, scale: 2.5 };
  const pointer = { x: 123, y: 456 };
  const nearer = zoomedAbout(camera, 1.7, pointer);

  assert.deepEqual(about(toStage(camera, pointer)), about(toStage(nearer, pointer)));
  assert.equal(4.25, nearer.scale);
});

test("what fits is not moved aside, what is wider as far as its end", () => {
  const right = (content) => held(panned(ORIGIN, 900, 40), content, VIEW);

  assert.deepEqual(ORIGIN, right(VIEW));
  assert.deepEqual({ x: 300, y: 0, scale: 1 }, { ...right({ width: 1100, height: 600 }), scale: 1, x: 300, y: 0 });
  assert.equal(true, right({ width: 1100, height: 600 }).x >= 300);
});

test("one looks at everything first, unless that is too small to be read", () => {
  assert.deepEqual(ORIGIN, homeCamera(VIEW, VIEW));
  assert.equal(0.8, homeCamera({ width: 1000, height: 600 }, VIEW).scale);
  assert.equal(0.62, homeCamera({ width: 4000, height: 600 }, VIEW).scale);
  assert.equal(0.2, fitCamera({ width: 4000, height: 600 }, VIEW).scale);
});

test("what is smaller than the view stands in its middle", () => {
  const { x, y, scale } = fitCamera({ width: 1600, height: 600 }, VIEW);

  assert.deepEqual({ x: 0, y: -300, scale: 0.5 }, { x, y, scale });
});

test("nobody gets nearer than the nearest, nor farther than everything", () => {
  assert.equal(10, held({ x: 0, y: 0, scale: 99 }, VIEW, VIEW, 10).scale);
  assert.equal(1, held({ x: 0, y: 0, scale: 0.01 }, VIEW, VIEW, 10).scale);
});

test("an area that is looked at stands in the middle", () => {
  const area = { x: 100, y: 100, width: 10, height: 20 };
  const camera = lookingAt(area, VIEW, 4);

  assert.deepEqual({ x: 400, y: 300 }, toScreen(camera, { x: 105, y: 110 }));
  assert.deepEqual({ x: 400, y: 300 }, about(toScreen(lookingAt(area, VIEW), { x: 105, y: 110 })));
});

test("what is in view moves nothing, what is not comes into view by the least move", () => {
  const camera = { x: 0, y: 0, scale: 2 };

  assert.equal(camera, revealing(camera, { x: 100, y: 100, width: 10, height: 10 }, VIEW));
  assert.deepEqual({ x: 240, y: 0, scale: 2 }, revealing(camera, { x: 600, y: 100, width: 10, height: 10 }, VIEW));
});

test("a flight is a function of t: it begins and ends exactly, and keeps the point that both see at one place", () => {
  const from = { x: 0, y: 0, scale: 1 };
  const pointer = { x: 600, y: 100 };
  const to = zoomedAbout(from, 9, pointer);

  assert.equal(from, between(from, to, 0));
  assert.equal(to, between(from, to, 1));
  assert.equal(3, Number(between(from, to, 0.5).scale.toFixed(6)));
  for (const t of [0.1, 0.5, 0.9]) assert.deepEqual(pointer, about(toScreen(between(from, to, t), pointer)));
  assert.deepEqual({ x: 5, y: 2, scale: 1 }, between(from, { x: 10, y: 4, scale: 1 }, 0.5));
});
