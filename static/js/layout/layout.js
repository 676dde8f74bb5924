/**
 * Where everything stands: a pure function of the graph, the names of its inputs and the size of the stage.
 *
 * @import { Graph, Layer, LayerBox, StageLayout, UnitBox } from "../types.js"
 * @import { Dress } from "./tiers.js"
 * @import { Place } from "./columns.js"
 */

import { columnsOf, stack } from "./columns.js";
import { layoutSequential } from "./sequential.js";
import { laneCount } from "./skips.js";
import { fitted, widthOf } from "./text.js";
import { balanced, dress, dressFlat, dressInput, LEAST_CELL } from "./tiers.js";
import { dressImages, heightOf, isImages, kernelsOf, threadsOf, tilesOf } from "./tiles.js";
import { isSequential } from "./time.js";
import { neutralOf, symbolOf, titles } from "./titles.js";
import { connect, LANE } from "./wires.js";

const EDGE = 16;
const TOP = 24;
/** Title, subtitle and some air. */
const TITLES = 38;
const FOOT = 62;
const FLOOR_AIR = 12;
const NAME = { size: 12.5, most: 148, gap: 12 };
const LOSS = { width: 126, height: 112, link: 46, air: 22 };
export const CLASS_NAME = 72;
const GAP = { least: 24, widest: 330 };
/** Between columns of images there are threads only. */
const IMAGE_GAP = 27;
/** The rest of a full unit's cell: where the number below the last disc ends. */
const BELOW_LAST = 18;

/**
 * @typedef {Object} Wanted
 * @property {number} width
 * @property {number} height
 * @property {readonly string[]} [names] of the inputs
 * @property {readonly string[]} [classes] of the outputs, if there is one for each
 * @property {readonly string[]} [tokens] the vocabulary of the inputs, if they are tokens
 * @property {readonly string[]} [targetTokens] that of targets that are sequences
 * @property {ReadonlySet<string>} [folded] recurrent layers of which only a summary is shown
 */

/**
 * @param {Graph} graph
 * @param {Wanted} wanted
 * @returns {StageLayout}
 */
export function layoutStage(graph, wanted) {
  return isSequential(graph) ? layoutSequential(graph, wanted, layoutColumns) : layoutColumns(graph, wanted);
}

/**
 * Layers from left to right, units from top to bottom.
 *
 * @param {Graph} graph
 * @param {Wanted} wanted
 * @returns {StageLayout}
 */
function layoutColumns(graph, { width, height, names = [], classes = [] }) {
  const columns = columnsOf(graph);
  const columnOf = new Map(columns.flatMap((layers, column) => layers.map(({ id }) => [id, column])));
  const foot = Math.max(160, height - FOOT);
  const lanes = LANE * laneCount(skipsOf(graph, columnOf));
  const floor = foot - lanes - FLOOR_AIR;
  const places = columns.flatMap((layers, column) => stack(layers, column, TOP, floor));
  const link = linkRoom(graph, classes);
  const labels = inputNames(places[0]?.layer, names);
  const margins = { left: EDGE + nameRoom(labels), right: EDGE + LOSS.width + link };
  if (places[0] && isImages(places[0].layer)) margins.left = EDGE;
  const dressed = dressAll(places, columns.length, width - margins.left - margins.right);
  const xs = spread(dressed, places, columns.length, width, margins);
  const byId = new Map(
    places.map((place, index) => [place.layer.id, box(place, dressed[index], xs, { labels, classes }, columns.length)]),
  );
  const layers = graph.layers.map((layer) => /** @type {LayerBox} */ (byId.get(layer.id)));
  return {
    width: Math.max(width, xs.width),
    height,
    layers,
    ...connect(layers, graph.layers, columnOf, floor + FLOOR_AIR + LANE / 2 - 6),
    kernels: places.flatMap(({ layer }, index) => kernelBoxes(layer, dressed[index], byId.get(layer.id))),
    threads: threadsOf(layers, graph.layers),
    foot,
    loss: {
      ...lossArea(
        layers.find(({ role }) => role === "output"),
        floor,
        link,
      ),
      type: graph.loss.type,
    },
    graph,
  };
}

/** Between the outputs and the loss: the names of classes stand there. @param {Graph} graph @param {readonly string[]} classes */
function linkRoom(graph, classes) {
  if ((graph.layers.at(-1)?.units ?? 1) !== classes.length) return LOSS.link;
  return Math.max(LOSS.link, LOSS.air + Math.max(...classes.map((name) => widthOf(fitted(name, 11, CLASS_NAME), 11))));
}

/** @param {Graph} graph @param {ReadonlyMap<string, number>} columns @returns {import("./skips.js").Span[]} */
function skipsOf(graph, columns) {
  const joints = graph.layers.filter(({ parameters }) => parameters.length === 0);
  return joints.flatMap(({ id, inputs }) => {
    const to = columns.get(id) ?? 0;
    return inputs.map((input) => ({ from: columns.get(input) ?? 0, to })).filter(({ from }) => to - from > 1);
  });
}

/** @param {Layer | undefined} input @param {readonly string[]} names @returns {string[]} */
function inputNames(input, names) {
  const units = input && !isImages(input) ? input.units : 0;
  const room = NAME.most;
  return Array.from({ length: units }, (_, unit) =>
    names.length === units ? fitted(readable(names[unit] ?? ""), NAME.size, room) : `x${subscript(unit + 1)}`,
  );
}

/** @param {string} name @returns {string} */
function readable(name) {
  return name.replace(/_/g, " ").replace(/\^2/g, "²").replace(/\*/g, "·");
}

/** @param {number} n @returns {string} */
function subscript(n) {
  return [...String(n)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}

/** @param {readonly string[]} labels @returns {number} */
function nameRoom(labels) {
  return Math.max(48, ...labels.map((label) => widthOf(label, NAME.size))) + NAME.gap;
}

/** @param {Layer} layer @param {Dress | undefined} dressed @param {LayerBox | undefined} box */
function kernelBoxes(layer, dressed, box) {
  return dressed?.grid && box ? kernelsOf(layer, dressed.grid, box.tiles) : [];
}

/** Tiles are drawn this much smaller until all columns find room. */
const SCALES = [1, 0.92, 0.85, 0.78, 0.72, 0.67, 0.62, 0.57, 0.52, 0.47, 0.42];

/**
 * @param {readonly Place[]} places
 * @param {number} columns
 * @param {number} room
 * @returns {Dress[]}
 */
function dressAll(places, columns, room) {
  const gap = room / Math.max(1, columns - 0.5);
  const tried = (/** @type {number} */ scale) => balanced(places.map((place) => dressOne(place, gap, scale)));
  if (!places.some(({ layer }) => isImages(layer))) return tried(1);
  const fits = (/** @type {Dress[]} */ dressed) =>
    dressed.reduce((sum, { left, right }) => sum + left + right, 0) + IMAGE_GAP * (columns - 1) <= room;
  return SCALES.map(tried).find(fits) ?? tried(SCALES.at(-1) ?? 1);
}

/** @param {Place} place @param {number} gap @param {number} scale @returns {Dress} */
function dressOne({ layer, top, bottom }, gap, scale) {
  const height = bottom - top - TITLES - 4;
  if (isImages(layer)) return dressImages(layer, height, scale);
  if (layer.type === "flatten") return dressFlat(layer.units, height);
  return layer.type === "input" ? dressInput(layer.units, height) : dress(layer.units, height, gap);
}

/** @typedef {Readonly<{ at: readonly number[], gap: number, width: number }>} Columns */

/**
 * The columns' centres, with equal gaps between what stands in them.
 *
 * @param {readonly Dress[]} dressed
 * @param {readonly Place[]} places
 * @param {number} columns
 * @param {number} width
 * @param {Readonly<{ left: number, right: number }>} margins
 * @returns {Columns}
 */
function spread(dressed, places, columns, width, margins) {
  const reach = Array.from({ length: columns }, (_, column) => {
    const here = dressed.filter((_, index) => places[index]?.column === column);
    return { left: Math.max(...here.map(({ left }) => left)), right: Math.max(...here.map(({ right }) => right)) };
  });
  const taken = reach.reduce((sum, { left, right }) => sum + left + right, 0);
  const free = width - margins.left - margins.right - taken;
  const gap = Math.min(GAP.widest, Math.max(GAP.least, free / Math.max(1, columns - 1)));
  const slack = Math.max(0, free - gap * (columns - 1)) / 2;
  let x = margins.left + slack;
  const at = reach.map(({ left, right }) => {
    const centre = x + left;
    x = centre + right + gap;
    return centre;
  });
  return { at, gap, width: x - gap + margins.right };
}

/**
 * @param {Place} place
 * @param {Dress | undefined} dressed
 * @param {Columns} xs
 * @param {Readonly<{ labels: readonly string[], classes: readonly string[] }>} words
 * @param {number} columns
 * @returns {LayerBox}
 */
function box(place, dressed, xs, words, columns) {
  const { layer, column, top, bottom } = place;
  const { labels, classes } = words;
  const { tier, pitch, r, left, right, grid } = /** @type {Dress} */ (dressed);
  const x = xs.at[column] ?? 0;
  const role = column === 0 ? "input" : column === columns - 1 ? "output" : "hidden";
  if (grid) return imageBox(place, { tier, pitch, r, left, right, grid }, x, role, xs.gap);
  const first = top + TITLES + (bottom - top - TITLES - pitch * layer.units) / 2;
  const outputs = role === "output" && classes.length === layer.units ? classes : [];
  const units = Array.from({ length: layer.units }, (_, unit) => {
    const name = (role === "input" ? labels : outputs)[unit] ?? "";
    return /** @type {UnitBox} */ ({ layer: layer.id, unit, x, y: first + pitch * (unit + 0.5), r, name });
  });
  const trim = tier === "full" ? Math.max(0, pitch / 2 - r - (role === "input" ? 4 : BELOW_LAST)) : 0;
  return {
    id: layer.id,
    ...titles(layer, role, xs.gap + left + right - 4),
    x,
    titleY: top,
    top: first + trim,
    bottom: first + pitch * layer.units - trim,
    kind: tier === "strip" ? "matrix" : symbolOf(layer) ? "joint" : "units",
    tier,
    pitch,
    r,
    left,
    right,
    symbol: symbolOf(layer),
    neutral: neutralOf(layer),
    role,
    units,
    tiles: [],
    folded: pitch < LEAST_CELL ? layer.units : 0,
    room: xs.gap + left + right - 4,
  };
}

/**
 * A layer of images: its tiles in the middle of its height.
 *
 * @param {Place} place
 * @param {Dress & { grid: import("./tiles.js").Grid }} dressed
 * @param {number} x
 * @param {LayerBox["role"]} role
 * @param {number} gap
 * @returns {LayerBox}
 */
function imageBox({ layer, top, bottom }, { tier, pitch, r, left, right, grid }, x, role, gap) {
  const tall = heightOf(grid);
  const first = top + TITLES + Math.max(0, (bottom - top - TITLES - tall) / 2);
  return {
    id: layer.id,
    ...titles(layer, role, gap + left + right - 4),
    ...{ x, titleY: top, top: first, bottom: first + tall, kind: "images", tier, pitch, r, left, right },
    symbol: symbolOf(layer),
    neutral: neutralOf(layer),
    role,
    units: [],
    tiles: tilesOf(layer, grid, x, first),
    folded: (layer.shape[0] ?? 1) - grid.shown,
    room: gap + left + right - 4,
  };
}

/** @param {LayerBox | undefined} output @param {number} floor @param {number} link */
function lossArea(output, floor, link) {
  const [x, right] = [output?.x ?? 0, output?.right ?? 0];
  const middle = output ? (output.top + output.bottom) / 2 : floor / 2;
  return { x: x + right + link, y: middle - LOSS.height / 2, width: LOSS.width, height: LOSS.height };
}
