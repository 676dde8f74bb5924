/**
 * Ink -> colour, as the style sheet has it: the one place where the stage meets CSS.
 *
 * @import { Ink } from "../types.js"
 */

/** @typedef {readonly [number, number, number]} Rgb */
/** @typedef {Readonly<{ colours: Readonly<Record<Ink, string>>, rgb: Readonly<Record<Ink, Rgb>>, sans: string, mono: string, name: string }>} Theme */

/** @type {Record<Ink, string>} */
const PROPERTIES = {
  ink: "--ink",
  ink2: "--ink2",
  ink3: "--ink3",
  line: "--line",
  card: "--card",
  paper: "--paper",
  positive: "--pos",
  negative: "--neg",
  forward: "--fwd",
  backward: "--bwd",
  update: "--upd",
  selection: "--sel",
  none: "--none",
  warning: "--warn",
};
const SANS = '"DejaVu Sans", Inter, system-ui, sans-serif';
const MONO = '"DejaVu Sans Mono", ui-monospace, SFMono-Regular, Menlo, monospace';

/**
 * @param {HTMLElement} element whose colours count
 * @returns {Theme}
 */
export function readTheme(element) {
  const style = getComputedStyle(element);
  const own = element.style.color;
  const inks = /** @type {[Ink, string][]} */ (Object.entries(PROPERTIES));
  const colours = inks.map(([ink, property]) => {
    element.style.color = `var(${property})`;
    return /** @type {const} */ ([ink, style.color]);
  });
  element.style.color = own;
  return makeTheme(
    /** @type {Record<Ink, string>} */ (Object.fromEntries(colours)),
    style.getPropertyValue("--sans").trim() || SANS,
    style.getPropertyValue("--mono").trim() || MONO,
  );
}

/**
 * @param {Readonly<Record<Ink, string>>} colours any form that CSS knows
 * @param {string} sans
 * @param {string} mono
 * @returns {Theme}
 */
export function makeTheme(colours, sans = SANS, mono = MONO) {
  const inks = /** @type {[Ink, string][]} */ (Object.entries(colours));
  const rgb = /** @type {Record<Ink, Rgb>} */ (Object.fromEntries(inks.map(([ink, colour]) => [ink, parse(colour)])));
  return { colours, rgb, sans, mono, name: Object.values(colours).join() };
}

/** #rrggbb and rgb(…) are read here, all else by the browser. @param {string} colour @returns {Rgb} */
function parse(colour) {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex)
    return [Number.parseInt(hex[1] ?? "0", 16), Number.parseInt(hex[2] ?? "0", 16), Number.parseInt(hex[3] ?? "0", 16)];
  const rgb = /^rgba?\((\d+)[, ]+(\d+)[, ]+(\d+)/.exec(colour);
  return rgb ? [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])] : painted(colour);
}

/** @param {string} colour @returns {Rgb} */
function painted(colour) {
  const ctx = new OffscreenCanvas(1, 1).getContext("2d");
  if (!ctx) return [128, 128, 128];
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = ctx.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}
