// Small stand-ins for what a browser has and Node has not.

import { applyEvent } from "../../static/js/state/reduce.js";
import { createStore } from "../../static/js/state/store.js";

/** A timer that goes off when it is told to. */
export function fakeTimers() {
  /** @type {{ callback: () => void, ms: number }[]} */
  const waiting = [];
  return {
    waiting,
    later: (callback, ms) => waiting.push({ callback, ms }),
    /** Let everything that waits now happen. */
    run() {
      for (const { callback } of waiting.splice(0)) callback();
    },
  };
}

/** A WebSocket without a network. */
export class FakeSocket {
  readyState = 0;
  sent = [];
  closed = null;

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code) {
    this.closed = code;
    this.readyState = 3;
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  receive(data) {
    this.onmessage({ data });
  }

  drop(code, reason = "") {
    this.readyState = 3;
    this.onclose({ code, reason });
  }
}

/** A REST side that answers from a table of "METHOD /path" and remembers what it was asked. */
export function fakeRest(answers) {
  const asked = [];
  const ask = (method) => async (path, body) => {
    asked.push({ method, path, body });
    const answer = answers[`${method} ${path.replace(/[?].*/, "")}`] ?? answers[`${method} ${path}`];
    if (answer instanceof Error) throw answer;
    if (answer === undefined) throw new Error(`nobody answers ${method} ${path}`);
    return answer;
  };
  return { asked, get: ask("GET"), post: ask("POST"), patch: ask("PATCH"), put: ask("PUT"), file: ask("FILE") };
}

export function fakeStorage(content = {}) {
  return {
    content,
    getItem: (key) => content[key] ?? null,
    setItem: (key, value) => {
      content[key] = value;
    },
  };
}

export const POSITION = Object.freeze({ step: 0, phase: "forward", op: 0, epoch: 0, batch: 0 });

export const METRICS = Object.freeze({
  loss: null,
  penalty: null,
  train_loss: 0.7,
  test_loss: null,
  train_accuracy: 0.5,
  test_accuracy: null,
  learning_rate: 0.05,
  gradient_norms: {},
  signal_norms: {},
  activation_norms: {},
  dead_units: {},
  update_ratio: {},
});

/** 2 inputs -> 3 tanh -> 1 sigmoid. */
export const GRAPH = Object.freeze({
  layers: [
    {
      id: "input",
      type: "input",
      label: "inputs",
      units: 2,
      activation: null,
      inputs: [],
      shape: [2],
      nodes: ["input.a"],
      parameters: [],
    },
    {
      id: "hidden1",
      type: "dense",
      label: "hidden1",
      units: 3,
      activation: "tanh",
      inputs: ["input"],
      shape: [3],
      nodes: ["hidden1.z", "hidden1.a"],
      parameters: [
        { name: "hidden1.W", shape: [2, 3] },
        { name: "hidden1.b", shape: [3] },
      ],
    },
    {
      id: "output",
      type: "dense",
      label: "output",
      units: 1,
      activation: "sigmoid",
      inputs: ["hidden1"],
      shape: [1],
      nodes: ["output.z", "output.a"],
      parameters: [
        { name: "output.W", shape: [3, 1] },
        { name: "output.b", shape: [1] },
      ],
    },
  ],
  output: "output.a",
  loss: { type: "binary_cross_entropy", formula: "L" },
  parameter_count: 13,
});

export const SPEC = Object.freeze({
  name: "Apples vs oranges",
  seed: 7,
  dtype: "float32",
  dataset: { name: "fruit", varieties: "all", features: ["width", "color_score"], test_fraction: 0.25 },
  layers: [
    { id: "hidden1", type: "dense", units: 3, activation: "tanh" },
    { id: "output", type: "dense", units: 1, activation: "sigmoid" },
  ],
  loss: { type: "binary_cross_entropy" },
  optimizer: { type: "adam", learning_rate: 0.05, beta1: 0.9, beta2: 0.999 },
  regularization: { l1: 0, l2: 0, include_biases: false },
  batch_size: 8,
});

export const CALLS = Object.freeze(
  [
    ["forward", "hidden1.z", "forward"],
    ["forward", "output.a", "forward"],
    ["loss", "loss", "loss"],
    ["backward", "output.W", "vjp"],
    ["update", "delta", "delta"],
    ["update", "update", "apply"],
  ].map(([phase, node, kind], index) => ({
    index,
    phase,
    node,
    kind,
    layer: node.split(".")[0],
    op: kind,
    label: node,
    formula: "",
  })),
);

export const DATASET = Object.freeze({
  name: "fruit",
  task: "classification",
  columns: ["mass", "width", "height", "color_score"],
  features: ["width", "color_score"],
  classes: ["orange", "apple"],
  target_name: "fruit",
  plot: { x: "width", y: "color_score" },
  train: {
    raw: [
      [150, 7, 7, 0.5],
      [160, 8, 7, 0.9],
    ],
    targets: [0, 1],
    count: 2,
  },
  test: { raw: [[155, 7.5, 7, 0.7]], targets: [1], count: 1 },
});

export function snapshot(extra = {}) {
  return {
    type: "snapshot",
    session: "s1",
    id: "s1",
    role: "owner",
    cursor: POSITION,
    mode: "paused",
    spec: SPEC,
    graph: GRAPH,
    calls: CALLS,
    dataset: DATASET,
    metrics: METRICS,
    history: { step: [0], train_loss: [0.7], test_loss: [null], train_accuracy: [0.5], test_accuracy: [null] },
    parameter_count: 13,
    kept: [[0, 0]],
    warnings: [],
    limits: {},
    ...extra,
  };
}

/** A store that has heard this snapshot. */
export function begun(extra = {}) {
  const store = createStore();
  store.access.value = { id: "s1", token: "t", viewerToken: "v", role: "owner" };
  applyEvent(store, snapshot(extra));
  return store;
}

export function frame(extra = {}) {
  return {
    seq: 1,
    cursor: POSITION,
    mode: "paused",
    ran: null,
    sentence: "",
    metrics: METRICS,
    example: { example: 0, row: 0, in_batch: true, inputs: [], target: [1], label: "apple" },
    tensors: new Map(),
    ...extra,
  };
}
