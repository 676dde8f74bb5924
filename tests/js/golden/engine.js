// A small network in plain JavaScript that makes frames with true numbers: what the stage is tested and looked at with.
// Layers: input, dense (tanh, relu, linear, sigmoid, softmax), add, concat, dropout. Losses: fused with the output.

const ACTIVATIONS = {
  tanh: { f: Math.tanh, d: (a) => 1 - a * a },
  relu: { f: (z) => Math.max(0, z), d: (a) => (a > 0 ? 1 : 0) },
  linear: { f: (z) => z, d: () => 1 },
  sigmoid: { f: (z) => 1 / (1 + Math.exp(-z)), d: (a) => a * (1 - a) },
};

/** A generator of numbers between 0 and 1 that is the same every time. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

const normal = (next) => next() + next() + next() + next() + next() + next() - 3;

export class Network {
  /**
   * @param {object[]} layers {id, type, units, activation, inputs, rate}
   * @param {{ seed?: number, rows?: number, rate?: number, spread?: number }} options
   */
  constructor(layers, { seed = 7, rows = 8, rate = 0.8, spread = 1.4, features = [], classes = [] } = {}) {
    this.random = random(seed);
    this.rate = rate;
    this.features = features;
    this.classes = classes;
    this.layers = layers.map((layer, index) => ({ inputs: index ? [layers[index - 1].id] : [], ...layer }));
    this.byId = new Map(this.layers.map((layer) => [layer.id, layer]));
    for (const layer of this.layers) layer.units ??= this.unitsOf(layer);
    this.output = this.layers.at(-1);
    this.parameters = new Map();
    for (const layer of this.layers) if (layer.type === "dense") this.initialise(layer, spread);
    this.x = Array.from({ length: rows }, () =>
      Array.from({ length: this.layers[0].units }, () => normal(this.random)),
    );
    this.targets = this.x.map((row) => this.targetOf(row));
    this.calls = this.listCalls();
    this.step = 0;
    this.op = 0;
    this.clear();
  }

  unitsOf({ inputs, type }) {
    const sizes = inputs.map((id) => this.byId.get(id).units);
    return type === "concat" ? sizes.reduce((sum, size) => sum + size, 0) : sizes[0];
  }

  initialise({ id, units, inputs }, spread) {
    const rows = this.byId.get(inputs[0]).units;
    const scale = spread / Math.sqrt(rows);
    this.parameters.set(`${id}.W`, {
      shape: [rows, units],
      data: Array.from({ length: rows * units }, () => scale * normal(this.random)),
    });
    this.parameters.set(`${id}.b`, {
      shape: [units],
      data: Array.from({ length: units }, () => 0.4 * normal(this.random)),
    });
  }

  targetOf(row) {
    const { units, activation } = this.output;
    if (units === 1) return [activation === "linear" ? row[0] - (row[1] ?? 0) : Number(row[0] * (row[1] ?? 1) > 0)];
    const hot = Math.floor(this.random() * units);
    return Array.from({ length: units }, (_, index) => Number(index === hot));
  }

  clear() {
    this.values = new Map();
    this.gradients = new Map();
    this.deltas = new Map();
  }

  listCalls() {
    const calls = [];
    const add = (phase, layer, node, kind, op = "dense", label = node) =>
      calls.push({ index: calls.length, phase, layer, node, op, label, formula: "", kind });
    for (const { id, type, activation } of this.layers) {
      if (type === "dropout") add("forward", id, `${id}.mask`, "forward", "dropout_mask");
      if (type === "dense") add("forward", id, `${id}.z`, "forward");
      add("forward", id, `${id}.a`, "forward", type === "dense" ? activation : type);
    }
    add("loss", "loss", "loss", "loss");
    add("backward", "loss", `${this.output.id}.z`, "vjp");
    for (const { id, type, inputs, activation } of [...this.layers].reverse()) {
      if (type === "input") continue;
      if (type === "dense" && id !== this.output.id) add("backward", id, `${id}.z`, "vjp", activation);
      if (type === "dense") for (const name of ["W", "b"]) add("backward", id, `${id}.${name}`, "vjp");
      for (const input of inputs) if (input !== this.layers[0].id) add("backward", id, `${input}.a`, "vjp", type);
    }
    add("update", "update", "update", "delta", "sgd", "delta");
    add("update", "update", "update", "apply", "sgd", "update");
    for (const call of calls) if (call.kind === "vjp") call.label = `d ${call.node}`;
    return calls;
  }

  /** Run the next call. */
  next() {
    if (this.op === 0) this.clear();
    const call = this.calls[this.op];
    this.run(call);
    this.op = (this.op + 1) % this.calls.length;
    if (this.op === 0) this.step += 1;
    return call;
  }

  run({ kind, node, layer }) {
    const [id, part] = node.split(".");
    if (kind === "forward") this.values.set(node, this.valueOf(this.byId.get(id), part));
    else if (kind === "loss") this.values.set("loss", this.lossOf());
    else if (kind === "vjp") this.backward(node, layer, part);
    else this.update(kind);
  }

  valueOf(layer, part) {
    const { id, type, inputs, activation } = layer;
    const read = inputs.map((input) => this.values.get(`${input}.a`));
    if (type === "input") return this.x;
    if (part === "mask")
      return this.x.map(() =>
        Array.from({ length: layer.units }, () => (this.random() < layer.rate ? 0 : 1 / (1 - layer.rate))),
      );
    if (part === "z") return read[0].map((row) => this.affine(id, row));
    if (type === "dense") return this.values.get(`${id}.z`).map((row) => activate(activation, row));
    if (type === "add") return read[0].map((row, n) => row.map((value, j) => value + read[1][n][j]));
    if (type === "concat") return read[0].map((row, n) => [...row, ...read[1][n]]);
    return read[0].map((row, n) => row.map((value, j) => value * this.values.get(`${id}.mask`)[n][j]));
  }

  affine(id, row) {
    const { data, shape } = this.parameters.get(`${id}.W`);
    const b = this.parameters.get(`${id}.b`).data;
    return b.map((bias, j) => row.reduce((sum, x, i) => sum + x * data[i * shape[1] + j], bias));
  }

  lossOf() {
    const a = this.values.get(`${this.output.id}.a`);
    this.each = a.map((row, n) => row.reduce((sum, p, j) => sum + this.lossAt(p, this.targets[n][j]), 0));
    return this.each.reduce((sum, loss) => sum + loss, 0) / a.length;
  }

  lossAt(p, t) {
    if (this.output.activation === "linear") return (p - t) ** 2;
    if (this.output.activation === "softmax") return t ? -Math.log(p) : 0;
    return -(t * Math.log(p) + (1 - t) * Math.log(1 - p));
  }

  backward(node, layer, part) {
    const { gradients, values, parameters } = this;
    if (layer === "loss") {
      const k = this.output.activation === "linear" ? 2 : 1;
      const a = values.get(`${this.output.id}.a`);
      gradients.set(
        node,
        a.map((row, n) => row.map((p, j) => (k * (p - this.targets[n][j])) / a.length)),
      );
      return;
    }
    const { type, activation, inputs } = this.byId.get(layer);
    const dz = gradients.get(`${layer}.${type === "dense" ? "z" : "a"}`);
    if (part === "z") {
      const a = values.get(`${layer}.a`);
      gradients.set(
        node,
        gradients.get(`${layer}.a`).map((row, n) => row.map((da, j) => da * ACTIVATIONS[activation].d(a[n][j]))),
      );
    } else if (part === "W") {
      const x = values.get(`${inputs[0]}.a`);
      const [rows, columns] = parameters.get(node).shape;
      gradients.set(
        node,
        Array.from({ length: rows * columns }, (_, k) =>
          dz.reduce((sum, row, n) => sum + x[n][Math.floor(k / columns)] * row[k % columns], 0),
        ),
      );
    } else if (part === "b")
      gradients.set(
        node,
        dz[0].map((_, j) => dz.reduce((sum, row) => sum + row[j], 0)),
      );
    else this.add(node, this.back(layer, node.split(".")[0], dz));
  }

  /** The gradient that a layer hands on to one that it reads. */
  back(layer, source, dy) {
    const { type, inputs } = this.byId.get(layer);
    if (type === "add") return dy;
    if (type === "dropout") return dy.map((row, n) => row.map((d, j) => d * this.values.get(`${layer}.mask`)[n][j]));
    const size = this.byId.get(source).units;
    if (type === "concat") {
      const from = source === inputs[0] ? 0 : this.byId.get(inputs[0]).units;
      return dy.map((row) => row.slice(from, from + size));
    }
    const { data, shape } = this.parameters.get(`${layer}.W`);
    return dy.map((row) =>
      Array.from({ length: size }, (_, i) => row.reduce((sum, d, j) => sum + d * data[i * shape[1] + j], 0)),
    );
  }

  add(node, rows) {
    const known = this.gradients.get(node);
    this.gradients.set(node, known ? known.map((row, n) => row.map((d, j) => d + rows[n][j])) : rows);
  }

  update(kind) {
    for (const [name, { data }] of this.parameters) {
      if (kind === "delta")
        this.deltas.set(
          name,
          this.gradients.get(name).map((d) => -this.rate * d),
        );
      else for (const [k, delta] of this.deltas.get(name).entries()) data[k] += delta;
    }
  }

  /** Graph as the server describes it. */
  graph() {
    const layers = this.layers.map(({ id, type, units, activation = null, inputs }) => ({
      id,
      type,
      label: id,
      units,
      activation,
      inputs,
      shape: [units],
      nodes: type === "dense" ? [`${id}.z`, `${id}.a`] : [`${id}.a`],
      parameters: ["W", "b"].flatMap((p) => {
        const parameter = this.parameters.get(`${id}.${p}`);
        return parameter ? [{ name: `${id}.${p}`, shape: parameter.shape }] : [];
      }),
    }));
    const sizes = [...this.parameters.values()].map(({ data }) => data.length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return {
      layers,
      output: `${this.output.id}.a`,
      loss: { type: "binary_cross_entropy", formula: "" },
      parameter_count: total,
    };
  }
}

export function activate(name, row) {
  if (name !== "softmax") return row.map(ACTIVATIONS[name].f);
  const most = Math.max(...row);
  const powers = row.map((z) => Math.exp(z - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
