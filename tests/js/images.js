// A network on images with a frame of it, small enough to be checked by hand.

import { frame } from "./fakes.js";

const layer = (id, type, shape, inputs, extra = {}) => ({
  id,
  type,
  label: id,
  units: shape.reduce((product, size) => product * size, 1),
  activation: null,
  inputs,
  shape,
  window: null,
  nodes: [`${id}.a`],
  parameters: [],
  ...extra,
});

const window = (op, size, stride, pad = 0) => ({
  op,
  size: [size, size],
  stride: [stride, stride],
  padding: [
    [pad, pad],
    [pad, pad],
  ],
  dilation: [1, 1],
  groups: 1,
});

/** 8×8 -> `filters` maps (3×3, same) -> pooled 4×4 -> flat -> 10 classes. */
export function imageGraph({ filters = 4, pool = "max_pool2d" } = {}) {
  const layers = [
    layer("input", "input", [1, 8, 8], []),
    layer("conv", "conv2d", [filters, 8, 8], ["input"], {
      activation: "relu",
      nodes: ["conv.z", "conv.a"],
      window: window("conv2d", 3, 1, 1),
      parameters: [
        { name: "conv.kernel", shape: [filters, 1, 3, 3] },
        { name: "conv.b", shape: [filters] },
      ],
    }),
    layer("pool", pool, [filters, 4, 4], ["conv"], { window: window(pool, 2, 2) }),
    layer("flat", "flatten", [16 * filters], ["pool"]),
    layer("output", "dense", [10], ["flat"], {
      activation: "softmax",
      nodes: ["output.z", "output.a"],
      parameters: [
        { name: "output.W", shape: [16 * filters, 10] },
        { name: "output.b", shape: [10] },
      ],
    }),
  ];
  return {
    layers,
    output: "output.a",
    loss: { type: "softmax_cross_entropy", formula: "L" },
    parameter_count: 10 * filters + 170 * filters,
  };
}

export function tensor(shape, valueAt = (index) => index) {
  const size = shape.reduce((product, length) => product * length, 1);
  const data = Float32Array.from({ length: size }, (_, index) => valueAt(index));
  return { shape, data, min: Math.min(...data), max: Math.max(...data), limits: null, summary: null };
}

export const missing = (shape) => ({ shape, data: null, min: null, max: null, limits: null, summary: null });

/** A frame after the first calls, the last of which is `ran`. */
export function imageFrame(computed, ran = null) {
  const shapes = { "input.a": [1, 8, 8], "conv.z": [4, 8, 8], "conv.a": [4, 8, 8], "pool.a": [4, 4, 4] };
  const tensors = new Map([
    ["conv.kernel", tensor([4, 1, 3, 3], (index) => index - 18)],
    ["conv.b", tensor([4])],
  ]);
  for (const [key, shape] of Object.entries(shapes)) {
    tensors.set(key, computed[key] ?? missing(shape));
    tensors.set(`${key}:gradient`, computed[`${key}:gradient`] ?? missing(shape));
  }
  return frame({ tensors, ran });
}
