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
  return section("Gradient by layer", null, list, words);
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
  const note = norm === null ? "not computed" : `‖dz‖ ${number(norm, 3)}${moved}`;
  const silent = dead
    ? el(
        "span",
        { class: "dead", title: "Their gradient is 0 for every example: they no longer learn" },
        ` · ${say("gradients.dead", counted(dead))}`,
      )
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
  if (!known.length) return "No gradient has flowed back yet.";
  if (known.length < norms.length) return "The gradient is on its way back.";
  const signals = layers.map((layer, at) => metrics?.signal_norms?.[layer] ?? norms[at] ?? 0);
  const [first = 0, last = 0] = [signals[0], signals.at(-1)];
  if (known.some((norm) => !Number.isFinite(Number(norm)))) return "Exploded: a gradient is no longer a number.";
  if (Math.max(...known) > HUGE)
    return "Exploding: the gradients are so large that the weights jump. Try a smaller learning rate, or clip.";
  if (Math.max(...known) < TINY) return "Almost flat: there is nothing left to learn here, or nothing gets through.";
  if (known.length > 1 && last === 0)
    return `Vanished: nothing of the loss reaches ${layers.at(-1)}. The units on the way are saturated or dead, or their weights are zero: begin again, with a smaller learning rate or other start values.`;
  if (known.length > 1 && first / last > FAR_APART)
    return `Vanishing: ${layers.at(-1)} hears ${number(first / last, 2)} times less than ${layers[0]}.`;
  if (known.length > 1 && last / first > FAR_APART)
    return `Growing backwards: ${layers.at(-1)} hears ${number(last / first, 2)} times more than ${layers[0]}.`;
  if (known.length === 1) return "One layer learns, and its gradient arrives at once.";
  return "Healthy: every layer hears the loss at about the same strength.";
}
