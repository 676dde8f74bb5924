// node benchmarks/convnetjs.mjs DIRECTORY LAYERS BATCH: microseconds that ConvNetJS takes for a training step.
// DIRECTORY holds its package.json, LAYERS are its own layer definitions as JSON. One number is printed: the best of
// several rounds, each of whole steps on noise.

import { createRequire } from "node:module";
import { resolve } from "node:path";

const ROUNDS = 5;
const ROUND_SECONDS = 0.5;

const [directory, layers, batch] = process.argv.slice(2);
const { Net, Trainer, Vol } = createRequire(import.meta.url)(resolve(directory));
const definitions = JSON.parse(layers);
const size = Number(batch);

const net = new Net();
net.makeLayers(definitions);
const trainer = new Trainer(net, { method: "sgd", learning_rate: 0.001, momentum: 0, batch_size: size });
const { out_sx, out_sy, out_depth } = definitions[0];
const examples = Array.from({ length: 10 * size }, () => {
  const image = new Vol(out_sx, out_sy, out_depth, 0);
  for (let i = 0; i < image.w.length; i++) image.w[i] = Math.random();
  return { image, label: Math.floor(10 * Math.random()) };
});

let next = 0;
const step = () => {
  for (let i = 0; i < size; i++) {
    const { image, label } = examples[next++ % examples.length];
    trainer.train(image, label);
  }
};

step();
let best = Number.POSITIVE_INFINITY;
for (let round = 0; round < ROUNDS; round++) {
  const start = performance.now();
  let steps = 0;
  do step(), steps++;
  while (performance.now() - start < 1000 * ROUND_SECONDS);
  best = Math.min(best, (1000 * (performance.now() - start)) / steps);
}
process.stdout.write(`${best}\n`);
