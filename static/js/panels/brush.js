/**
 * Strokes as pixels: scaled and centred like the digits that the network has learned from, with soft edges.
 */

/** @typedef {readonly (readonly [number, number])[]} Stroke points, 0 to 1 across and down */
/** @typedef {Readonly<{ box: number, radius: number, centre: "middle" | "mass" }>} Style */

/** How the digits of a dataset are made: how much of the picture they fill, how thick they are, what is centred. */
const STYLES = {
  small: { box: 7.2, radius: 0.62, centre: /** @type {const} */ ("middle") },
  mnist: { box: 20, radius: 1.25, centre: /** @type {const} */ ("mass") },
};

/** @param {number} size pixels across @returns {Style} */
function styleFor(size) {
  if (size <= 12) return STYLES.small;
  const factor = size / 28;
  return { ...STYLES.mnist, box: STYLES.mnist.box * factor, radius: STYLES.mnist.radius * factor };
}

/**
 * The strokes as rows of pixels, 0 (paper) to 1 (ink).
 *
 * @param {readonly Stroke[]} strokes
 * @param {number} size
 * @param {Style} [style]
 * @returns {number[][]}
 */
export function rasterise(strokes, size, style = styleFor(size)) {
  const placed = place(strokes, size, style);
  const image = inked(placed, size, style.radius);
  if (style.centre === "middle" || !strokes.length) return image;
  const [x, y] = massOf(image);
  const by = [(size - 1) / 2 - x, (size - 1) / 2 - y];
  return inked(
    placed.map((stroke) => stroke.map(([px, py]) => [px + (by[0] ?? 0), py + (by[1] ?? 0)])),
    size,
    style.radius,
  );
}

/**
 * Scaled so that they fill the box, and in the middle; in pixels, whose middles are whole numbers.
 *
 * @param {readonly Stroke[]} strokes
 * @param {number} size
 * @param {Style} style
 * @returns {Stroke[]}
 */
function place(strokes, size, { box, radius }) {
  const points = strokes.flat();
  if (!points.length) return [];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (box - 2 * radius) / Math.max(right - left, bottom - top, 0.2);
  const middle = (size - 1) / 2;
  return strokes.map((stroke) =>
    stroke.map(([x, y]) => [middle + (x - (left + right) / 2) * scale, middle + (y - (top + bottom) / 2) * scale]),
  );
}

/** @param {readonly Stroke[]} strokes @param {number} size @param {number} radius @returns {number[][]} */
function inked(strokes, size, radius) {
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => Math.max(0, Math.min(1, radius + 0.5 - distance(strokes, x, y)))),
  );
}

/** From a point to the nearest line. @param {readonly Stroke[]} strokes @param {number} x @param {number} y */
function distance(strokes, x, y) {
  let least = Number.POSITIVE_INFINITY;
  for (const stroke of strokes)
    for (let at = 0; at < stroke.length; at += 1)
      least = Math.min(least, toSegment(x, y, stroke[Math.max(0, at - 1)], stroke[at]));
  return least;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {readonly [number, number]} [from]
 * @param {readonly [number, number]} [to]
 */
function toSegment(x, y, [ax, ay] = [0, 0], [bx, by] = [0, 0]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Where the ink is on average: across, down. @param {readonly (readonly number[])[]} image @returns {[number, number]} */
export function massOf(image) {
  let [sum, across, down] = [0, 0, 0];
  image.forEach((row, y) => {
    row.forEach((ink, x) => {
      sum += ink;
      across += ink * x;
      down += ink * y;
    });
  });
  return sum ? [across / sum, down / sum] : [0, 0];
}

/** A pixel painted or erased by hand. @param {readonly (readonly number[])[]} image @param {number} x @param {number} y */
export function toggled(image, x, y) {
  return image.map((row, at) => row.map((ink, column) => (at === y && column === x ? (ink > 0.5 ? 0 : 1) : ink)));
}
