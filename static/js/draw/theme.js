/**
 * Ink -> colour, as the style sheet has it: the one place where the stage meets CSS.
 *
 * @import { Ink } from "../types.js"
 */

/** @typedef {readonly [number, number, number]} Rgb */
/** @typedef {Readonly<{ colours: Readonly<Record<Ink, string>>, words: Readonly<Record<Ink, string>>, rgb: Readonly<Record<Ink, Rgb>>, sans: string, mono: string, name: string }>} Theme */

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

/** Where a hue is too light for type, the style sheet may have a darker one under this name. */
const FOR_WORDS = "-text";

/**
 * @param {HTMLElement} element whose colours count
 * @returns {Theme}
 */
export function readTheme(element) {
  const style = getComputedStyle(element);
  const own = element.style.color;
  const inks = /** @type {[Ink, string][]} */ (Object.entries(PROPERTIES));
  /** @param {(property: string) => string} value @returns {Record<Ink, string>} */
  const resolved = (value) => {
    const pairs = inks.map(([ink, property]) => {
      element.style.color = value(property);
      return [ink, style.color];
    });
    return Object.fromEntries(pairs);
  };
  const colours = resolved((property) => `var(${property})`);
  const words = resolved((property) => `var(${property}${FOR_WORDS}, var(${property}))`);
  element.style.color = own;
  return makeTheme(
    colours,
    words,
    style.getPropertyValue("--sans").trim() || SANS,
    style.getPropertyValue("--mono").trim() || MONO,
  );
}

/**
 * @param {Readonly<Record<Ink, string>>} colours any form that CSS knows
 * @param {Readonly<Record<Ink, string>>} words the same, for type
 * @param {string} sans
 * @param {string} mono
 * @returns {Theme}
 */
export function makeTheme(colours, words = colours, sans = SANS, mono = MONO) {
  const inks = /** @type {[Ink, string][]} */ (Object.entries(colours));
  const rgb = /** @type {Record<Ink, Rgb>} */ (Object.fromEntries(inks.map(([ink, colour]) => [ink, parse(colour)])));
  return { colours, words, rgb, sans, mono, name: Object.values(colours).join() };
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

/**
 * Tell when the theme changes: by the root's data-theme, or by the system.
 *
 * @param {HTMLElement} element
 * @param {() => void} changed
 * @returns {() => void} stop watching
 */
export function watchTheme(element, changed) {
  const root = element.ownerDocument.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(changed);
  observer.observe(root, { attributes: true, attributeFilter: ["data-theme", "data-contrast", "class"] });
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}
