/**
 * The connections: curves between units, an image between wide layers, an arc for what skips layers.
 *
 * @import { Arc, Layer, LayerBox, MatrixBox, UnitBox, Wire } from "../types.js"
 */

import { lanesOf } from "./skips.js";

/** Between two layers, more weights than this become an image. */
const MOST_OF_PAIR = 1500;
/** So do the largest pairs if all curves together would be more than this. */
const MOST_OF_ALL = 9000;
const MATRIX_INSET = 7;
const MATRIX_WIDEST = 220;
const STRIP_AIR = 2;
export const LANE = 30;

/** @typedef {Readonly<{ wires: readonly Wire[], matrices: readonly MatrixBox[], arcs: readonly Arc[] }>} Connections */
/** @typedef {Readonly<{ source: LayerBox, target: LayerBox, offset: number, weighted: boolean, column: number, flat: boolean }>} Pair */

/**
 * @param {readonly LayerBox[]} boxes
 * @param {readonly Layer[]} layers in the same order
 * @param {ReadonlyMap<string, number>} columns layer -> column
 * @param {number} floor where the first lane lies
 * @returns {Connections}
 */
export function connect(boxes, layers, columns, floor) {
  const pairs = pairsOf(boxes, layers);
  const skips = pairs.filter((pair) => isSkip(pair, columns));
  const plain = pairs.filter((pair) => !skips.includes(pair));
  const large = tooLarge(plain);
  const lanes = lanesOf(skips.map(({ source, target }) => span(source.id, target.id, columns)));
  return {
    wires: plain.filter((pair) => !large.has(pair)).flatMap(wiresOf),
    matrices: [...large].map(matrixOf),
    arcs: skips.map((pair, index) => arcOf(pair, floor + (lanes[index] ?? 0) * LANE)),
  };
}

/** @param {string} source @param {string} target @param {ReadonlyMap<string, number>} columns */
function span(source, target, columns) {
  return { from: columns.get(source) ?? 0, to: columns.get(target) ?? 0 };
}

/**
 * Every (source, layer) with the place that the source's values take in what the layer reads.
 *
 * @param {readonly LayerBox[]} boxes
 * @param {readonly Layer[]} layers
 * @returns {Pair[]}
 */
function pairsOf(boxes, layers) {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return layers.flatMap((layer, column) => {
    let offset = 0;
    return layer.inputs.flatMap((id) => {
      const [source, target] = [byId.get(id), byId.get(layer.id)];
      if (!source || !target) return [];
      const pair = {
        source,
        target,
        offset: layer.type === "concat" ? offset : 0,
        weighted: isWeighted(layer),
        column,
        flat: isFlattened(layers, id),
      };
      offset += source.units.length;
      return [pair];
    });
  });
}

/** Pixels in a row: their weights are seen best as an image. @param {readonly Layer[]} layers @param {string} id */
function isFlattened(layers, id) {
  const layer = layers.find((candidate) => candidate.id === id);
  return layer?.type === "flatten" && layer.inputs.some((input) => shapeOf(layers, input).length === 3);
}

/** @param {readonly Layer[]} layers @param {string} id */
function shapeOf(layers, id) {
  return layers.find((layer) => layer.id === id)?.shape ?? [];
}

/** @param {Layer} layer @returns {boolean} */
function isWeighted(layer) {
  return layer.parameters.some(({ name }) => name.endsWith(".W"));
}

/**
 * A joint that reads a layer which is not its neighbour. (Weights are drawn one by one wherever they come from.)
 *
 * @param {Pair} pair
 * @param {ReadonlyMap<string, number>} columns
 */
function isSkip(pair, columns) {
  return !pair.weighted && (columns.get(pair.target.id) ?? 0) - (columns.get(pair.source.id) ?? 0) > 1;
}

/** @param {Pair} pair @returns {number} */
function count({ source, target, weighted }) {
  return weighted ? source.units.length * target.units.length : source.units.length;
}

/** @param {readonly Pair[]} pairs @returns {Set<Pair>} */
function tooLarge(pairs) {
  const bySize = [...pairs].filter(({ weighted }) => weighted).sort((a, b) => count(b) - count(a));
  const large = new Set(bySize.filter((pair) => pair.flat || count(pair) > MOST_OF_PAIR));
  let total = pairs.reduce((sum, pair) => sum + (large.has(pair) ? 0 : count(pair)), 0);
  for (const pair of bySize) {
    if (total <= MOST_OF_ALL) break;
    if (large.has(pair)) continue;
    large.add(pair);
    total -= count(pair);
  }
  return large;
}

/** @param {Pair} pair @returns {Wire[]} */
function wiresOf({ source, target, offset, weighted }) {
  if (!weighted) {
    return source.units.flatMap((unit) => {
      const to = target.units[unit.unit + offset];
      return to ? [wire(source, unit, target, to, false)] : [];
    });
  }
  return source.units.flatMap((unit) => target.units.map((to) => wire(source, unit, target, to, true)));
}

/**
 * @param {LayerBox} source
 * @param {UnitBox} unit
 * @param {LayerBox} target
 * @param {UnitBox} to
 * @param {boolean} weighted
 * @returns {Wire}
 */
function wire(source, unit, target, to, weighted) {
  return {
    layer: target.id,
    source: source.id,
    row: unit.unit,
    to: to.unit,
    from: { x: unit.x + source.right, y: unit.y },
    end: { x: to.x - target.left, y: to.y },
    weighted,
  };
}

/** @param {Pair} pair @returns {MatrixBox} */
function matrixOf({ source, target }) {
  const edge = source.tier === "strip" ? source.r + STRIP_AIR : source.right;
  const from = source.x + edge + MATRIX_INSET;
  const to = target.x - target.left - MATRIX_INSET;
  const width = Math.max(8, Math.min(MATRIX_WIDEST, to - from));
  return {
    layer: target.id,
    source: source.id,
    rows: source.units.length,
    columns: target.units.length,
    x: (from + to - width) / 2,
    y: source.top,
    width,
    height: source.bottom - source.top,
  };
}

/** @param {Pair} pair @param {number} lane @returns {Arc} */
function arcOf({ source, target }, lane) {
  return {
    layer: target.id,
    source: source.id,
    from: { x: source.x, y: source.bottom },
    end: { x: target.x, y: target.bottom },
    lane,
  };
}
