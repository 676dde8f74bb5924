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
/** A loss above it is no place to learn from, however well its gradient flows. */
const LOST = 1e4;
/** An update so many times as large as the weights has thrown them away. */
const JUMP = 10;

/** From this share of its units, of its numbers, a layer is called so. */
const MANY_DEAD = 1 / 4;
const MANY_SATURATED = 1 / 2;

/** @typedef {"unknown" | "healthy" | "vanishing" | "exploding" | "dead" | "saturated"} Kind */
/**
 * What is known of a layer's gradient; null is what is not computed, or does not exist.
 *
 * @typedef {Readonly<{
 *   layer: string, signal: number | null, weights: number | null, dead: number | null, units: number,
 *   saturated: number | null, jump?: number | null, lost?: boolean,
 * }>} Flow jump is how large the last update was beside the weights; lost, whether the loss is beyond all bounds
 */

/** @type {readonly Exclude<Kind, "unknown">[]} */
const KINDS = ["healthy", "vanishing", "exploding", "dead", "saturated"];
/** Beside the words, so that nothing is told by hue alone. @type {Record<Kind, string>} */
const SIGNS = { unknown: "·", healthy: "✓", vanishing: "↓", exploding: "↑", dead: "✕", saturated: "≈" };

/** @param {Store} store */
export function gradientsPanel(store) {
  const list = follow(el("ul", { class: "norms" }), () => {
    const metrics = store.metrics.value;
    return metrics ? bars(flowsOf(metrics, layersWithWeights(store), unitsOf(store))) : [];
  });
  const words = el(
    "p",
    { class: "say" },
    text(() => verdict(store.metrics.value, layersWithWeights(store), unitsOf(store))),
  );
  return section(say("gradients.title"), null, list, words, criteria());
}

/** By what each word is given. */
function criteria() {
  const rows = KINDS.toReversed().flatMap((kind) => [
    el("dt", null, `${SIGNS[kind]} ${say(`gradients.layer.${kind}`)}`),
    el("dd", null, say(`gradients.how.${kind}`)),
  ]);
  return el(
    "details",
    { class: "more" },
    el("summary", null, say("gradients.how")),
    el("dl", { class: "criteria" }, ...rows),
  );
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

/** Units of a layer, filters where it has maps. @param {Store} store @returns {ReadonlyMap<string, number>} */
function unitsOf(store) {
  const layers = store.graph.value?.layers ?? [];
  return new Map(layers.map(({ id, shape, units }) => [id, shape.length === 3 ? (shape[0] ?? units) : units]));
}

/** @param {Metrics} metrics @param {readonly string[]} layers @param {ReadonlyMap<string, number>} units @returns {readonly Flow[]} */
function flowsOf(metrics, layers, units) {
  return layers.map((layer) => ({
    layer,
    signal: metrics.signal_norms?.[layer] ?? null,
    weights: metrics.gradient_norms?.[layer] ?? null,
    dead: metrics.dead_units?.[layer] ?? null,
    units: units.get(layer) ?? 0,
    saturated: metrics.saturated?.[layer] ?? null,
    jump: metrics.update_ratio?.[layer] ?? null,
    lost: isLost(metrics),
  }));
}

/** Of the batch, or of all examples after its update. @param {Metrics} metrics */
function isLost({ loss, train_loss }) {
  return Number(loss) > LOST || Number(train_loss) > LOST;
}

/**
 * How the gradient fares at a layer: what of it arrives comes first, what its units make of it second.
 *
 * @param {Flow} flow
 * @param {number | null} nearest what arrives at the layer that is nearest to the loss
 * @returns {Kind}
 */
export function kindOf({ signal, weights, dead, units, saturated, jump, lost }, nearest) {
  if (signal === null || nearest === null) return "unknown";
  if (lost || Number(jump) > JUMP) return "exploding";
  if (Number(weights) > HUGE || signal > FAR_APART * nearest) return "exploding";
  if (signal * FAR_APART < nearest || signal === 0) return "vanishing";
  if (units && Number(dead) >= MANY_DEAD * units) return "dead";
  return Number(saturated) >= MANY_SATURATED ? "saturated" : "healthy";
}

/** @param {readonly Flow[]} flows from the output to the inputs */
function bars(flows) {
  const largest = Math.max(...flows.map(({ signal }) => signal ?? 0));
  return flows.map((flow) => bar(flow, largest, kindOf(flow, flows[0]?.signal ?? null)));
}

/**
 * @param {Flow} flow
 * @param {number} largest of what arrives at any layer
 * @param {Kind} kind
 */
function bar({ layer, signal, weights, dead, saturated }, largest, kind) {
  const fill = el("i", { class: signal === null ? "fill unknown" : "fill" });
  fill.style.width = signal === null ? "100%" : `${100 * share(signal, largest)}%`;
  const moved = weights === null ? "" : ` · ‖dW‖ ${number(weights, 3)}`;
  const note = signal === null ? "" : `‖dz‖ ${number(signal, 3)}${moved}`;
  const silent = dead
    ? el("span", { class: "dead", title: say("gradients.dead.title") }, ` · ${say("gradients.dead", counted(dead))}`)
    : null;
  const flat = saturated ? ` · ${say("gradients.saturated", { share: percent(saturated) })}` : null;
  return el(
    "li",
    null,
    el("span", { class: "who", title: layer }, layer),
    el("span", { class: "track" }, fill),
    el("span", { class: `judged ${kind}` }, `${SIGNS[kind]} ${say(`gradients.layer.${kind}`)}`),
    el("span", { class: "note mono" }, note, silent, flat),
  );
}

/** @param {number} part */
function percent(part) {
  return part < 0.005 ? "< 1 %" : `${Math.round(100 * part)} %`;
}

/** Three powers of ten fit into the bar. @param {number} norm @param {number} largest */
export function share(norm, largest) {
  if (norm <= 0 || largest <= 0) return 0;
  return Math.max(0.02, 1 + Math.log10(norm / largest) / 3);
}

/**
 * @param {Metrics | null} metrics
 * @param {readonly string[]} layers from the output to the inputs
 * @param {ReadonlyMap<string, number>} [units]
 * @returns {string}
 */
export function verdict(metrics, layers, units = new Map()) {
  const norms = layers.map((layer) => metrics?.gradient_norms?.[layer] ?? null);
  const known = norms.filter((norm) => norm !== null);
  if (!known.length) return say("gradients.none");
  if (known.length < norms.length) return say("gradients.coming");
  const signals = layers.map((layer, at) => metrics?.signal_norms?.[layer] ?? norms[at] ?? 0);
  const [first = 0, last = 0] = [signals[0], signals.at(-1)];
  if (known.some((norm) => !Number.isFinite(Number(norm)))) return say("gradients.exploded");
  if (Math.max(...known) > HUGE) return say("gradients.exploding");
  if (metrics && isLost(metrics)) return say("gradients.lost", { loss: number(metrics.train_loss ?? metrics.loss, 2) });
  const jump = Math.max(...layers.map((layer) => metrics?.update_ratio?.[layer] ?? 0));
  if (jump > JUMP) return say("gradients.jumping", { times: number(jump, 2) });
  if (Math.max(...known) < TINY) return say("gradients.flat");
  if (known.length > 1 && last === 0) return say("gradients.vanished", { layer: layers.at(-1) ?? "" });
  const ends = { far: layers.at(-1) ?? "", near: layers[0] ?? "" };
  if (known.length > 1 && first / last > FAR_APART)
    return say("gradients.vanishing", { ...ends, times: number(first / last, 2) });
  if (known.length > 1 && last / first > FAR_APART)
    return say("gradients.growing", { ...ends, times: number(last / first, 2) });
  const worst = metrics && obstacle(flowsOf(metrics, layers, units));
  if (worst) return worst;
  if (known.length === 1) return say("gradients.one");
  return say("gradients.healthy");
}

/** The first layer, from the loss on, whose units let hardly anything through. @param {readonly Flow[]} flows */
function obstacle(flows) {
  const nearest = flows[0]?.signal ?? null;
  for (const flow of flows) {
    const kind = kindOf(flow, nearest);
    const { layer, units, dead, saturated } = flow;
    if (kind === "dead") return say("gradients.some.dead", { layer, units, ...counted(dead ?? 0) });
    if (kind === "saturated") return say("gradients.some.saturated", { layer, share: percent(saturated ?? 0) });
  }
  return null;
}
