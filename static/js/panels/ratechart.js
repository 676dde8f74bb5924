/**
 * The loss by learning rate as a drawing: pure geometry, then SVG.
 *
 * @import { Rates } from "../wire.js"
 */

import { widthOf } from "../layout/text.js";
import { say } from "../words/say.js";
import { el, svg } from "./dom.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [640, 170, 56, 34, 28, 14];
/** Below the axis: which curve is which. */
const [KEY_AT, SWATCH, FONT] = [HEIGHT - 4, 18, 10];
/** A loss that is so many times the first one is drawn at the upper edge. */
const CEILING = 1.6;

/**
 * Where numbers stand on the drawing.
 *
 * @param {Rates} found
 */
export function placesOf({ rates, losses, smoothed }) {
  const [low, high] = [Math.log10(rates[0] ?? 1), Math.log10(rates.at(-1) ?? 10)];
  const first = Number(smoothed[0]);
  const finite = [...losses, ...smoothed].map(Number).filter(Number.isFinite);
  const top = Math.min(Math.max(...finite, 0), CEILING * first) || 1;
  const bottom = Math.min(...finite, top);
  const air = 0.06 * (top - bottom || 1);
  /** @param {number} rate */
  const x = (rate) => LEFT + ((Math.log10(rate) - low) / (high - low || 1)) * (WIDTH - LEFT - RIGHT);
  /** @param {number} loss */
  const y = (loss) => {
    const share = (Math.min(loss, top) - bottom + air) / (top - bottom + 2 * air);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  };
  return { x, y, top, bottom, decades: decadesBetween(low, high) };
}

/** The powers of ten within a range of logarithms. @param {number} low @param {number} high */
export function decadesBetween(low, high) {
  const [first, last] = [Math.ceil(low - 1e-9), Math.floor(high + 1e-9)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => 10 ** (first + at));
}

/** @param {Rates} found @param {string} label @param {() => number} present the rate that is set, which may change meanwhile */
export function rateChart(found, label, present) {
  const places = placesOf(found);
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "rate-chart", role: "img" });
  drawing.ariaLabel = label;
  drawing.append(
    ...axes(places),
    line(found.rates, found.losses, places, "each"),
    line(found.rates, found.smoothed, places, "smoothed"),
    ...key(),
  );
  const now = svg("g", {});
  watch(() => {
    const rate = present();
    now.replaceChildren(...marker(rate, say("rates.present", { rate: number(rate, 2) }), places, "present"));
  });
  drawing.append(now);
  if (found.suggestion !== null) {
    const words = say("rates.suggested", { rate: number(found.suggestion, 2) });
    drawing.append(...marker(found.suggestion, words, places, "suggested"));
  }
  return el("div", { class: "rate-drawing" }, drawing);
}

/** @typedef {ReturnType<typeof placesOf>} Places */

/** @param {Places} places */
function axes({ x, y, top, bottom, decades }) {
  const lines = decades.flatMap((rate) => [
    svg("line", { x1: x(rate), x2: x(rate), y1: TOP, y2: HEIGHT - BOTTOM, class: "grid" }),
    svg("text", { x: x(rate), y: HEIGHT - BOTTOM + 13, class: "tick middle" }, number(rate, 1)),
  ]);
  const levels = [top, bottom].map((loss) =>
    svg("text", { x: LEFT - 6, y: y(loss) + 3, class: "tick end" }, number(loss, 2)),
  );
  const name = svg("text", { x: WIDTH - RIGHT, y: HEIGHT - 4, class: "tick end" }, say("rates.axis"));
  const upwards = svg("text", { x: LEFT - 6, y: TOP - 10, class: "tick end" }, `${say("rates.loss")} ↑`);
  return [...lines, ...levels, name, upwards];
}

/** Which curve is which. */
function key() {
  let x = LEFT;
  return /** @type {const} */ (["smoothed", "each"]).flatMap((kind) => {
    const [words, from] = [say(`rates.${kind}`), x];
    x += SWATCH + 5 + widthOf(words, FONT) + 16;
    return [
      svg("line", { x1: from, x2: from + SWATCH, y1: KEY_AT - 3.5, y2: KEY_AT - 3.5, class: `curve ${kind}` }),
      svg("text", { x: from + SWATCH + 5, y: KEY_AT, class: "tick" }, words),
    ];
  });
}

/**
 * @param {readonly number[]} rates
 * @param {readonly (number | string)[]} losses
 * @param {Places} places
 * @param {string} kind
 */
function line(rates, losses, { x, y }, kind) {
  const points = rates
    .map((rate, at) => [x(rate), Number(losses[at])])
    .filter(([, loss]) => Number.isFinite(loss))
    .map(([px = 0, loss = 0]) => `${px.toFixed(1)},${y(loss).toFixed(1)}`);
  return svg("polyline", { points: points.join(" "), class: `curve ${kind}` });
}

/** @param {number} rate @param {string} words @param {Places} places @param {string} kind */
function marker(rate, words, { x }, kind) {
  const at = x(rate);
  if (at < LEFT || at > WIDTH - RIGHT) return [];
  const right = at > WIDTH / 2;
  return [
    svg("line", { x1: at, x2: at, y1: TOP, y2: HEIGHT - BOTTOM, class: `marker ${kind}` }),
    svg(
      "text",
      { x: at + (right ? -4 : 4), y: kind === "present" ? 10 : 23, class: right ? "name end" : "name" },
      words,
    ),
  ];
}
