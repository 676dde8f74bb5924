/**
 * Kernels as small images, those of one feature map in a line; in the backward pass they turn to their gradients.
 *
 * @import { DrawCommand, KernelBox, Tensor } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { kernelArea } from "../layout/tiles.js";
import { written } from "./maps.js";
import { largest, valuesOf } from "./reading.js";

const WAITING = 0.45;

/** @param {Now} now @returns {DrawCommand[]} */
export function kernels(now) {
  return now.view.layout.kernels.flatMap((box) => kernelLine(now, box));
}

/** @param {Now} now @param {KernelBox} box @returns {DrawCommand[]} */
function kernelLine(now, box) {
  const key = `${box.layer}.kernel`;
  const turned = now.phase === "backward" ? written(now, `${key}:gradient`) : 0;
  const value = line(now, box, key, (now.phase === "backward" ? WAITING : 1) * (1 - turned));
  const gradient = turned > 0 ? line(now, box, `${key}:gradient`, turned) : [];
  return [...value, ...gradient, ...rims(now, box, turned)];
}

/** @param {Now} now @param {KernelBox} box @param {string} key @param {number} alpha @returns {DrawCommand[]} */
function line({ view: { frame } }, box, key, alpha) {
  const tensor = frame?.tensors.get(key);
  const values = valuesOf(tensor);
  if (!tensor || !values || tensor.shape.length !== 4 || alpha === 0) return [];
  const reach = largest(frame, [key]) || 1e-9;
  return Array.from({ length: box.shown }, (_, channel) => {
    const { from, rows, columns } = sliceOf(tensor, box.filter, box.first + channel);
    return /** @type {DrawCommand} */ ({
      kind: "map",
      ...{ ...kernelArea(box, channel), r: 0 },
      ...{ values: values.subarray(from, from + rows * columns), columns, rows },
      ...{ low: -reach, high: reach, neutral: 0, reach, upwards: false, alpha },
      slot: `${key} ${box.filter} ${box.first + channel}`,
      version: `${frame?.seq} ${key}`,
    });
  });
}

/** Where one kernel of (F, C, kH, kW) begins. @param {Tensor} tensor @param {number} filter @param {number} channel */
export function sliceOf({ shape }, filter, channel) {
  const [, channels = 1, rows = 1, columns = 1] = shape;
  return { from: (filter * channels + channel) * rows * columns, rows, columns };
}

/** @param {Now} now @param {KernelBox} box @param {number} turned @returns {DrawCommand[]} */
function rims({ beat, phase }, { layer, x, y, width, height }, turned) {
  const active = beat?.node === `${layer}.kernel` && beat.kind === "vjp";
  const ink = turned > 0 ? "backward" : phase === "update" ? "update" : "line";
  const edge = { x: x - 1, y: y - 1, width: width + 2, height: height + 2, radius: 1 };
  return [{ kind: "outline", ...edge, ink, dash: false, thickness: active ? 1.6 : 0.9 }];
}

/** What is shown of a layer's kernels: in the backward pass their gradients, once they are there. @param {Now} now @param {string} layer */
export function kernelKey(now, layer) {
  const gradient = `${layer}.kernel:gradient`;
  return now.phase === "backward" && written(now, gradient) > 0.5 ? gradient : `${layer}.kernel`;
}
