/**
 * The layout as it is seen: places move apart as one goes nearer, type keeps its size, and how much is said of a unit follows
 * from the room that it has on the screen. Seen from farther than its own scale, a layout is only made smaller.
 *
 * @import { Arc, Area, Band, Camera, KernelBox, LayerBox, MatrixBox, Point, Size, StageLayout, Thread, Tile, UnitBox, Wire } from "../types.js"
 * @import { Rows } from "./sums.js"
 */

import { ORIGIN, sightOf } from "./camera.js";
import { touches } from "./sight.js";
import { cardsOf, NO_ROWS, rowY } from "./sums.js";
import { nearer } from "./tiers.js";
import { titles } from "./titles.js";

export const FOOT = 62;
/** What is drawn reaches beyond its place by this at most: numbers, rings, glows. */
const REACH = 60;
/** Half of what a title may be wide. */
const TITLE = 150;

/**
 * What is drawn and clicked, and how it lies on the screen; and what stands below it whatever is seen, in CSS pixels.
 *
 * @typedef {Readonly<{ layout: StageLayout, camera: Camera, foot: StageLayout }>} Placed
 */

/**
 * @param {StageLayout} layout
 * @param {Camera} camera
 * @param {Size} view
 * @param {Rows} [rows]
 * @returns {Placed}
 */
export function placed(layout, camera, view, rows) {
  if (camera.scale > 1) {
    const near = zoomed(layout, camera, view, rows);
    return { layout: near, camera: ORIGIN, foot: near };
  }
  return { layout: { ...layout, sight: sightOf(camera, view) }, camera, foot: footOf(layout, camera, view) };
}

/** As much of a layout as its foot speaks of. @param {StageLayout} layout @param {Camera} camera @param {Size} view @returns {StageLayout} */
function footOf(layout, camera, { width, height }) {
  const lens = projection(camera);
  return {
    ...layout,
    ...{ width, height, foot: height - FOOT },
    layers: layout.layers.map((box) => ({ ...box, x: lens.x(box.x) })),
    ...(layout.bands ? { bands: layout.bands.map((band) => bandSeen(band, lens, camera.scale)) } : {}),
  };
}

/**
 * Everything in CSS pixels of the view.
 *
 * @param {StageLayout} layout
 * @param {Camera} camera
 * @param {Size} view
 * @param {Rows} [rows]
 * @returns {StageLayout}
 */
export function zoomed(layout, camera, { width, height }, rows = NO_ROWS) {
  const { scale } = camera;
  const lens = projection(camera);
  const sight = { x: 0, y: 0, width, height };
  const layers = layout.layers
    .map((box) => boxSeen(box, layout, lens, sight))
    .map((box) => withCards(box, layout, sight, rows));
  const boxes = new Map(layers.map((box) => [box.id, box]));
  return {
    ...layout,
    ...{ width, height, scale, layers, sight, foot: height - FOOT },
    wires: layout.wires.flatMap((wire) => wireSeen(wire, boxes, lens, sight)),
    matrices: layout.matrices.map((box) => ({ ...box, ...lens.area(box) })).filter((box) => touches(sight, box, REACH)),
    arcs: layout.arcs.map((arc) => arcSeen(arc, lens)),
    kernels: layout.kernels.map((box) => kernelSeen(box, lens, scale)).filter((box) => touches(sight, box, REACH)),
    threads: layout.threads
      .map((thread) => threadSeen(thread, lens))
      .filter(({ from, end }) => passes(sight, from, end)),
    ...(layout.bands ? { bands: layout.bands.map((band) => bandSeen(band, lens, scale)) } : {}),
    loss: { ...layout.loss, ...lossSeen(layout, lens, boxes) },
  };
}

/** @typedef {ReturnType<typeof projection>} Projection */

/** @param {Camera} camera */
function projection({ x, y, scale }) {
  const left = (/** @type {number} */ at) => (at - x) * scale;
  const top = (/** @type {number} */ at) => (at - y) * scale;
  return {
    scale,
    x: left,
    y: top,
    point: (/** @type {Point} */ at) => ({ x: left(at.x), y: top(at.y) }),
    area: (/** @type {Area} */ { x: ax, y: ay, width, height }) => ({
      ...{ x: left(ax), y: top(ay) },
      ...{ width: width * scale, height: height * scale },
    }),
  };
}

/** @param {LayerBox} box @param {StageLayout} layout @param {Projection} lens @param {Area} sight @returns {LayerBox} */
function boxSeen(box, { graph, bands }, lens, sight) {
  const { scale } = lens;
  const dressed = box.tiles.length > 0 ? tilesNearer(box, scale) : nearer(box, scale, isSum(box, graph));
  const layer = graph.layers.find(({ id }) => id === box.id);
  const x = lens.x(box.x);
  const near = x + dressed.right + TITLE > 0 && x - dressed.left - TITLE < sight.width;
  const words = layer && near && !bands ? titles(layer, box.role, box.room * scale) : {};
  const top = lens.y(box.top);
  const titleY = Math.min(
    Math.max(lens.y(box.titleY), sight.y + 24),
    Math.max(lens.y(box.titleY), lens.y(box.bottom) - 60),
  );
  const seen = {
    ...box,
    ...words,
    ...dressed,
    ...{ x, titleY, top, bottom: lens.y(box.bottom) },
    tiles: box.tiles.map((tile) => tileSeen(tile, lens)).filter((tile) => touches(sight, tile, REACH)),
    folded: box.tiles.length > 0 ? box.folded : dressed.tier === "strip" ? box.folded : 0,
  };
  return withUnits(seen, () => box.units.map((unit) => unitSeen(unit, lens, dressed.r)));
}

/** Units are placed when somebody asks for them: of most layers one sees nothing. @param {LayerBox} box @param {() => readonly UnitBox[]} make @returns {LayerBox} */
function withUnits(box, make) {
  /** @type {readonly UnitBox[] | null} */
  let made = null;
  const get = () => {
    made ??= make();
    return made;
  };
  return Object.defineProperty(box, "units", { get, enumerable: true });
}

/** @param {LayerBox} box @param {StageLayout} layout @param {Area} sight @param {Rows} rows @returns {LayerBox} */
function withCards(box, { graph }, sight, rows) {
  return box.tier === "sum" ? { ...box, cards: cardsOf(box, graph, sight, rows) } : box;
}

/** Whether its units are sums of products. @param {LayerBox} box @param {StageLayout["graph"]} graph */
function isSum({ id }, graph) {
  return graph.layers.find((layer) => layer.id === id)?.parameters.some(({ name }) => name === `${id}.W`) ?? false;
}

/** @param {LayerBox} box @param {number} scale */
function tilesNearer({ tier, pitch, r, left, right }, scale) {
  return { tier, pitch: pitch * scale, r: r * scale, left: left * scale, right: right * scale };
}

/** @param {UnitBox} unit @param {Projection} lens @param {number} r @returns {UnitBox} */
function unitSeen({ layer, unit, x, y, name }, lens, r) {
  return { layer, unit, x: lens.x(x), y: lens.y(y), r, name };
}

/** @param {Tile} tile @param {Projection} lens @returns {Tile} */
function tileSeen(tile, lens) {
  return { ...tile, ...lens.area(tile) };
}

/** @param {Wire} wire @param {ReadonlyMap<string, LayerBox>} boxes @param {Projection} lens @param {Area} sight @returns {Wire[]} */
function wireSeen(wire, boxes, lens, sight) {
  const [source, target] = [boxes.get(wire.source), boxes.get(wire.layer)];
  if (!source || !target) return [];
  const from = { x: source.x + source.right, y: lens.y(wire.from.y) };
  const card = target.cards?.find(({ unit }) => unit === wire.to);
  const end = { x: target.x - target.left, y: card ? rowY(card, wire.row) : lens.y(wire.end.y) };
  return passes(sight, from, end) ? [{ ...wire, from, end }] : [];
}

/** Whether a curve from here to there may be seen. @param {Area} sight @param {Point} from @param {Point} end */
function passes(sight, from, end) {
  const area = {
    ...{ x: Math.min(from.x, end.x), y: Math.min(from.y, end.y) },
    ...{ width: Math.abs(end.x - from.x), height: Math.abs(end.y - from.y) },
  };
  return touches(sight, area, 8);
}

/** @param {Arc} arc @param {Projection} lens @returns {Arc} */
function arcSeen(arc, lens) {
  return { ...arc, from: lens.point(arc.from), end: lens.point(arc.end), lane: lens.y(arc.lane) };
}

/** @param {Thread} thread @param {Projection} lens @returns {Thread} */
function threadSeen(thread, lens) {
  return { ...thread, from: lens.point(thread.from), end: lens.point(thread.end) };
}

/** @param {KernelBox} box @param {Projection} lens @param {number} scale @returns {KernelBox} */
function kernelSeen(box, lens, scale) {
  return { ...box, ...lens.area(box), cell: box.cell * scale, apart: box.apart * scale };
}

/** @param {Band} band @param {Projection} lens @param {number} scale @returns {Band} */
function bandSeen(band, lens, scale) {
  const lanes = band.lanes.map((lane) => ({
    ...lane,
    ...lens.area(lane),
    track: { y: lens.y(lane.track.y), height: lane.track.height * scale },
  }));
  return { ...band, ...lens.area(band), lanes };
}

/** The card keeps its size, and its distance from the outputs. @param {StageLayout} layout @param {Projection} lens @param {ReadonlyMap<string, LayerBox>} boxes */
function lossSeen({ loss, layers }, lens, boxes) {
  const output = layers.find(({ role }) => role === "output");
  const box = output && boxes.get(output.id);
  const link = output && box ? (loss.x - output.x - output.right) * Math.min(2, lens.scale) : 0;
  const x = output && box ? box.x + box.right + link : lens.x(loss.x);
  return { x, y: lens.y(loss.y + loss.height / 2) - loss.height / 2, width: loss.width, height: loss.height };
}
