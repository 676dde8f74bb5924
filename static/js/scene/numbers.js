/**
 * Numbers as the stage shows them: three significant digits, a true minus sign, never longer than seven letters.
 */

/**
 * @param {number} x
 * @returns {string}
 */
export function short(x) {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  return digitsOf(x).replace(/-/g, "−");
}

/** @param {number} x @returns {string} */
function digitsOf(x) {
  const size = Math.abs(x);
  if (Number.isInteger(x) && size < 10000) return String(x);
  if (size < 0.001 || size >= 99950) return x.toExponential(1).replace("e+", "e");
  if (size >= 99.95) return x.toFixed(0);
  if (size >= 9.995) return x.toFixed(1);
  if (size >= 0.9995) return x.toFixed(2);
  return size < 0.01 ? x.toFixed(4) : x.toFixed(3);
}

/**
 * Two digits after the point, for cells with little room, in units of a power of ten.
 *
 * @param {number} x
 * @param {number} [power] 3: in thousandths
 * @returns {string}
 */
export function tight(x, power = 0) {
  const scaled = x * 10 ** power;
  if (x === 0) return "0";
  if (!Number.isFinite(scaled)) return short(x);
  const size = Math.abs(scaled);
  return scaled.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0).replace(/-/g, "−");
}

/** The power of ten in whose units numbers up to this size are written: 0 where they need none. @param {number} most @returns {number} */
export function powerFor(most) {
  return most > 0 && most < 0.2 && Number.isFinite(most) ? Math.ceil(-Math.log10(most)) : 0;
}

/** in units of 10⁻³; nothing for 1. @param {number} power @returns {string} */
export function unitsOf(power) {
  return power === 0 ? "" : `× 10⁻${[...String(power)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}

/** With its sign, also where it is positive. @param {number} x @returns {string} */
export function signed(x) {
  return x > 0 ? `+${short(x)}` : short(x);
}

/**
 * The next of 1, 1.5, 2, 3, 5, 7, 10, … : a scale that does not tremble with every step.
 *
 * @param {number} x
 * @returns {number}
 */
export function niceCeil(x) {
  if (!(x > 0) || !Number.isFinite(x)) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  const mantissa = x / power;
  const step = [1, 1.5, 2, 3, 5, 7, 10].find((candidate) => mantissa <= candidate * 1.0001) ?? 10;
  return Number((step * power).toPrecision(3));
}
