/**
 * How much gradient reaches each layer, and what that means, in words.
 *
 * @import { Metrics } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { say } from "../words/say.js";
import { el, follow, section, text } from "./dom.js";
import { counted, number } from "./format.js";

const FAR_APART = 100;
const HUGE = 100;
const TINY = 1e-7;

/** @param {Store} store */
export function gradientsPanel(store) {
  const list = follow(el("ul", { class: "norms" }), () => {
    const metrics = store.metrics.value;
    return metrics ? bars(metrics, layersWithWeights(store)) : [];
  });
  const words = el(
    "p",
    { class: "say" },
    text(() => verdict(store.metrics.value, layersWithWeights(store))),
  );
  return section(say("gradients.title"), null, list, words);
}

/** From the output to the inputs: the way that gradients go. @param {Store} store @returns {readonly string[]} */
function layersWithWeights(store) {
  const layers = store.graph.value?.layers ?? [];
  const frozen = store.spec.value?.layers.filter(({ trainable }) => trainable === false).map(({ id }) => id) ?? [];
  return layers
    .filter(({ id, parameters }) => parameters.length && !frozen.includes(id))
    .map(({ id }) => id)
    .reverse();
}

/** @param {Metrics} metrics @param {readonly string[]} layers */
function bars(metrics, layers) {
  const signals = layers.map((layer) => metrics.signal_norms?.[layer] ?? null);
  const largest = Math.max(...signals.map((norm) => norm ?? 0));
  return layers.map((layer, at) =>
    bar(layer, signals[at] ?? null, largest, {
      weights: metrics.gradient_norms?.[layer] ?? null,
      dead: metrics.dead_units?.[layer] ?? null,
    }),
  );
}

/**
 * @param {string} layer
 * @param {number | null} norm of what arrives at the layer
 * @param {number} largest
 * @param {{ weights: number | null, dead: number | null }} more
 */
function bar(layer, norm, largest, { weights, dead }) {
  const fill = el("i", { class: norm === null ? "fill unknown" : "fill" });
  fill.style.width = norm === null ? "100%" : `${100 * share(norm, largest)}%`;
  const moved = weights === null ? "" : ` · ‖dW‖ ${number(weights, 3)}`;
  const note = norm === null ? say("numbers.missing") : `‖dz‖ ${number(norm, 3)}${moved}`;
  const silent = dead
    ? el("span", { class: "dead", title: say("gradients.dead.title") }, ` · ${say("gradients.dead", counted(dead))}`)
    : null;
  return el(
    "li",
    null,
    el("span", { class: "who", title: layer }, layer),
    el("span", { class: "track" }, fill),
    el("span", { class: "note mono" }, note, silent),
  );
}

/** Three powers of ten fit into the bar. @param {number} norm @param {number} largest */
export function share(norm, largest) {
  if (norm <= 0 || largest <= 0) return 0;
  return Math.max(0.02, 1 + Math.log10(norm / largest) / 3);
}

/**
 * @param {Metrics | null} metrics
 * @param {readonly string[]} layers from the output to the inputs
 * @returns {string}
 */
export function verdict(metrics, layers) {
  const norms = layers.map((layer) => metrics?.gradient_norms?.[layer] ?? null);
  const known = norms.filter((norm) => norm !== null);
  if (!known.length) return say("gradients.none");
  if (known.length < norms.length) return say("gradients.coming");
  const signals = layers.map((layer, at) => metrics?.signal_norms?.[layer] ?? norms[at] ?? 0);
  const [first = 0, last = 0] = [signals[0], signals.at(-1)];
  if (known.some((norm) => !Number.isFinite(Number(norm)))) return say("gradients.exploded");
  if (Math.max(...known) > HUGE) return say("gradients.exploding");
  if (Math.max(...known) < TINY) return say("gradients.flat");
  if (known.length > 1 && last === 0) return say("gradients.vanished", { layer: layers.at(-1) ?? "" });
  const ends = { far: layers.at(-1) ?? "", near: layers[0] ?? "" };
  if (known.length > 1 && first / last > FAR_APART)
    return say("gradients.vanishing", { ...ends, times: number(first / last, 2) });
  if (known.length > 1 && last / first > FAR_APART)
    return say("gradients.growing", { ...ends, times: number(last / first, 2) });
  if (known.length === 1) return say("gradients.one");
  return say("gradients.healthy");
}
