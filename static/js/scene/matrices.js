/**
 * The weights between two wide layers as an image: a row for each unit that they come from, a column for each they lead to.
 *
 * @import { DrawCommand, MatrixBox } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { say } from "../words/say.js";
import { label, TYPE } from "./marks.js";
import { gradientShown } from "./now.js";
import { niceCeil } from "./numbers.js";
import { isPooled, largest } from "./reading.js";

/** @param {Now} now @returns {DrawCommand[]} */
export function matrices(now) {
  return now.view.layout.matrices.flatMap((box) => matrix(now, box));
}

/** @param {Now} now @param {MatrixBox} box @returns {DrawCommand[]} */
function matrix(now, box) {
  const numbers = now.numbers(box.layer);
  const gradients = gradientShown(now, box.layer) > 0.5 && numbers.dW !== null;
  const shown = gradients ? numbers.dW : numbers.W;
  const { x, y, width, height } = box;
  /** @type {DrawCommand} */
  const frame = { kind: "outline", x, y, width, height, radius: 3, ink: gradients ? "backward" : "line", dash: !shown };
  if (!shown) return [frame];
  const scale = niceCeil(largest(now.view.frame, [`${box.layer}.W${gradients ? ":gradient" : ""}`]));
  const text = `${gradients ? "dL/dW" : "W"} ${box.rows}×${box.columns}`;
  const note = isPooled(shown) ? say("scene.means", { text }) : text;
  return [
    {
      kind: "map",
      ...{ x, y, width, height, r: 0, values: shown.codes ?? shown.data, columns: shown.columns, rows: shown.rows },
      ...{
        low: shown.codes ? shown.low : -scale,
        high: shown.codes ? shown.high : scale,
        neutral: 0,
        reach: scale,
        upwards: false,
      },
      alpha: now.phase === "backward" && !gradients ? 0.5 : 1,
      slot: `${box.layer}.W`,
      version: `${now.view.frame?.seq} ${gradients}`,
    },
    frame,
    label(x + width / 2, y + height + 14, width > 76 ? note : (text.split(" ")[0] ?? ""), {
      size: TYPE.small,
      ink: gradients ? "backward" : "ink2",
      mono: true,
      plate: true,
    }),
  ];
}
