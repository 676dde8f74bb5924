/**
 * What can be seen of a layout: what lies outside of the view is not drawn.
 *
 * @import { Area, Lane, LayerBox, StageLayout, UnitBox } from "../types.js"
 */

/** Numbers, names and titles stand this far beside what they belong to. */
const BESIDE = 150;
/** Narrower columns of a matrix are no single numbers, nor are smaller cells of a time step. */
const LEGIBLE = { column: 6, step: 24, unit: 11 };

/** @param {Area} sight @param {Area} area @param {number} [reach] beyond its edges */
export function touches(sight, { x, y, width, height }, reach = 0) {
  return (
    x - reach <= sight.x + sight.width &&
    x + width + reach >= sight.x &&
    y - reach <= sight.y + sight.height &&
    y + height + reach >= sight.y
  );
}

/** Where everything stands, as areas. @param {StageLayout} layout @returns {Area[]} */
export function planOf({ layers, bands = [], loss }) {
  const columns = layers.map(({ x, r, top, bottom }) => ({ x: x - r, y: top, width: 2 * r, height: bottom - top }));
  return [...bands.flatMap(({ lanes }) => lanes), ...columns, loss];
}

/** Layers of which something can be seen. @param {StageLayout} layout @returns {readonly LayerBox[]} */
export function layersInSight({ layers, sight }) {
  if (!sight) return layers;
  const [left, right] = [sight.x - BESIDE, sight.x + sight.width + BESIDE];
  return layers.filter(
    (box) =>
      box.x + box.right > left &&
      box.x - box.left < right &&
      box.bottom > sight.y - BESIDE &&
      box.titleY < sight.y + sight.height + BESIDE,
  );
}

/**
 * The units of a layer that can be seen; they stand one below the other, so they are a run of them.
 *
 * @param {Pick<StageLayout, "sight">} layout
 * @param {LayerBox} box
 * @returns {readonly UnitBox[]}
 */
export function unitsInSight({ sight }, box) {
  if (!sight) return box.units;
  if (box.x + box.right + BESIDE < sight.x || box.x - box.left - BESIDE > sight.x + sight.width) return [];
  const reach = Math.max(box.pitch, box.r + 24);
  const [first] = box.units;
  if (!first) return [];
  const from = Math.ceil((sight.y - reach - first.y) / box.pitch);
  const to = Math.floor((sight.y + sight.height + reach - first.y) / box.pitch) + 1;
  return from <= 0 && to >= box.units.length ? box.units : box.units.slice(Math.max(0, from), Math.max(0, to));
}

/** Layers of which single units can be told apart. @param {StageLayout} layout @returns {string[]} */
export function layersNear(layout) {
  const { sight, bands = [] } = layout;
  const near = layout.layers.filter((box) => box.tier !== "strip" && unitsInSight(layout, box).length > 0);
  const matrices = layout.matrices.filter(({ width, columns }) => width / columns >= LEGIBLE.column);
  const lanes = bands
    .flatMap((band) => band.lanes)
    .filter((lane) => isLegible(lane) && (!sight || touches(sight, lane)));
  return [...new Set([...lanes, ...matrices].map(({ layer }) => layer).concat(near.map(({ id }) => id)))];
}

/** @param {Lane} lane */
function isLegible({ width, height, steps, units }) {
  return width / steps >= LEGIBLE.step && height / units >= LEGIBLE.unit;
}
