/** What a picture is drawn with, on a canvas and as SVG alike. */

/** Lengths of a dash and of the gap behind it. */
export const DASH = [2, 4];
export const CHEVRON_WIDTH = 1.9;
export const OUTLINE_WIDTH = 1.2;
/** How strong the wires of a bundle are: the weakest, and how much stronger the strongest. */
export const BUNDLE = { least: 0.1, more: 0.75 };
/** Which share of a text's width lies to the left of its place. */
export const SHIFT = { left: 0, center: 0.5, right: 1 };
/** The plate behind a label, in pixels beyond the text. */
export const PLATE = { alpha: 0.86, aside: 3, above: 2, taller: 3, radius: 4 };
