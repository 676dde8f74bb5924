// Frames at every phase of a step, for the networks that the stage is looked at with.

import { activate, Network } from "./engine.js";

const RESOLUTION = 24;
const REACH = 2.2;
const MOST_MAPS = 100;

const dense = (id, units, activation, more = {}) => ({ id, type: "dense", units, activation, ...more });
const input = (units) => ({ id: "input", type: "input", units });
const hidden = (sizes, activation = "tanh") =>
  sizes.map((units, index) => dense(`hidden${index + 1}`, units, activation));
const WINE =
  "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium,total_phenols,flavanoids,nonflavanoid_phenols,proanthocyanins,color_intensity,hue,od280/od315_of_diluted_wines,proline".split(
    ",",
  );
const FRUIT = { features: ["width", "color_score"], classes: ["apple", "orange"] };

/** Name -> a fresh network. */
export const NETWORKS = {
  "2-1": () => new Network([input(2), dense("output", 1, "sigmoid")], FRUIT),
  "2-6-1": () => new Network([input(2), ...hidden([6]), dense("output", 1, "sigmoid")], FRUIT),
  "2-8-8-1": () => new Network([input(2), ...hidden([8, 8]), dense("output", 1, "sigmoid")], FRUIT),
  "4-8-3": () =>
    new Network([input(4), ...hidden([8], "relu"), dense("output", 3, "softmax")], {
      features: ["sepal_length", "sepal_width", "petal_length", "petal_width"],
      classes: ["setosa", "versicolor", "virginica"],
    }),
  "13-16-3": () =>
    new Network([input(13), ...hidden([16]), dense("output", 3, "softmax")], {
      features: WINE,
      classes: ["class 1", "class 2", "class 3"],
    }),
  "30-12-1": () => new Network([input(30), ...hidden([12]), dense("output", 1, "sigmoid")]),
  "2-6-6-6-6-1": () => new Network([input(2), ...hidden([6, 6, 6, 6]), dense("output", 1, "sigmoid")], FRUIT),
  "64x6": () =>
    new Network([input(2), ...hidden([64, 64, 64, 64, 64, 64], "relu"), dense("output", 1, "linear")], {
      ...FRUIT,
      rate: 0.004,
      spread: 1,
    }),
  "32x4": () =>
    new Network([input(2), ...hidden([32, 32, 32, 32], "relu"), dense("output", 1, "linear")], {
      ...FRUIT,
      rate: 0.004,
      spread: 1,
    }),
  skip: () =>
    new Network(
      [
        input(2),
        ...hidden([5, 5]),
        { id: "residual", type: "add", inputs: ["hidden2", "hidden1"] },
        { id: "drop", type: "dropout", rate: 0.4 },
        dense("output", 1, "sigmoid"),
      ],
      FRUIT,
    ),
  concat: () =>
    new Network(
      [
        input(2),
        ...hidden([4, 4]),
        { id: "both", type: "concat", inputs: ["hidden2", "input"] },
        dense("output", 2, "softmax"),
      ],
      FRUIT,
    ),
};

/**
 * The frame of a network as it stands, following one example of its batch.
 *
 * @param {Network} network
 * @param {{ row?: number, seq?: number }} [options]
 */
export function frameOf(network, { row = 0, seq = 0 } = {}) {
  const { op, step, calls } = network;
  const index = op || (step ? calls.length : 0);
  return {
    seq,
    cursor: { step, op, phase: calls[op].phase, epoch: 0, batch: step },
    mode: "paused",
    ran: calls[index - 1] ?? null,
    sentence: "",
    metrics: { loss: null, gradient_norms: {}, activation_norms: {}, dead_units: {}, update_ratio: {} },
    example: {
      example: row,
      row,
      in_batch: true,
      inputs: network.x[row],
      target: network.targets[row],
      label: "apple",
    },
    tensors: new Map([...tensors(network, row), ...maps(network)]),
  };
}

function tensor(shape, data) {
  const values = data && Float32Array.from(data);
  const [min, max] = values ? [Math.min(...values), Math.max(...values)] : [null, null];
  return { shape, data: values ?? null, min, max, limits: null, summary: null };
}

function* tensors(network, row) {
  const { values, gradients, deltas, parameters } = network;
  for (const { nodes, id, units, type } of network.graph().layers) {
    for (const node of [...nodes, ...(type === "dropout" ? [`${id}.mask`] : [])]) {
      yield [node, tensor([units], values.get(node)?.[row])];
      if (!node.endsWith(".mask")) yield [`${node}:gradient`, tensor([units], gradients.get(node)?.[row])];
    }
  }
  for (const [name, { shape, data }] of parameters) {
    yield [name, tensor(shape, data)];
    yield [`${name}:gradient`, tensor(shape, gradients.get(name))];
    yield [`${name}:delta`, tensor(shape, deltas.get(name))];
  }
  const computed = values.has("loss");
  yield ["loss", tensor([], computed ? [values.get("loss")] : null)];
  yield ["loss:example", tensor([], computed ? [network.each[row]] : null)];
  yield ["target", tensor([network.output.units], values.has("input.a") ? network.targets[row] : null)];
}

/** Every unit over the plane of two inputs, as the engine's grid has it: rows go up with y. */
function* maps(network) {
  const units = network.layers.reduce((sum, layer) => sum + layer.units, 0);
  if (
    units > MOST_MAPS ||
    network.layers[0].units !== 2 ||
    network.layers.some(({ type }) => type !== "dense" && type !== "input")
  )
    return;
  const size = RESOLUTION * RESOLUTION;
  const fields = new Map(network.layers.map(({ id, units }) => [id, new Float32Array(units * size)]));
  for (let cell = 0; cell < size; cell += 1) {
    const at = (k) => ((k + 0.5) / RESOLUTION) * 2 * REACH - REACH;
    let x = [at(cell % RESOLUTION), at(Math.floor(cell / RESOLUTION))];
    for (const { id, type, activation } of network.layers) {
      if (type === "dense") x = activate(activation, network.affine(id, x));
      for (const [unit, value] of x.entries()) fields.get(id)[unit * size + cell] = value;
    }
  }
  for (const [id, data] of fields) yield [`${id}.a:map`, coded(data, data.length / size)];
}

function coded(data, units) {
  const [min, max] = data.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [Infinity, -Infinity]);
  const codes = Uint8Array.from(data, (x) => Math.round((255 * (x - min)) / (max - min || 1)));
  return { shape: [units, RESOLUTION, RESOLUTION], data: codes, min, max, limits: null, summary: null };
}

/**
 * The frames before and after the first call that fits.
 *
 * @param {Network} network
 * @param {(call: object) => boolean} fits
 * @param {number} [steps] whole steps to train before
 */
export function around(network, fits, steps = 1) {
  for (let done = 0; done < steps * network.calls.length; done += 1) network.next();
  let before = frameOf(network, { seq: 0 });
  for (let tries = 0; tries < network.calls.length; tries += 1) {
    const call = network.next();
    const after = frameOf(network, { seq: tries + 1 });
    if (fits(call)) return { before, after, call };
    before = after;
  }
  throw new Error("no call of the step fits");
}

/** The moments that everything is looked at: name -> which call has just run. */
export const MOMENTS = {
  gather: (network) => (call) => call.node === `${network.layers[0].id}.a`,
  forward: (network) => (call) =>
    call.phase === "forward" && call.layer === network.layers[1].id && /\.[za]$/.test(call.node),
  activation: (network) => (call) => call.phase === "forward" && call.node === `${network.layers[1].id}.a`,
  output: (network) => (call) => call.phase === "forward" && call.node === `${network.output.id}.a`,
  loss: () => (call) => call.kind === "loss",
  dz: () => (call) => call.kind === "vjp" && call.layer === "loss",
  dW: (network) => (call) => call.kind === "vjp" && call.node === `${network.output.id}.W`,
  da: (network) => (call) => call.kind === "vjp" && call.layer === network.output.id && call.node.endsWith(".a"),
  "first-dW": (network) => (call) => call.kind === "vjp" && call.node === `${network.layers[1].id}.W`,
  delta: () => (call) => call.kind === "delta",
  apply: () => (call) => call.kind === "apply",
};
