/**
 * What the frames of this page shall carry in full, where it is too much to carry all of everything.
 *
 * @import { Store } from "./store.js"
 */

import { namesOfLens } from "./lens.js";

/** The server takes no more names than this, and larger matrices would leave nothing for the others. */
const MOST = 16;
const LARGEST = 20_000;

/** @param {Store} store @returns {readonly string[]} */
export function namesInFull(store) {
  const selection = store.selection.value;
  const weights = selection && "layer" in selection ? [`${selection.layer}.W`] : [];
  const names = [
    ...weights.filter((name) => parameterNames(store).includes(name)),
    ...namesOfLens(store.lens.value, store.graph.value),
    ...pictures(store),
    ...(selection?.kind === "step" ? [selection.key] : []),
    ...namesLookedAt(store),
  ];
  return [...new Set(names)].slice(0, MOST);
}

/** Of layers that one is near to: their weights, as far as a frame holds them, and their units. @param {Store} store @returns {readonly string[]} */
function namesLookedAt(store) {
  const layers = (store.graph.value?.layers ?? []).filter(({ id }) => store.looked.value.layers.includes(id));
  return layers.flatMap(({ parameters, nodes }) => {
    const small = parameters.filter(({ shape }) => shape.reduce((size, n) => size * n, 1) <= LARGEST);
    return [...small.map(({ name }) => name), ...nodes];
  });
}

/** Pictures that learn: they are drawn pixel by pixel. @param {Store} store @returns {readonly string[]} */
function pictures(store) {
  const layers = store.graph.value?.layers ?? [];
  return layers.filter(({ type }) => type === "pixels").map(({ id }) => `${id}.image`);
}

/** @param {Store} store @returns {readonly string[]} */
function parameterNames(store) {
  return store.graph.value?.layers.flatMap((layer) => layer.parameters.map(({ name }) => name)) ?? [];
}
