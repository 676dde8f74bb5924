/**
 * Draw commands -> canvas. What is drawn is decided elsewhere; this is how.
 *
 * @import { DrawCommand, Ink, Stroke } from "../types.js"
 * @import { Theme } from "./theme.js"
 * @import { HeatMap } from "./images.js"
 */

import { batches, byLevel, LEVELS, trace } from "./batches.js";
import { BUNDLE, CHEVRON_WIDTH, DASH, OUTLINE_WIDTH, PLATE, SHIFT } from "./looks.js";

/** @typedef {CanvasRenderingContext2D} Ctx */
/** @typedef {Readonly<{ ctx: Ctx, theme: Theme, images: { of: (map: HeatMap, theme: Theme) => CanvasImageSource } }>} Tools */

const SOLID = /** @type {number[]} */ ([]);

/**
 * @param {Tools} tools
 * @param {readonly DrawCommand[]} commands
 */
export function draw(tools, commands) {
  fonts.delete(tools.ctx); // A canvas that was resized has forgotten it.
  /** @type {Stroke[]} */
  let strokes = [];
  for (const command of commands) {
    if (command.kind === "curve") {
      strokes.push(command);
      continue;
    }
    if (strokes.length > 0) {
      drawStrokes(tools, strokes);
      strokes = [];
    }
    drawOne(tools, command);
  }
  drawStrokes(tools, strokes);
  tools.ctx.globalAlpha = 1;
}

/** @param {Omit<Tools, "ctx">} look @returns {(commands: () => readonly DrawCommand[]) => (ctx: Ctx) => void} what makes a paint of commands */
export function drawing(look) {
  return (commands) => (ctx) => draw({ ...look, ctx }, commands());
}

/** @param {Tools} tools @param {Exclude<DrawCommand, Stroke>} command */
function drawOne(tools, command) {
  switch (command.kind) {
    case "bundle":
      return drawBundle(tools, command);
    case "path":
      return drawPath(tools, command);
    case "disc":
      return drawDisc(tools, command);
    case "ring":
      return drawRing(tools, command);
    case "chevron":
      return drawChevron(tools, command);
    case "bar":
      return drawBar(tools, command);
    case "outline":
      return drawOutline(tools, command);
    case "label":
      return drawLabel(tools, command);
    case "map":
      return drawMap(tools, command);
    default:
      throw new Error(`unknown draw command: ${/** @satisfies {never} */ (command)}`);
  }
}

/** @param {Tools} tools @param {Ink} ink @param {number} width @param {number} alpha @param {boolean} dash */
function pen({ ctx, theme }, ink, width, alpha, dash) {
  ctx.strokeStyle = theme.colours[ink];
  ctx.lineWidth = width;
  ctx.globalAlpha = alpha;
  ctx.lineCap = dash ? "butt" : "round";
  ctx.setLineDash(dash ? DASH : SOLID);
}

/** @param {Tools} tools @param {Ink} ink @param {number} alpha */
function brush({ ctx, theme }, ink, alpha) {
  ctx.fillStyle = theme.colours[ink];
  ctx.globalAlpha = alpha;
}

/** Neighbouring curves of one look are one path. @param {Tools} tools @param {readonly Stroke[]} strokes */
function drawStrokes(tools, strokes) {
  const { ctx } = tools;
  for (const { ink, width, alpha, dash, strokes: alike } of batches(strokes)) {
    pen(tools, ink, width, alpha, dash);
    ctx.beginPath();
    for (const stroke of alike) trace(ctx, stroke);
    ctx.stroke();
  }
}

/** One device pixel wide: anything wider is many times slower. @param {Tools} tools @param {Extract<DrawCommand, { kind: "bundle" }>} bundle */
function drawBundle(tools, { ends, strengths, alpha }) {
  const { ctx } = tools;
  const hairline = 1 / (ctx.getTransform().a || 1);
  for (const [index, wires] of byLevel(strengths).entries()) {
    if (wires.length === 0) continue;
    const share = ((index % LEVELS) + 0.5) / LEVELS;
    pen(tools, index < LEVELS ? "negative" : "positive", hairline, alpha * (BUNDLE.least + BUNDLE.more * share), false);
    ctx.lineCap = "butt";
    ctx.beginPath();
    for (const wire of wires) {
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [
        ends[4 * wire],
        ends[4 * wire + 1],
        ends[4 * wire + 2],
        ends[4 * wire + 3],
      ];
      const middle = (x1 + x2) / 2;
      ctx.moveTo(x1, y1);
      ctx.bezierCurveTo(middle, y1, middle, y2, x2, y2);
    }
    ctx.stroke();
  }
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "path" }>} path */
function drawPath(tools, { points, radius, ink, width, alpha, dash }) {
  const { ctx } = tools;
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return;
  pen(tools, ink, width, alpha, dash);
  ctx.beginPath();
  ctx.moveTo(first.x, first.y);
  for (const [index, corner] of rest.slice(0, -1).entries()) {
    const next = rest[index + 1] ?? last;
    ctx.arcTo(corner.x, corner.y, next.x, next.y, radius);
  }
  ctx.lineTo(last.x, last.y);
  ctx.stroke();
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "disc" }>} disc */
function drawDisc(tools, { x, y, r, fill, alpha }) {
  brush(tools, fill, alpha);
  tools.ctx.beginPath();
  tools.ctx.arc(x, y, r, 0, 2 * Math.PI);
  tools.ctx.fill();
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "ring" }>} ring */
function drawRing(tools, { x, y, r, ink, width, dash, alpha = 1 }) {
  if (alpha === 0) return;
  pen(tools, ink, width, alpha, dash);
  tools.ctx.beginPath();
  tools.ctx.arc(x, y, r, 0, 2 * Math.PI);
  tools.ctx.stroke();
}

/** Open, and pointing along its angle. @param {Tools} tools @param {Extract<DrawCommand, { kind: "chevron" }>} chevron */
function drawChevron(tools, { x, y, size, angle, ink, alpha }) {
  const { ctx } = tools;
  const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
  pen(tools, ink, CHEVRON_WIDTH, alpha, false);
  ctx.lineJoin = "round";
  ctx.beginPath();
  ctx.moveTo(x - 0.5 * cos - sin, y - 0.5 * sin + cos);
  ctx.lineTo(x + 0.6 * cos, y + 0.6 * sin);
  ctx.lineTo(x - 0.5 * cos + sin, y - 0.5 * sin - cos);
  ctx.stroke();
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "bar" }>} bar */
function drawBar(tools, { x, y, width, height, radius, fill, alpha }) {
  brush(tools, fill, alpha);
  if (radius <= 1) return tools.ctx.fillRect(x, y, width, height);
  tools.ctx.beginPath();
  tools.ctx.roundRect(x, y, width, height, radius);
  tools.ctx.fill();
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "outline" }>} outline */
function drawOutline(tools, { x, y, width, height, radius, ink, dash, thickness = OUTLINE_WIDTH }) {
  pen(tools, ink, thickness, 1, dash);
  tools.ctx.beginPath();
  tools.ctx.roundRect(x, y, width, height, radius);
  tools.ctx.stroke();
}

/** Which font a context has: setting it is dear, even to what it is. @type {WeakMap<Ctx, number>} */
const fonts = new WeakMap();

/** @param {Tools} tools @param {Pick<Extract<DrawCommand, { kind: "label" }>, "size" | "mono" | "bold">} font */
function write({ ctx, theme }, { size, mono, bold }) {
  const key = 4 * size + (mono ? 2 : 0) + (bold ? 1 : 0);
  if (fonts.get(ctx) === key) return;
  ctx.font = `${bold ? "600 " : ""}${size}px ${mono ? theme.mono : theme.sans}`;
  fonts.set(ctx, key);
}

/** @param {Tools} tools @param {Extract<DrawCommand, { kind: "label" }>} label */
function drawLabel(tools, { x, y, text, ink, size, align, mono, bold, plate, alpha = 1 }) {
  if (alpha === 0) return;
  const { ctx, theme } = tools;
  write(tools, { size, mono, bold });
  ctx.textBaseline = "middle";
  ctx.textAlign = align;
  if (plate) {
    const width = ctx.measureText(text).width;
    brush(tools, "paper", PLATE.alpha * alpha);
    ctx.beginPath();
    const left = x - width * SHIFT[align] - PLATE.aside;
    const top = y - size / 2 - PLATE.above;
    ctx.roundRect(left, top, width + 2 * PLATE.aside, size + PLATE.taller, PLATE.radius);
    ctx.fill();
  }
  ctx.fillStyle = theme.words[ink];
  ctx.globalAlpha = alpha;
  ctx.fillText(text, x, y + 0.5);
}

/** @param {Tools} tools @param {HeatMap} map */
function drawMap({ ctx, theme, images }, map) {
  const { x, y, width, height, r, alpha } = map;
  const image = images.of(map, theme);
  ctx.globalAlpha = alpha;
  if (r === 0) {
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(image, x, y, width, height);
    return;
  }
  ctx.imageSmoothingEnabled = true;
  ctx.save();
  ctx.beginPath();
  ctx.arc(x + width / 2, y + height / 2, r, 0, 2 * Math.PI);
  ctx.clip();
  ctx.drawImage(image, x, y, width, height);
  ctx.restore();
}
