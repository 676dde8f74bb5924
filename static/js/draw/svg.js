/**
 * Draw commands -> SVG: the same picture as draw/canvas.js paints, with text as text and heat maps as embedded images.
 *
 * @import { DrawCommand, Ink, Point, Sheet, Size, Stroke } from "../types.js"
 * @import { HeatMap } from "./images.js"
 * @import { Theme } from "./theme.js"
 */

import { batches, byLevel, LEVELS, trace } from "./batches.js";
import { BUNDLE, CHEVRON_WIDTH, DASH, OUTLINE_WIDTH, PLATE, SHIFT } from "./looks.js";

/** @typedef {Extract<DrawCommand, { kind: "label" }>} Label */
/**
 * @typedef {Object} Tools
 * @property {Theme} theme
 * @property {(map: HeatMap) => string} image the address of its pixels: `data:image/png;base64,…`
 * @property {(label: Label, font: string) => number} measure how wide its text is
 */

/** Two digits are a hundredth of a pixel. @param {number} value */
function n(value) {
  return String(Math.round(value * 100) / 100);
}

/** As text or as an attribute; what XML does not allow is left out. @param {string} text */
export function escaped(text) {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** @param {string} name @param {Readonly<Record<string, string | number | null>>} attributes @param {string} [content] already escaped */
function tag(name, attributes, content = "") {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${typeof value === "number" ? n(value) : escaped(value)}"`],
  );
  return content ? `<${name}${written.join("")}>${content}</${name}>` : `<${name}${written.join("")}/>`;
}

/**
 * @param {readonly Sheet[]} sheets from the back to the front
 * @param {Size} size
 * @param {Tools} tools
 * @param {{ title: string, description: string }} words
 * @returns {string} a document
 */
export function svgOf(sheets, { width, height }, tools, words) {
  const drawn = sheets.map(({ camera: { x, y, scale }, commands }) =>
    tag("g", { transform: `scale(${n(scale)}) translate(${n(-x)} ${n(-y)})` }, elements(tools, commands, scale)),
  );
  const paper = tag("rect", { width, height, fill: colour(tools.theme, "paper") });
  const named = `${tag("title", { id: "title" }, escaped(words.title))}${tag("desc", { id: "desc" }, escaped(words.description))}`;
  const root = {
    ...{ xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${n(width)} ${n(height)}` },
    ...{ role: "img", "aria-labelledby": "title desc" },
  };
  return `${tag("svg", root, `${named}${paper}${drawn.join("")}`)}\n`;
}

/** @param {Tools} tools @param {readonly DrawCommand[]} commands @param {number} scale */
function elements(tools, commands, scale) {
  /** @type {string[]} */
  const found = [];
  /** @type {Stroke[]} */
  let strokes = [];
  const flush = () => {
    found.push(...curves(tools, strokes));
    strokes = [];
  };
  for (const command of commands) {
    if (command.kind === "curve") strokes.push(command);
    else {
      flush();
      found.push(element(tools, command, scale));
    }
  }
  flush();
  return found.join("");
}

/** @param {Tools} tools @param {Exclude<DrawCommand, Stroke>} command @param {number} scale @returns {string} */
function element(tools, command, scale) {
  switch (command.kind) {
    case "bundle":
      return bundle(tools, command, scale);
    case "path":
      return rounded(tools, command);
    case "disc":
      return tag("circle", { ...circle(command), ...filled(tools, command.fill, command.alpha) });
    case "ring": {
      const { ink, width, dash, alpha = 1 } = command;
      return alpha === 0 ? "" : tag("circle", { ...circle(command), ...stroked(tools, ink, width, alpha, dash) });
    }
    case "chevron":
      return chevron(tools, command);
    case "bar":
      return tag("rect", { ...box(command), ...filled(tools, command.fill, command.alpha) });
    case "outline": {
      const { ink, dash, thickness = OUTLINE_WIDTH } = command;
      return tag("rect", { ...box(command), ...stroked(tools, ink, thickness, 1, dash) });
    }
    case "label":
      return label(tools, command);
    case "map":
      return heatMap(tools, command);
    default:
      throw new Error(`unknown draw command: ${/** @satisfies {never} */ (command)}`);
  }
}

/** @param {Theme} theme @param {Ink} ink */
function colour({ rgb }, ink) {
  return `#${rgb[ink].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** @param {Tools} tools @param {Ink} ink @param {number} alpha */
function filled({ theme }, ink, alpha) {
  return { fill: colour(theme, ink), "fill-opacity": alpha === 1 ? null : alpha };
}

/** @param {Tools} tools @param {Ink} ink @param {number} width @param {number} alpha @param {boolean} dash */
function stroked({ theme }, ink, width, alpha, dash) {
  return {
    ...{ fill: "none", stroke: colour(theme, ink), "stroke-width": width },
    ...{ "stroke-opacity": alpha === 1 ? null : alpha },
    ...{ "stroke-dasharray": dash ? DASH.join(" ") : null, "stroke-linecap": dash ? null : "round" },
  };
}

/** @param {{ x: number, y: number, r: number }} at */
function circle({ x, y, r }) {
  return { cx: x, cy: y, r };
}

/** @param {{ x: number, y: number, width: number, height: number, radius: number }} at */
function box({ x, y, width, height, radius }) {
  return { x, y, width, height, rx: radius > 1 ? Math.min(radius, width / 2, height / 2) : null };
}

/** @param {Tools} tools @param {readonly Stroke[]} strokes @returns {string[]} */
function curves(tools, strokes) {
  return batches(strokes).flatMap(({ ink, width, alpha, dash, strokes: alike }) => {
    const pen = penOfText();
    for (const stroke of alike) trace(pen, stroke);
    return pen.d() ? [tag("path", { d: pen.d(), ...stroked(tools, ink, width, alpha, dash) })] : [];
  });
}

function penOfText() {
  /** @type {string[]} */
  const parts = [];
  return {
    moveTo: (/** @type {number} */ x, /** @type {number} */ y) => void parts.push(`M${n(x)} ${n(y)}`),
    bezierCurveTo: (/** @type {number[]} */ ...places) => void parts.push(`C${places.map(n).join(" ")}`),
    d: () => parts.join(""),
  };
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "bundle" }>} bundle @param {number} scale */
function bundle(tools, { ends, strengths, alpha }, scale) {
  const drawn = byLevel(strengths).map((wires, index) => {
    if (wires.length === 0) return "";
    const share = ((index % LEVELS) + 0.5) / LEVELS;
    const d = wires.map((wire) => {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ends.subarray(4 * wire, 4 * wire + 4);
      const middle = (x1 + x2) / 2;
      return `M${n(x1)} ${n(y1)}C${[middle, y1, middle, y2, x2, y2].map(n).join(" ")}`;
    });
    const strength = alpha * (BUNDLE.least + BUNDLE.more * share);
    const ink = index < LEVELS ? "negative" : "positive";
    return tag("path", { d: d.join(""), ...stroked(tools, ink, 1 / scale, strength, false) });
  });
  return drawn.join("");
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "path" }>} path */
function rounded(tools, { points, radius, ink, width, alpha, dash }) {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return "";
  const corners = rest.slice(0, -1).map((corner, at) => {
    const [before, after] = [points[at] ?? first, rest[at + 1] ?? last];
    const [from, to] = [towards(corner, before, radius), towards(corner, after, radius)];
    return `L${n(from.x)} ${n(from.y)}Q${n(corner.x)} ${n(corner.y)} ${n(to.x)} ${n(to.y)}`;
  });
  const d = `M${n(first.x)} ${n(first.y)}${corners.join("")}L${n(last.x)} ${n(last.y)}`;
  return tag("path", { d, ...stroked(tools, ink, width, alpha, dash) });
}

/** The point at this distance from a corner, at most halfway. @param {Point} from @param {Point} to @param {number} distance @returns {Point} */
function towards(from, to, distance) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(distance / length, 0.5);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "chevron" }>} chevron */
function chevron(tools, { x, y, size, angle, ink, alpha }) {
  const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
  const points = [
    [x - 0.5 * cos - sin, y - 0.5 * sin + cos],
    [x + 0.6 * cos, y + 0.6 * sin],
    [x - 0.5 * cos + sin, y - 0.5 * sin - cos],
  ];
  const places = points.map((place) => place.map(n).join(",")).join(" ");
  const look = stroked(tools, ink, CHEVRON_WIDTH, alpha, false);
  return tag("polyline", { points: places, "stroke-linejoin": "round", ...look });
}

/** @param {Tools} tools @param {Label} command */
function label(tools, command) {
  const { x, y, text, ink, size, align, mono, bold, plate, alpha = 1 } = command;
  if (alpha === 0) return "";
  const { theme } = tools;
  const family = mono ? theme.mono : theme.sans;
  const look = {
    ...{ "font-family": family, "font-size": size, "font-weight": bold ? "600" : null },
    ...{ "text-anchor": { left: "start", center: "middle", right: "end" }[align], "dominant-baseline": "central" },
    ...{ fill: theme.words[ink], "fill-opacity": alpha === 1 ? null : alpha, "xml:space": "preserve" },
  };
  const written = tag("text", { x, y: y + 0.5, ...look }, escaped(text));
  if (!plate) return written;
  const width = tools.measure(command, `${bold ? "600 " : ""}${size}px ${family}`);
  const behind = {
    ...{ x: x - width * SHIFT[align] - PLATE.aside, y: y - size / 2 - PLATE.above },
    ...{ width: width + 2 * PLATE.aside, height: size + PLATE.taller, rx: PLATE.radius },
  };
  return tag("rect", { ...behind, ...filled(tools, "paper", PLATE.alpha * alpha) }) + written;
}

/** @param {Tools} tools @param {HeatMap} map */
function heatMap(tools, map) {
  const { x, y, width, height, r, alpha } = map;
  const [cx, cy] = [x + width / 2, y + height / 2];
  const name = `clip${[cx, cy, r].map((value) => n(value).replace(/\W/g, "_")).join("-")}`;
  const clip = r === 0 ? "" : tag("clipPath", { id: name }, tag("circle", { cx, cy, r }));
  const image = tag("image", {
    ...{ x, y, width, height, href: tools.image(map), preserveAspectRatio: "none" },
    ...{ opacity: alpha === 1 ? null : alpha },
    ...(r === 0 ? { style: "image-rendering:pixelated" } : { "clip-path": `url(#${name})` }),
  });
  return clip + image;
}
