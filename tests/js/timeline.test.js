import assert from "node:assert/strict";
import { test } from "node:test";
import { createPainter } from "../../static/js/timeline/clock.js";
import { easeInOut, within } from "../../static/js/timeline/easing.js";
import { Player } from "../../static/js/timeline/player.js";
import {
  activeBeat,
  callsBetween,
  phaseOf,
  progressOf,
  STILL,
  storyboard,
} from "../../static/js/timeline/storyboard.js";
import { frameOf, NETWORKS } from "./golden/frames.js";

/** A network, and its frame after so many calls. */
function stepped(count, name = "2-6-1") {
  const network = NETWORKS[name]();
  const frames = [frameOf(network)];
  for (let index = 0; index < count; index += 1) {
    network.next();
    frames.push(frameOf(network));
  }
  return { network, frames };
}

test("many invalidations are one paint", () => {
  const scheduled = [];
  const painted = [];
  const invalidate = createPainter(
    (now) => painted.push(now),
    (callback) => scheduled.push(callback),
  );

  for (let index = 0; index < 3; index += 1) invalidate();
  for (const callback of scheduled.splice(0)) callback(16);
  invalidate();

  assert.deepEqual([16], painted);
  assert.equal(1, scheduled.length);
});

test("what starts and ends slowly leads from 0 to 1", () => {
  assert.deepEqual([0, 0.5, 1], [easeInOut(0), easeInOut(0.5), easeInOut(1)]);
});

test("time within a part of the whole is held between 0 and 1", () => {
  assert.deepEqual([0, 0.5, 1], [within(0.1, 0.25, 0.75), within(0.5, 0.25, 0.75), within(0.9, 0.25, 0.75)]);
  assert.deepEqual([0, 1], [within(0.1, 0.2, 0.2), within(0.2, 0.2, 0.2)]);
});

test("a player counts from the first paint, and stops at the end", () => {
  const player = new Player();
  player.start(200);

  assert.deepEqual([0, 0.5, 1], [player.at(1000), player.at(1100), player.at(1900)]);
  assert.equal(false, player.isMoving());
});

test("a player can be held at any moment and go on from there", () => {
  const player = new Player();
  player.start(200);
  player.at(0);
  player.seek(0.25);

  assert.equal(0.25, player.at(5000));
  player.resume();
  assert.deepEqual([0.25, 0.75], [player.at(6000), player.at(6100)]);
});

test("a player can run backwards, and be finished at once", () => {
  const player = new Player();
  player.start(100, { backwards: true });

  assert.deepEqual([1, 0.5, 0], [player.at(0), player.at(50), player.at(500)]);
  player.start(100);
  player.finish();
  assert.equal(1, player.at(0));
});

test("an animation of no length is over", () => {
  const player = new Player();
  player.start(0);

  assert.deepEqual([1, false], [player.at(0), player.isMoving()]);
});

test("one call is one beat over the whole time", () => {
  const { network, frames } = stepped(2);
  const { beats } = storyboard(frames[1], frames[2], network.calls);

  assert.deepEqual(
    [{ kind: "forward", key: "hidden1.z", layer: "hidden1", node: "hidden1.z", op: "dense", begin: 0, end: 1 }],
    beats,
  );
});

test("several calls are beats one after the other", () => {
  const { network, frames } = stepped(6);
  const { beats, duration } = storyboard(frames[0], frames[6], network.calls);

  assert.deepEqual(
    network.calls.slice(0, 6).map(({ node }) => node),
    beats.map(({ node }) => node),
  );
  assert.deepEqual([0, 1], [beats[0].begin, beats.at(-1).end]);
  assert.equal(
    true,
    beats.every(({ begin }, index) => index === 0 || begin === beats[index - 1].end),
  );
  assert.equal(true, duration > 0 && duration <= 3200);
});

test("the end of a step belongs to the step that ended", () => {
  const { network, frames } = stepped(40);
  const total = network.calls.length;
  const names = callsBetween(frames[total - 1], frames[total], network.calls).map(({ kind }) => kind);
  const next = callsBetween(frames[total - 1], frames[total + 2], network.calls).map(({ node }) => node);

  assert.deepEqual(["apply"], names);
  assert.deepEqual(["input.a", "hidden1.z"], next);
});

test("without the ribbon, the call that ran last is shown", () => {
  const { network, frames } = stepped(3);

  assert.deepEqual([network.calls[2]], callsBetween(frames[1], frames[3], []));
});

test("nothing is animated at first, or when nothing has run, or when time has turned back", () => {
  const { network, frames } = stepped(4);

  assert.equal(STILL, storyboard(null, frames[3], network.calls));
  assert.equal(STILL, storyboard(frames[3], frames[3], network.calls));
  assert.equal(STILL, storyboard(frames[3], frames[1], network.calls));
  assert.equal(STILL, storyboard(frames[3], frames[1], []));
});

test("a tensor is written during its beat, and all others are there", () => {
  const { network, frames } = stepped(3);
  const { beats } = storyboard(frames[1], frames[3], network.calls);
  const [first, second] = beats;

  assert.equal(first, activeBeat(beats, first.end / 2));
  assert.equal(second, activeBeat(beats, 1));
  assert.deepEqual(
    [1, 0, 1],
    [progressOf(beats, first.end, first.key), progressOf(beats, first.end, second.key), progressOf(beats, 0, "x")],
  );
});

test("each kind of call belongs to a phase", () => {
  const kinds = ["forward", "loss", "vjp", "penalty", "clip", "delta", "apply"];

  assert.deepEqual(["forward", "loss", "backward", "backward", "update", "update", "update"], kinds.map(phaseOf));
});
