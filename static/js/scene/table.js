/**
 * A layer as a table: the twin of its column for those who cannot see it.
 *
 * @import { Frame, StageLayout } from "../types.js"
 */

import { say } from "../words/say.js";
import { imageTable } from "./describeimages.js";
import { bandTable } from "./describestep.js";
import { asKnown } from "./known.js";
import { short, signed } from "./numbers.js";
import { numbersOf } from "./reading.js";
import { heldWords, isFrozen } from "./signs.js";

const MISSING = say("numbers.missing");

/** @typedef {Readonly<{ caption: string, columns: readonly string[], rows: readonly (readonly string[])[] }>} Table */

/**
 * One row for each unit: what it is, and every number that it has in this step.
 *
 * @param {StageLayout} layout
 * @param {Frame | null} frame
 * @param {string} layer
 * @returns {Table | null} null if there is no such layer
 */
export function tableOf(layout, frame, layer) {
  const box = layout.layers.find(({ id }) => id === layer);
  const band = layout.bands?.find((candidate) => candidate.layer === layer);
  if (band) return bandTable(layout, frame, band);
  if (!box) return null;
  if (box.kind === "images") return imageTable(layout, frame, box);
  const spec = layout.graph.layers.find(({ id }) => id === layer);
  const { z, a, dz, da, b } = numbersOf(frame, layer);
  const has = (/** @type {string} */ key) => frame?.tensors.has(`${layer}.${key}`) ?? false;
  /** @type {readonly [string, string, Float32Array | null, (x: number) => string][]} */
  const all = [
    ["b", say("describe.column.b"), b, short],
    ["z", say("describe.column.z"), z, short],
    ["a", say("describe.column.a"), a, short],
    ["a:gradient", say("describe.column.da"), da, signed],
    ["z:gradient", say("describe.column.dz"), dz, signed],
  ];
  const columns = all.filter(([key]) => has(key));
  return {
    caption: captionOf(box, spec),
    columns: [say("describe.column.unit"), ...columns.map(([, title]) => title)],
    rows: box.units.map(({ unit, name }) => [
      [name || String(unit + 1), heldWords(spec, unit)].filter(Boolean).join(" · "),
      ...columns.map(([key, , values, words]) =>
        values ? asKnown(words(values[unit] ?? Number.NaN), frame?.tensors.get(`${layer}.${key}`), unit) : MISSING,
      ),
    ]),
  };
}

/** @param {import("../types.js").LayerBox} box @param {import("../types.js").Layer | undefined} layer */
function captionOf({ title, subtitle }, layer) {
  const caption = say("describe.layer.table", { title, subtitle });
  return isFrozen(layer) ? `${caption} · ${say("whatif.frozen")}` : caption;
}
