/**
 * A slice of the loss's landscape with its tangent: the loss along one weight, what the gradient says of it, where the
 * weight is, and where it would be.
 *
 * @import { EffectReply, WhatIfReply } from "../wire.js"
 */

import { say } from "../words/say.js";
import { svg } from "./dom.js";
import { number } from "./format.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [300, 150, 64, 10, 12, 22];
/** Air above and below the curve. */
const AIR = 0.08;

/**
 * Where numbers stand: the curve alone decides how high the drawing is, the tangent runs out of it.
 *
 * @param {readonly number[]} values
 * @param {readonly number[]} losses
 */
export function placesOf(values, losses) {
  const finite = losses.filter(Number.isFinite);
  const [least, most] = [Math.min(...finite, Infinity), Math.max(...finite, -Infinity)];
  const [bottom, top] = finite.length ? [least, most] : [0, 1];
  const air = AIR * (top - bottom || Math.abs(top) || 1);
  const [low, high] = [values[0] ?? 0, values.at(-1) ?? 1];
  /** @param {number} value */
  const x = (value) => LEFT + ((value - low) / (high - low || 1)) * (WIDTH - LEFT - RIGHT);
  /** @param {number} loss */
  const y = (loss) => HEIGHT - BOTTOM - ((loss - bottom + air) / (top - bottom + 2 * air)) * (HEIGHT - TOP - BOTTOM);
  return { x, y, bottom, top, low, high };
}

/** @param {EffectReply} effect @param {WhatIfReply | null} answer @param {number | null} value where the slider stands */
export function sliceChart({ slice, value: here, present, minimised }, answer, value) {
  const values = (slice?.values ?? []).map(Number);
  const losses = (slice?.losses ?? []).map(Number);
  const places = placesOf(values, losses);
  const words = {
    low: number(places.low, 3),
    high: number(places.high, 3),
    here: number(minimised),
    value: number(here),
  };
  const ends = { first: number(losses[0]), last: number(losses.at(-1)) };
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "slice-chart", role: "img" });
  drawing.ariaLabel = say("whatif.curve.aria", { ...words, ...ends });
  const clip = svg(
    "clipPath",
    { id: "slice-area" },
    svg("rect", { x: LEFT, y: TOP / 2, width: WIDTH - LEFT - RIGHT, height: HEIGHT - BOTTOM }),
  );
  drawing.append(
    clip,
    ...axes(places),
    svg("line", { class: "upright", x1: places.x(here), x2: places.x(here), y1: TOP, y2: HEIGHT - BOTTOM }),
    svg("polyline", { class: "measured", points: pointsOf(places, values, losses) }),
  );
  if (slice?.tangent)
    drawing.append(
      svg("polyline", {
        class: "tangent",
        points: pointsOf(places, values, slice.tangent.map(Number)),
        "clip-path": "url(#slice-area)",
      }),
    );
  if (present !== here) drawing.append(triangle(places, present));
  drawing.append(svg("circle", { class: "was", cx: places.x(here), cy: places.y(minimised), r: 4.5 }));
  const next = Number(answer?.minimised.new ?? Number.NaN);
  if (value !== null && Number.isFinite(next) && value !== here)
    drawing.append(svg("circle", { class: "is", cx: places.x(value), cy: places.y(next), r: 4.5 }));
  return drawing;
}

/** @param {ReturnType<typeof placesOf>} places @param {readonly number[]} values @param {readonly number[]} losses */
function pointsOf({ x, y }, values, losses) {
  return values
    .map((value, at) => [x(value), y(losses[at] ?? Number.NaN)])
    .filter(([, height]) => Number.isFinite(height))
    .map(([across, height]) => `${across?.toFixed(1)},${height?.toFixed(1)}`)
    .join(" ");
}

/** @param {ReturnType<typeof placesOf>} places */
function axes({ x, y, low, high, bottom, top }) {
  /** @param {number} at @param {number} height @param {string} words @param {string} anchor */
  const word = (at, height, words, anchor) => svg("text", { x: at, y: height, "text-anchor": anchor }, words);
  return [
    svg("line", { class: "axis", x1: LEFT, x2: WIDTH - RIGHT, y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM }),
    word(x(low), HEIGHT - 7, number(low, 3), "start"),
    word(x(high), HEIGHT - 7, number(high, 3), "end"),
    word(LEFT - 6, y(top) + 4, number(top, 3), "end"),
    word(LEFT - 6, y(bottom) + 4, number(bottom, 3), "end"),
  ];
}

/** Where the update has put the weight. @param {ReturnType<typeof placesOf>} places @param {number} present */
function triangle({ x }, present) {
  const [at, foot] = [x(present), HEIGHT - BOTTOM];
  return svg("path", { class: "present", d: `M${at} ${foot - 8}l5 8h-10z` });
}
