/**
 * What the frames of this page shall carry in full, where it is too much to carry all of everything.
 *
 * @import { Layer, Selection } from "../types.js"
 * @import { Store } from "./store.js"
 */

import { effect } from "@preact/signals-core";
import { namesOfLens } from "./lens.js";

/** The server takes no more names than this, and larger matrices would leave nothing for the others. */
const MOST = 16;
const LARGEST = 20_000;
/** What is merely selected does not make all else coarse: of more numbers the inspector alone knows the one. */
const LARGEST_SELECTED = 8192;
const QUANTITIES = ["", ":gradient", ":delta"];

/** @param {Store} store @returns {readonly string[]} */
export function namesInFull(store) {
  const selection = store.selection.value;
  const names = [
    ...namesSelected(selection, store.graph.value?.layers ?? []),
    ...namesOfLens(store.lens.value, store.graph.value),
    ...pictures(store),
    ...namesLookedAt(store),
  ];
  return [...new Set(names)].slice(0, MOST);
}

/**
 * Ask for frames anew when what is to be known in full has become something else and this frame has it coarsely.
 *
 * @param {Store} store
 * @param {() => void} watch
 * @returns {() => void} stop
 */
export function keepInFull(store, watch) {
  let [wanted, asked] = ["", false];
  return effect(() => {
    const names = namesInFull(store);
    const tensors = store.frame.value?.tensors;
    if (names.join() !== wanted) [wanted, asked] = [names.join(), false];
    if (asked || !names.some((name) => QUANTITIES.some((quantity) => tensors?.get(`${name}${quantity}`)?.summary)))
      return;
    asked = true;
    watch();
  });
}

/** What tells the numbers of the selection. @param {Selection | null} selection @param {readonly Layer[]} layers @returns {readonly string[]} */
function namesSelected(selection, layers) {
  if (!selection || selection.kind === "loss") return [];
  if (selection.kind === "step") return [selection.key];
  const layer = layers.find(({ id }) => id === selection.layer);
  const parameters = (layer?.parameters ?? []).filter(({ shape }) => sizeOf(shape) <= LARGEST_SELECTED);
  const nodes = sizeOf(layer?.shape ?? []) <= LARGEST_SELECTED ? (layer?.nodes ?? []) : [];
  const own = selection.kind === "unit" || selection.kind === "pixel" ? nodes : [];
  return [...parameters.map(({ name }) => name), ...own];
}

/** @param {readonly number[]} shape */
function sizeOf(shape) {
  return shape.reduce((size, n) => size * n, 1);
}

/** Of layers that one is near to: their weights, as far as a frame holds them, and their units. @param {Store} store @returns {readonly string[]} */
function namesLookedAt(store) {
  const layers = (store.graph.value?.layers ?? []).filter(({ id }) => store.looked.value.layers.includes(id));
  return layers.flatMap(({ parameters, nodes, blocks = [] }) => {
    const small = parameters.filter(({ shape }) => sizeOf(shape) <= LARGEST);
    const short = blocks.filter(({ steps, units }) => steps * units <= LARGEST_SELECTED);
    return [...short, ...small].map(({ name }) => name).concat(nodes);
  });
}

/** Pictures that learn: they are drawn pixel by pixel. @param {Store} store @returns {readonly string[]} */
function pictures(store) {
  const layers = store.graph.value?.layers ?? [];
  return layers.filter(({ type }) => type === "pixels").map(({ id }) => `${id}.image`);
}
