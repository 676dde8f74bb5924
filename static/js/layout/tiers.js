/**
 * How large a unit can be drawn in the height that it has, and where its numbers go.
 *
 * @import { Tier } from "../types.js"
 * @import { Grid } from "./tiles.js"
 */

/** Number above and below a disc: a line of type and its distance, twice. */
const NUMBERS = 43;
const FULL = { pitch: 64, radius: 34, widest: 136 };
const ROW = { pitch: 21, radius: 17, widest: 60, number: 50, gap: 54 };
const SMALL = { pitch: 11, radius: 9 };
const NAMED = { pitch: 36, radius: 28, widest: 150 };
const MUCH = 1.45;
const LEAST_LARGE = 24;
const STRIP_WIDTH = 18;
const STRIP_PITCH = 14;
const FLAT = 12;
/** Beside it lies the image of the weights of what reads it. */
const FLAT_AIR = 16;

/** @typedef {Readonly<{ tier: Tier, pitch: number, r: number, left: number, right: number, grid?: Grid }>} Dress */

/**
 * @param {number} units
 * @param {number} height
 * @param {number} gap what two columns have between them, so that numbers beside discs find room
 * @returns {Dress}
 */
export function dress(units, height, gap) {
  const room = height / Math.max(1, units);
  if (room >= FULL.pitch) {
    const pitch = Math.min(room, FULL.widest);
    const r = Math.min(FULL.radius, (pitch - NUMBERS) / 2);
    return { tier: "full", pitch, r, left: r + 3, right: r + 3 };
  }
  if (room >= ROW.pitch && gap >= ROW.gap + ROW.number) {
    const pitch = Math.min(room, ROW.widest);
    const r = Math.min(ROW.radius, pitch * 0.36);
    return { tier: "row", pitch, r, left: r + 3, right: r + 6 + ROW.number };
  }
  return dense(room);
}

/**
 * The input layer, whose names and numbers stand left of its discs.
 *
 * @param {number} units
 * @param {number} height
 * @returns {Dress}
 */
export function dressInput(units, height) {
  const room = height / Math.max(1, units);
  if (room >= NAMED.pitch) {
    const pitch = Math.min(room, NAMED.widest);
    const r = Math.min(NAMED.radius, (pitch - 8) / 2);
    return { tier: "full", pitch, r, left: r + 3, right: r + 3 };
  }
  if (room >= STRIP_PITCH) {
    const r = Math.min(ROW.radius, room * 0.4);
    return { tier: "row", pitch: room, r, left: r + 3, right: r + 3 };
  }
  return dense(room);
}

/**
 * No disc is much larger than the others: size says nothing about a unit.
 *
 * @param {readonly Dress[]} dressed
 * @returns {Dress[]}
 */
export function balanced(dressed) {
  const sized = (/** @type {Dress} */ { tier }) => tier !== "strip" && tier !== "tiles";
  const radii = dressed.filter(sized).map(({ r }) => r);
  const most = Math.max(LEAST_LARGE, MUCH * Math.min(...radii));
  return dressed.map((one) => {
    const less = !sized(one) ? 0 : Math.max(0, one.r - most);
    return { ...one, r: one.r - less, left: one.left - less, right: one.right - less };
  });
}

/** Flattened images: a slim strip, however many numbers they are. @param {number} units @param {number} height @returns {Dress} */
export function dressFlat(units, height) {
  const pitch = Math.min(STRIP_PITCH, height / Math.max(1, units));
  return { tier: "strip", pitch, r: FLAT / 2, left: FLAT / 2 + 2, right: FLAT / 2 + 2 + FLAT_AIR };
}

/** @param {number} room @returns {Dress} */
function dense(room) {
  if (room >= SMALL.pitch) {
    const pitch = Math.min(room, 2.6 * SMALL.radius);
    const r = Math.min(SMALL.radius, pitch * 0.42);
    return { tier: "small", pitch, r, left: r + 2, right: r + 2 };
  }
  const half = STRIP_WIDTH / 2;
  return { tier: "strip", pitch: room, r: half, left: half + 2, right: half + 2 };
}

/** Cells of a strip that are lower than this are drawn together, as an image. */
export const LEAST_CELL = 3;

/** A unit that shows its whole sum needs this much room, downwards and to the layer before it. */
export const SUM = { pitch: 190, gap: 460, width: 316, gutter: 26 };
const LARGEST = 60;

/**
 * How a layer's units are drawn when one is nearer to them: by the room that each of them then has.
 *
 * @param {Pick<import("../types.js").LayerBox, "tier" | "pitch" | "r" | "left" | "right" | "role" | "room">} box as it is at scale 1
 * @param {number} scale
 * @param {boolean} sums whether its units are sums of products
 * @returns {Dress}
 */
export function nearer(box, scale, sums) {
  const pitch = box.pitch * scale;
  const gap = box.room * scale;
  if (sums && pitch >= SUM.pitch && gap >= SUM.gap) {
    const r = Math.min(LARGEST, Math.max(FULL.radius, box.r));
    return { tier: "sum", pitch, r, left: SUM.width + SUM.gutter + r, right: r + 3 };
  }
  const { tier, r: fresh } = box.role === "input" ? dressInput(1, pitch) : dress(1, pitch, gap);
  const grown = Math.max(tier === box.tier ? box.r : fresh, Math.min(box.r * scale, mostOf(tier, pitch, box.role)));
  const beside = tier === "row" && box.role !== "input" ? 6 + ROW.number : tier === "full" || tier === "row" ? 3 : 2;
  return { tier, pitch, r: grown, left: grown + (tier === "full" || tier === "row" ? 3 : 2), right: grown + beside };
}

/** How large a disc, or half a strip, may become. @param {Tier} tier @param {number} pitch @param {string} role */
function mostOf(tier, pitch, role) {
  switch (tier) {
    case "full":
      return Math.min(LARGEST, role === "input" ? (pitch - 8) / 2 : (pitch - NUMBERS) / 2);
    case "row":
      return Math.min(ROW.radius, pitch * 0.36);
    case "small":
      return Math.min(SMALL.radius, pitch * 0.42);
    default:
      return STRIP_WIDTH;
  }
}
