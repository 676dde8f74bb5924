/**
 * Skip connections: a line through a lane below the layers that it skips, into the sign of what happens there.
 *
 * @import { Arc, DrawCommand } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { say } from "../words/say.js";
import { label, path } from "./marks.js";

const SIGN = 10;
const LIFT = 7;

/** @param {Now} now @returns {DrawCommand[]} */
export function joints(now) {
  const { arcs, layers } = now.view.layout;
  const signed = new Set(arcs.map(({ layer }) => layer));
  const others = layers.filter(({ id, symbol }) => symbol && !signed.has(id));
  return [
    ...arcs.flatMap((arc) => skip(now, arc)),
    ...others.flatMap(({ x, bottom, symbol }) => sign(x, bottom + LIFT + SIGN, symbol)),
  ];
}

/** @param {Now} now @param {Arc} arc @returns {DrawCommand[]} */
function skip(now, { layer, source, from, end, lane }) {
  const symbol = now.boxes.get(layer)?.symbol ?? "";
  const { beat } = now;
  const forwards = beat?.kind === "forward" && beat.layer === layer;
  const back = beat?.kind === "vjp" && beat.layer === layer && beat.node.startsWith(`${source}.`);
  const ink = forwards ? "forward" : back ? "backward" : "ink3";
  const down = { x: from.x, y: lane };
  const points = [{ x: from.x, y: from.y + LIFT }, down, { x: end.x, y: lane }, { x: end.x, y: end.y + LIFT }];
  const words = say("scene.skip", { layer: source });
  return [
    path(points, ink, { radius: 14, width: ink === "ink3" ? 1.5 : 2.2 }),
    label((from.x + end.x) / 2, lane, words, { size: 11, plate: true, ink: ink === "ink3" ? "ink2" : ink }),
    ...sign(end.x, lane, symbol),
  ];
}

/** @param {number} x @param {number} y @param {string} symbol @returns {DrawCommand[]} */
function sign(x, y, symbol) {
  const half = SIGN * 0.55;
  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 */
  const stroke = (x1, y1, x2, y2) =>
    path(
      [
        { x: x + x1, y: y + y1 },
        { x: x + x2, y: y + y2 },
      ],
      "ink",
      { width: 1.7 },
    );
  const lines =
    symbol === "+"
      ? [stroke(-half, 0, half, 0), stroke(0, -half, 0, half)]
      : [stroke(-3, -half, -3, half), stroke(3, -half, 3, half)];
  return [
    { kind: "disc", x, y, r: SIGN, fill: "card", alpha: 1 },
    { kind: "ring", x, y, r: SIGN, ink: "ink", width: 1.4, dash: false },
    ...lines,
  ];
}
