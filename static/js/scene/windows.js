/**
 * The window: while a call runs it goes from place to place; at rest it lies where the number that is explained came from,
 * and routes lead from the pixels that the server names in its explanation.
 *
 * @import { Area, DrawCommand, Ink, Layer, LayerBox, Point, StageLayout, Tile } from "../types.js"
 * @import { Factor, Query } from "../wire.js"
 * @import { Now } from "./now.js"
 */

import { areaOn, channelsOf, imageSource, patchUnder, windowAt } from "../layout/windows.js";
import { chevrons } from "./backward.js";
import { pulses } from "./forward.js";
import { shownMaps } from "./maps.js";
import { curve, path } from "./marks.js";

/** With more pixels than these, the outline of the window says enough. */
const MOST_ROUTES = 4;
/** On more source tiles than this the window is outlined thinly. */
const MANY = 3;
/** In pixels as wide as this, numbers are written. */
const NUMBERED = 25;

/** @param {Now} now @returns {DrawCommand[]} */
export function windows(now) {
  const sliding = slidingLayer(now);
  if (sliding) return slide(now, sliding);
  const focus = focusOf(now);
  return focus ? rested(now, focus) : shared(now);
}

/** @typedef {Readonly<{ box: LayerBox, layer: Layer, map: number, row: number, column: number, query: Query }>} Focus */

/** The pixel that is explained, if it stands on the stage. @param {Now} now @returns {Focus | null} */
function focusOf({ view: { focus, layout }, boxes }) {
  if (focus?.index.length !== 4 || focus.node.endsWith(".kernel")) return null;
  const id = focus.node.replace(/\.[^.]*$/, "");
  const [box, layer] = [boxes.get(id), layout.graph.layers.find((candidate) => candidate.id === id)];
  const [, map = 0, row = 0, column = 0] = focus.index;
  return box && layer && box.kind === "images" ? { box, layer, map, row, column, query: focus } : null;
}

// ----------------------------------------------------------------------------------------------------- while it runs

/** The layer whose window is on its way at this moment. @param {Now} now @returns {Layer | null} */
function slidingLayer(now) {
  const { beat, view } = now;
  if (!beat || view.beats.length === 0 || view.t >= 1) return null;
  const written = beat.node.replace(/\.[^.]*$/, "");
  const box = now.boxes.get(written);
  if (box?.kind !== "images" || !shownMaps(now, box).sliding) return null;
  return view.layout.graph.layers.find(({ id }) => id === beat.layer) ?? null;
}

/** @param {Now} now @param {Layer} layer @returns {DrawCommand[]} */
function slide(now, layer) {
  const { beat, view } = now;
  const source = imageSource(view.layout.graph, layer.id);
  const target = now.boxes.get(layer.id);
  const from = source && now.boxes.get(source.id);
  const forwards = beat?.kind === "forward";
  const leading = forwards ? target : from;
  const shown = leading && shownMaps(now, leading);
  const [tile] = target?.tiles ?? [];
  if (!source || !target || !from || !shown?.top || !tile) return [];
  const [, rows = 1, columns = 1] = layer.shape;
  const share = Math.min(0.999, shown.p);
  const at = Math.floor(share * rows * columns);
  const [row, column] = [Math.floor(at / columns), at % columns];
  const ink = forwards ? "forward" : "backward";
  const under = from.tiles.map((one) =>
    outlined(inside(one, areaOn(one, windowAt(layer.window, row, column))), ink, 1.4),
  );
  const pixel = { row, column, rows: 1, columns: 1 };
  return [...under, ...target.tiles.map((one) => outlined(areaOn(one, pixel), ink, 1.2))];
}

/** An area cut at the tile's edges, with a little that hangs over. @param {Tile} tile @param {Area} area @returns {Area} */
function inside(tile, { x, y, width, height }) {
  const over = 2;
  const [left, top] = [Math.max(x, tile.x - over), Math.max(y, tile.y - over)];
  const right = Math.min(x + width, tile.x + tile.width + over);
  const bottom = Math.min(y + height, tile.y + tile.height + over);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** @param {Area} area @param {Ink} ink @param {number} thickness @returns {DrawCommand} */
function outlined({ x, y, width, height }, ink, thickness) {
  return { kind: "outline", x, y, width, height, radius: 1, ink, dash: false, thickness };
}

// -------------------------------------------------------------------------------------------------------- at rest

/** @param {Now} now @param {Focus} focus @returns {DrawCommand[]} */
function rested(now, focus) {
  const back = focus.query.quantity === "gradient";
  const ink = back ? "backward" : "forward";
  const here = tileOf(focus.box, focus.map);
  if (!here) return [];
  const pixel = areaOn(here, { row: focus.row, column: focus.column, rows: 1, columns: 1 });
  const named = namedPixels(now, focus);
  const few = named.length <= MOST_ROUTES;
  const routes = few ? named.flatMap((one) => (one.share > 0 ? route(now, pixel, one, back) : [])) : [];
  return [
    ...(back ? [] : receptive(now, focus, pixel, ink)),
    ...(back ? overlaps(named, ink) : []),
    ...routes,
    outlined(grown(pixel), "selection", 1.8),
  ];
}

/**
 * The gradient of an entry of a kernel: where in the followed example its largest terms come from.
 *
 * @param {Now} now
 * @returns {DrawCommand[]}
 */
function shared({ view: { why, focus, frame }, boxes }) {
  if (!why?.computed || why.quantity !== "gradient" || !why.node.endsWith(".kernel") || why.node !== focus?.node)
    return [];
  const row = frame?.example?.in_batch ? frame.example.row : -1;
  const most = Math.max(...why.terms.map(({ value }) => Math.abs(value ?? 0))) || 1;
  return why.terms.flatMap(({ factors, value }) => {
    const mine = factors.filter(({ index }) => index[0] === row);
    const share = Math.abs(value ?? 0) / most;
    return share > 0
      ? mine.flatMap((one) => areaOfFactor(boxes, one)).map((area) => outlined(grown(area, 4), "backward", 0.8 + share))
      : [];
  });
}

/** A pixel may be smaller than its outline must be. @param {Area} area @param {number} [least] @returns {Area} */
export function grown({ x, y, width, height }, least = 5) {
  const [w, h] = [Math.max(least, width), Math.max(least, height)];
  return { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h };
}

/** @param {LayerBox} box @param {number} map @returns {Tile | null} */
export function tileOf({ tiles }, map) {
  return tiles.find((tile) => tile.map === map) ?? null;
}

/** The window in the source's maps, and rays from its corners. @param {Now} now @param {Focus} focus @param {Area} pixel @param {Ink} ink @returns {DrawCommand[]} */
function receptive(now, focus, pixel, ink) {
  const source = imageSource(now.view.layout.graph, focus.layer.id);
  const box = source && now.boxes.get(source.id);
  if (!source || !box) return [];
  const [from, to] = channelsOf(focus.layer, source, focus.map);
  const patch = patchUnder(focus.layer.window, source.shape, focus.row, focus.column);
  const areas = box.tiles.filter(({ map }) => map >= from && map < to).map((tile) => areaOn(tile, patch));
  const rays = [areas[0], areas.at(now.view.lens ? 0 : -1)].filter((area) => area !== undefined);
  const first = rays[0];
  const last = rays[1];
  return [
    ...(first ? [ray({ x: first.x + first.width, y: first.y }, { x: pixel.x, y: pixel.y }, ink)] : []),
    ...(last
      ? [ray({ x: last.x + last.width, y: last.y + last.height }, { x: pixel.x, y: pixel.y + pixel.height }, ink)]
      : []),
    ...areas.map((area) => outlined(grown(area, 4), ink, areas.length > MANY ? 1.2 : 1.8)),
  ];
}

/** @param {Point} from @param {Point} to @param {Ink} ink @returns {DrawCommand} */
function ray(from, to, ink) {
  return path([from, to], ink, { width: 1, alpha: 0.55 });
}

/** @typedef {Readonly<{ area: Area, share: number }>} Named */

/**
 * The pixels that the explanation names as what the number was made of, with the share of each.
 *
 * @param {Now} now
 * @param {Focus} focus
 * @returns {Named[]}
 */
function namedPixels({ view, boxes }, { query }) {
  const { why } = view;
  if (!why?.computed || why.node !== query.node || why.quantity !== query.quantity) return [];
  if (String(why.index) !== String(query.index)) return [];
  const most = Math.max(...why.terms.map(({ value }) => Math.abs(value ?? 0))) || 1;
  return why.terms.flatMap(({ factors, value }) => {
    const areas = factors.flatMap((factor) => areaOfFactor(boxes, factor));
    return areas.map((area) => ({ area, share: Math.abs(value ?? 0) / most }));
  });
}

/** @param {ReadonlyMap<string, LayerBox>} boxes @param {Factor} factor @returns {Area[]} */
function areaOfFactor(boxes, { node, index }) {
  const box = node ? boxes.get(node.replace(/\.[^.]*$/, "")) : null;
  const [, map = 0, row = 0, column = 0] = index;
  if (box?.kind !== "images" || index.length !== 4 || node?.endsWith(".kernel")) return [];
  const tile = tileOf(box, map);
  return tile ? [areaOn(tile, { row, column, rows: 1, columns: 1 })] : [];
}

/** Where the gradient of a number comes back from. @param {readonly Named[]} named @param {Ink} ink @returns {DrawCommand[]} */
function overlaps(named, ink) {
  return named.map(({ area, share }) => outlined(grown(area, 4), share > 0 ? ink : "ink3", share > 0 ? 1.4 : 1));
}

/**
 * From the pixel that was the source, right into the one that was made of it: discs forward; chevrons that go back.
 *
 * Where the pixels carry numbers it leads from map to map only: it would cross them.
 *
 * @param {Now} now
 * @param {Area} pixel
 * @param {Named} named
 * @param {boolean} back
 * @returns {DrawCommand[]}
 */
function route({ view: { layout } }, pixel, { area, share }, back) {
  const [a, b] = [middle(area), middle(pixel)];
  if (Math.abs(a.x - b.x) < 1) return [];
  const [left, right] = a.x < b.x ? [area, pixel] : [pixel, area];
  const [from, end] = [leaving(layout, left, 1), leaving(layout, right, 0)];
  const ink = back ? "backward" : "forward";
  const carrier = { from, end, share: share * 0.6, rests: [0.5] };
  return [
    outlined(grown(area, 5), ink, 1.8),
    curve(from, end, { ink, width: 0.8 + 1.2 * share, alpha: 0.35 + 0.55 * share }),
    ...(back ? chevrons(carrier, 1) : pulses(carrier, 1)),
  ];
}

/** The middle of a pixel; of one with a number in it, the edge of its map at this height. @param {StageLayout} layout @param {Area} area @param {0 | 1} side @returns {Point} */
function leaving({ layers }, area, side) {
  const { x, y } = middle(area);
  if (area.width < NUMBERED) return { x, y };
  const over = (/** @type {Tile} */ tile) =>
    x >= tile.x && x <= tile.x + tile.width && y >= tile.y && y <= tile.y + tile.height;
  const tile = layers.flatMap(({ tiles }) => tiles).find(over) ?? area;
  return { x: tile.x + side * tile.width, y };
}

/** @param {Area} area @returns {Point} */
function middle({ x, y, width, height }) {
  return { x: x + width / 2, y: y + height / 2 };
}
