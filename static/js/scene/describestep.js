/**
 * Bands in words and as tables, for those who cannot see them.
 *
 * @import { Band, Frame, Lane, Selection, StageLayout, View } from "../types.js"
 * @import { Table } from "./table.js"
 */

import { isText } from "../layout/time.js";
import { say } from "../words/say.js";
import { isComputed, normOf } from "./lanes.js";
import { wordsAt } from "./markedstep.js";
import { moment } from "./now.js";
import { short } from "./numbers.js";
import { readTokens, said, visible } from "./tokens.js";

const MISSING = say("numbers.missing");

/** @param {StageLayout} layout @param {Frame | null} frame @returns {View} */
function still(layout, frame) {
  return { layout, frame, beats: [], t: 1, selection: null, hover: null };
}

/** @param {StageLayout} layout @param {Frame | null} frame @param {Extract<Selection, { kind: "step" }>} selection */
export function describeStep(layout, frame, { layer, key, t, unit }) {
  const lane = layout.bands?.flatMap(({ lanes }) => lanes).find((one) => one.key === key && one.role !== "said");
  if (!lane) return "";
  const { value, gradient } = wordsAt(moment(still(layout, frame)), lane, t, unit);
  const token = tokenAt(layout, frame, t);
  const where = token ? say("describe.step.token", { layer, t, token }) : say("describe.step", { layer, t });
  if (lane.role === "tokens") return say("describe.token", { t, value: value ?? MISSING });
  const place = say("describe.place", { unit: unit + 1, count: lane.units });
  const what = [where, ...(lane.label ? [lane.label] : []), place].join(", ");
  const facts = [value ?? say("describe.missing")];
  if (gradient !== null) facts.push(say("describe.fact", { name: say("numbers.gradient"), value: gradient }));
  return say("describe.told", { what, facts: facts.join(", ") });
}

/** @param {StageLayout} layout @param {Frame | null} frame @param {number} t */
function tokenAt({ tokens, bands }, frame, t) {
  const lane = bands?.flatMap(({ lanes }) => lanes).find(({ role }) => role === "tokens");
  const token = lane && readTokens(frame, lane.key)[t];
  return token === undefined ? "" : visible(tokens?.[token] ?? "");
}

/**
 * One row for each time step: its token, and of every quantity its norm and that of its gradient.
 *
 * @param {StageLayout} layout
 * @param {Frame | null} frame
 * @param {Band} band
 * @returns {Table}
 */
export function bandTable(layout, frame, band) {
  const lanes = band.lanes.filter((lane) => !isText(lane));
  const texts = band.lanes.filter(isText);
  const columns = [
    ...texts.map(({ label }) => label),
    ...lanes.flatMap((lane) => [`‖${nameOf(lane)}‖`, `‖d${nameOf(lane)}‖`]),
  ];
  const words = texts.map((lane) => wordsOf(layout, frame, lane));
  const rows = Array.from({ length: band.steps }, (_, t) => [
    `${t}${texts.length ? "" : ` ${tokenAt(layout, frame, t)}`}`,
    ...words.map((word) => word[t] ?? MISSING),
    ...lanes.flatMap((lane) => [lane.key, `${lane.key}:gradient`].map((key) => normAt(frame, key, lane.steps, t))),
  ]);
  return {
    caption: say("describe.band", { title: band.title || say("layers.inputs"), subtitle: band.subtitle }),
    columns: [say("describe.time"), ...columns],
    rows,
  };
}

/** @param {Lane} lane */
function nameOf({ key }) {
  return key.split(".").slice(1).join(".");
}

/** @param {StageLayout} layout @param {Frame | null} frame @param {Lane} lane */
function wordsOf({ tokens = [], targetTokens = [] }, frame, lane) {
  const read = lane.role === "said" ? said(frame, lane) : readTokens(frame, lane.key);
  const names = lane.role === "tokens" ? tokens : targetTokens;
  return read.map((token) => visible(names[token] ?? String(token)));
}

/** @param {Frame | null} frame @param {string} key @param {number} steps @param {number} t */
function normAt(frame, key, steps, t) {
  const tensor = frame?.tensors.get(key);
  return isComputed(tensor, t) ? short(normOf(tensor, steps, t)) : MISSING;
}
