/**
 * The colours of the present theme, for what is drawn on a canvas. static/css/tokens.css defines them.
 */

/** @typedef {(name: string) => string} Inks */

/** What the tokens are in the present look; asking for one makes the browser compute styles. @type {Map<string, string>} */
const known = new Map();
let knownIn = "";

/** @returns {Inks} `ink("pos")` is the value of --pos, as `rgb(…)` */
export function inks() {
  const { theme = "", contrast = "" } = document.documentElement.dataset;
  const look = `${theme} ${contrast} ${matchMedia("(prefers-color-scheme: dark)").matches}`;
  if (look !== knownIn) known.clear();
  knownIn = look;
  return (name) => known.get(name) ?? keep(name, resolved(`var(--${name})`));
}

/** @param {string} name @param {string} color */
function keep(name, color) {
  known.set(name, color);
  return color;
}

/** A colour as it is computed where `light-dark()` and `var()` have been resolved. @param {string} color @returns {string} */
function resolved(color) {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.color = color;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/**
 * A canvas of this size in CSS pixels, sharp on this screen.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @returns {CanvasRenderingContext2D | null}
 */
export function sharp(canvas, width, height) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

/** `rgb(31, 111, 178)` -> [31, 111, 178]. @param {string} color @returns {[number, number, number]} */
export function rgb(color) {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}
