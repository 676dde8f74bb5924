// Words beside the pointer: where they stand, and what they say once the update has run.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ORIGIN } from "../../static/js/layout/camera.js";
import { layoutStage } from "../../static/js/layout/layout.js";
import { quietPlace, taken } from "../../static/js/layout/quiet.js";
import { touches } from "../../static/js/layout/sight.js";
import { wordsOf } from "../../static/js/panels/wirehint.js";
import { NETWORKS } from "./golden/frames.js";

const VIEW = { width: 806, height: 620 };
const SIZE = { width: 200, height: 60 };
const layout = layoutStage(NETWORKS["2-6-1"]().graph(), VIEW);

test("words stand in the view, off the pointer, and cover no more than they must", () => {
  const others = taken(layout, ORIGIN);
  const covered = (place) => others.filter((other) => touches({ ...place, ...SIZE }, other)).length;

  assert.equal(10, others.length, "nine units and the card of the loss");
  for (const wire of layout.wires) {
    const at = { x: (wire.from.x + wire.end.x) / 2, y: (wire.from.y + wire.end.y) / 2 };
    const place = quietPlace(at, SIZE, VIEW, others);
    const before = { x: at.x + 16, y: at.y + 20 };

    assert.equal(true, place.x >= 0 && place.x + SIZE.width <= VIEW.width && place.y + SIZE.height <= VIEW.height);
    assert.equal(false, touches({ ...place, ...SIZE }, { ...at, width: 0, height: 0 }));
    assert.equal(true, covered(place) <= Math.min(1, covered(before)), JSON.stringify(place));
  }
});

test("where nothing stands, words are right of the pointer and below it", () => {
  const { x, y } = quietPlace({ x: 300, y: 300 }, SIZE, VIEW, []);

  assert.equal(true, x + SIZE.width / 2 >= 300 && y > 300);
});

test("after the update the weight is the present one, and what the old one's gradient says is told of the old one", () => {
  const nudge = { by: 0.01, predicted: 0.003, measured: 0.0031 };
  const found = { parameter: "output.W", index: [0, 0], value: 0.03682, present: 0.03682, gradient: 0.3, nudge };

  assert.deepEqual(["W 0.03682 · dL/dw +0.3", "0.01 more → loss +0.0031 (gradient says +0.003)"], wordsOf(found));
  const [first, second] = wordsOf({ ...found, present: 0.08682 });
  assert.equal("W 0.08682 · dL/dw +0.3 at 0.03682", first);
  assert.match(second, /^before the update, at 0.03682: 0.01 more/);
});
