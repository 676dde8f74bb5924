/**
 * Texts under and over their columns: what is read, what the network says next, and what it should have said.
 *
 * @import { DrawCommand, Frame, Ink, Lane } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { stepWidth, stepX } from "../layout/time.js";
import { numeral } from "./marks.js";
import { valuesOf } from "./reading.js";

const SIZE = { most: 14, least: 6 };

/** @param {Now} now @param {Lane} lane @returns {DrawCommand[]} */
export function textLane({ view: { frame, layout }, progress }, lane) {
  if (progress(lane.key) === 0) return [];
  const written =
    lane.role === "tokens"
      ? readTokens(frame, lane.key)
      : lane.role === "said"
        ? said(frame, lane)
        : readTokens(frame, lane.key);
  const names = (lane.role === "tokens" ? layout.tokens : layout.targetTokens) ?? [];
  const wanted = lane.role === "said" ? readTokens(frame, "target") : null;
  const mask = valuesOf(frame?.tensors.get(lane.role === "tokens" ? lane.key.replace(/\.a$/, ".mask") : "target.mask"));
  const size = Math.max(SIZE.least, Math.min(SIZE.most, stepWidth(lane) * 1.25));
  return written.flatMap((token, t) => {
    const real = mask?.[t] !== 0;
    const text = real ? visible(names[token] ?? String(token)) : "·";
    const ink = !real ? "ink3" : lane.role === "said" ? inkOf(token, wanted?.[t]) : "ink";
    return [
      numeral(stepX(lane, t) + stepWidth(lane) / 2, lane.y + lane.height / 2, text, {
        size,
        ink,
        bold: lane.role === "tokens" && real,
      }),
    ];
  });
}

/** @param {number} token @param {number | undefined} wanted @returns {Ink} */
function inkOf(token, wanted) {
  if (wanted === undefined) return "forward";
  return token === wanted ? "forward" : "ink3";
}

/** @param {string} token */
export function visible(token) {
  return token === " " ? "␣" : token === "\n" ? "⏎" : token;
}

/** @param {Frame | null} frame @param {string} key @returns {number[]} */
export function readTokens(frame, key) {
  return [...(valuesOf(frame?.tensors.get(key)) ?? [])].map((value) => Math.round(value));
}

/** At each time step the most likely symbol. @param {Frame | null} frame @param {Pick<Lane, "key" | "steps">} lane @returns {number[]} */
export function said(frame, { key, steps }) {
  const values = valuesOf(frame?.tensors.get(key));
  if (!values) return [];
  const width = values.length / steps;
  return Array.from({ length: steps }, (_, t) => {
    const row = values.subarray(t * width, (t + 1) * width);
    return row.indexOf(Math.max(...row));
  });
}
