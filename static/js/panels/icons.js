/**
 * The few signs that are drawn, because fonts disagree about them.
 */

import { svg } from "./dom.js";

const PATHS = {
  rewind: "M4 3.5v9M13 3.5v9L5.5 8z",
  back: "M11 3.5v9L4 8z",
  play: "M5 3v10l8-5z",
  pause: "M4.5 3h2.6v10H4.5zM9 3h2.6v10H9z",
  undo: "M6.5 2.5 2.5 6.5l4 4V8h3a2.5 2.5 0 0 1 0 5H6v1.4h3.5a3.9 3.9 0 0 0 0-7.8h-3z",
  redo: "M9.5 2.5l4 4-4 4V8h-3a2.5 2.5 0 0 0 0 5H10v1.4H6.5a3.9 3.9 0 0 1 0-7.8h3z",
  forward: "M5 3.5v9L12 8z",
  lock: "M5 7V5.2a3 3 0 0 1 6 0V7h1v6H4V7zM6.6 7h2.8V5.2a1.4 1.4 0 0 0-2.8 0z",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const path = svg("path", { d: PATHS[name] });
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, path);
}
