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
  search:
    "M11.2 10.1 14.6 13.5 13.5 14.6 10.1 11.2A5 5 0 1 1 11.2 10.1zM7 3.6A3.4 3.4 0 1 0 7 10.4 3.4 3.4 0 1 0 7 3.6z",
  share: "M8 1.5 12 5.5H9V10.5H7V5.5H4zM3 8h1.4v5h7.2V8H13v6.4H3z",
  book: "M3 2h8.5a1.5 1.5 0 0 1 1.5 1.5V14H4.5A1.5 1.5 0 0 1 3 12.5zM4.4 11.3V3.4h7.2v7.7H4.5z",
  help: "M5.3 6A2.7 2.7 0 1 1 9 8.5V10H7.3V7.4H8A1.2 1.2 0 1 0 6.9 6zM7.2 11.6H9V13.4H7.2z",
  lock: "M5 7V5.2a3 3 0 0 1 6 0V7h1v6H4V7zM6.6 7h2.8V5.2a1.4 1.4 0 0 0-2.8 0z",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const path = svg("path", { d: PATHS[name] });
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, path);
}
