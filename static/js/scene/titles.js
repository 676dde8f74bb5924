/**
 * Names of the layers, above their columns.
 *
 * @import { DrawCommand } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { label, TYPE } from "./marks.js";

/** @param {Now} now @returns {DrawCommand[]} */
export function titles(now) {
  return now.view.layout.layers.flatMap(({ x, titleY, title, subtitle }) => [
    label(x, titleY, title, { bold: true, ink: "ink", size: TYPE.title, plate: true }),
    label(x, titleY + 17, subtitle, { plate: true }),
  ]);
}
