// Snapshots: what the stage draws of golden frames. `node tests/js/gallery.test.js --accept` takes the present pictures as right;
// look at them first: /gallery shows them.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { MOMENTS, picture, readStory, viewOf } from "../../static/js/gallery/exhibits.js";

const STORIES = new URL("../../static/gallery/", import.meta.url);
const SNAPSHOTS = new URL("../golden/gallery.json", import.meta.url);
const SIZE = { width: 760, height: 520 };

/** Places to a tenth of a pixel: what is closer nobody sees, and the last bits of a sine may differ. @param {string} _ @param {any} value */
const rounded = (_, value) => {
  if (typeof value === "number") return Math.round(value * 10) / 10;
  return ArrayBuffer.isView(value) ? [.../** @type {any} */ (value)] : value;
};

/** How many commands of each kind there are, and a hash of them all. @param {readonly { kind: string, version?: string }[]} commands */
function snapshot(commands) {
  /** @type {Record<string, number>} */
  const kinds = {};
  for (const { kind } of commands) kinds[kind] = (kinds[kind] ?? 0) + 1;
  const hash = createHash("sha256").update(JSON.stringify(commands, rounded)).digest("hex").slice(0, 12);
  return `${Object.entries(kinds)
    .sort()
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ")}; ${hash}`;
}

/** @type {Record<string, string>} */
const present = {};
for (const file of readdirSync(STORIES).sort()) {
  const story = readStory(new Uint8Array(readFileSync(new URL(file, STORIES))).buffer);
  for (const exhibit of story.exhibits)
    for (const t of MOMENTS)
      present[`${file.replace(".msgpack", "")}: ${exhibit.name}, t = ${t}`] = snapshot(
        picture(viewOf(story, exhibit, t, SIZE)),
      );
}

if (process.argv.includes("--accept")) writeFileSync(SNAPSHOTS, `${JSON.stringify(present, null, 1)}\n`);

const accepted = JSON.parse(readFileSync(SNAPSHOTS, "utf8"));

test("the gallery has a picture for each snapshot, and a snapshot for each picture", () => {
  assert.deepEqual(Object.keys(present), Object.keys(accepted));
});

for (const [name, drawn] of Object.entries(present)) {
  test(`${name}: the stage draws what it drew; if this is better, accept it (the first lines of this file)`, () => {
    assert.equal(drawn, accepted[name]);
  });
}
