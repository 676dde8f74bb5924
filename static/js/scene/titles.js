/**
 * Names of the layers, above their columns.
 *
 * @import { DrawCommand } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { layersInSight } from "../layout/sight.js";
import { label, TYPE } from "./marks.js";

/** @param {Now} now @returns {DrawCommand[]} */
export function titles(now) {
  return layersInSight(now.view.layout).flatMap(({ x, titleY, title, subtitle, titleSize }) => [
    label(x, titleY, title, { bold: true, ink: "ink", size: titleSize, plate: true }),
    label(x, titleY + 17, subtitle, { size: Math.min(TYPE.text, titleSize - 0.5), plate: true }),
  ]);
}
