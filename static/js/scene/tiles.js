/**
 * Feature maps as small images, side by side. A window's result appears place by place, as the window moves.
 *
 * @import { DrawCommand, Ink, LayerBox, Tile } from "../types.js"
 * @import { Maps, Shown } from "./maps.js"
 * @import { Now } from "./now.js"
 */

import { layersInSight } from "../layout/sight.js";
import { say } from "../words/say.js";
import { oneMap, shownMaps } from "./maps.js";
import { label, TYPE } from "./marks.js";

/** @param {Now} now @param {(layer: string) => boolean} wanted @returns {DrawCommand[]} */
export function tiles(now, wanted) {
  return layersInSight(now.view.layout)
    .filter((box) => box.kind === "images" && wanted(box.id))
    .flatMap((box) => [...tilesOfLayer(now, box), ...more(box)]);
}

/** @param {Now} now @param {LayerBox} box @returns {DrawCommand[]} */
function tilesOfLayer(now, box) {
  const shown = shownMaps(now, box);
  const ink = rimInk(now, box, shown);
  return box.tiles.flatMap((tile) => [...face(tile, shown), rim(tile, ink, shown)]);
}

/** @param {Tile} tile @param {Shown} shown @returns {DrawCommand[]} */
function face(tile, { top, p, under, underAlpha, sliding }) {
  const { x, y, width, height } = tile;
  return [
    { kind: "bar", x, y, width, height, radius: 1, fill: "card", alpha: 1 },
    ...(under ? [image(tile, under, "under", underAlpha * (sliding ? 1 : 1 - p))] : []),
    ...(top ? (sliding ? unveiled(tile, top, p) : [image(tile, top, "top", p)]) : []),
  ];
}

/** @param {Tile} tile @param {Maps} maps @param {string} part @param {number} alpha @returns {DrawCommand} */
export function image({ layer, map, x, y, width, height }, maps, part, alpha) {
  return {
    kind: "map",
    ...{ x, y, width, height, r: 0, values: oneMap(maps, map), columns: maps.columns, rows: maps.rows },
    ...{ low: -maps.reach, high: maps.reach, neutral: 0, reach: maps.reach, upwards: false, alpha },
    slot: `${layer} ${map} ${part}`,
    version: maps.version,
  };
}

/** As many places, row by row, as the window has been to. @param {Tile} tile @param {Maps} maps @param {number} p @returns {DrawCommand[]} */
function unveiled(tile, maps, p) {
  const done = Math.floor(p * maps.rows * maps.columns);
  const [rows, rest] = [Math.floor(done / maps.columns), done % maps.columns];
  const values = oneMap(maps, tile.map);
  const row = tile.height / maps.rows;
  const whole = { ...tile, height: rows * row };
  const begun = { ...tile, y: tile.y + rows * row, height: row, width: (rest * tile.width) / maps.columns };
  const from = rows * maps.columns;
  return [
    ...(rows ? [part(whole, maps, values.subarray(0, from), maps.columns, rows, `rows ${rows}`)] : []),
    ...(rest ? [part(begun, maps, values.subarray(from, from + rest), rest, 1, `rest ${from + rest}`)] : []),
  ];
}

/** @param {Tile} tile @param {Maps} maps @param {Float32Array} values @param {number} columns @param {number} rows @param {string} name @returns {DrawCommand} */
function part(tile, maps, values, columns, rows, name) {
  const whole = image(tile, maps, name.split(" ")[0] ?? "", 1);
  return /** @type {DrawCommand} */ ({ ...whole, values, columns, rows, version: `${maps.version} ${name}` });
}

/** @param {Now} now @param {LayerBox} box @param {Shown} shown @returns {Ink} */
function rimInk({ beat }, { id }, { top }) {
  const here = beat && (beat.kind === "forward" || beat.kind === "vjp") && beat.node.startsWith(`${id}.`);
  if (!top || !here || !/\.[za]$/.test(beat.node)) return "ink3";
  return beat.kind === "forward" ? "forward" : "backward";
}

/** @param {Tile} tile @param {Ink} ink @param {Shown} shown @returns {DrawCommand} */
function rim({ x, y, width, height }, ink, { top, gradient }) {
  const edge = { x: x - 0.5, y: y - 0.5, width: width + 1, height: height + 1, radius: 2 };
  const strong = ink !== "ink3";
  const quiet = gradient ? "backward" : "line";
  return {
    kind: "outline",
    ...edge,
    ink: top ? (strong ? ink : quiet) : "ink3",
    dash: !top,
    thickness: strong ? 1.8 : 1,
  };
}

/** @param {LayerBox} box @returns {DrawCommand[]} */
function more({ x, bottom, folded }) {
  return folded > 0
    ? [label(x, bottom + 11, say("scene.more", { count: folded }), { size: TYPE.small, plate: true })]
    : [];
}
