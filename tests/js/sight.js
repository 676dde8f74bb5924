// How colours look to people: contrast, differences, and the three kinds of colour blindness.

// Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), severity 1.
const EYES = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export const KINDS = /** @type {(keyof typeof EYES)[]} */ (Object.keys(EYES));

/** `#1f6fb2` -> linear red, green, blue, 0 to 1. @param {string} hex */
function linear(hex) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
}

/** @param {readonly (readonly number[])[]} matrix @param {readonly number[]} vector */
const times = (matrix, vector) =>
  matrix.map((row) => row.reduce((sum, entry, at) => sum + entry * (vector[at] ?? 0), 0));

/** WCAG 2: the ratio of luminances, 1 to 21. @param {string} a @param {string} b */
export function contrast(a, b) {
  const [light = 0, dark = 0] = [a, b]
    .map((hex) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0] ?? 0)
    .sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** OKLab (Ottosson 2020): where equal distances look equally different. @param {readonly number[]} rgb */
function oklab(rgb) {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt);
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

/** How different two colours look to such eyes: 0 is the same, about 0.02 can just be seen. @param {string} a @param {string} b @param {keyof typeof EYES} kind */
export function difference(a, b, kind) {
  const [one = [], two = []] = [a, b].map((hex) =>
    oklab(times(EYES[kind], linear(hex)).map((part) => Math.min(1, Math.max(0, part)))),
  );
  return Math.hypot(...one.map((part, at) => part - (two[at] ?? 0)));
}
