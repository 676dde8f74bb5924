/**
 * The keys of a line of time; the loss curve and the timeline have the same ones.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { placeByKey } from "../layout/timeline.js";

const NEARER = 0.5;

/**
 * @param {HTMLElement} node
 * @param {Store} store
 * @param {Actions} actions
 * @param {{ zoom: (factor: number) => void }} view
 */
export function timeKeys(node, store, actions, { zoom }) {
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = zoomOf(event.key, store, zoom) ?? moveOf(event, store, actions);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** @param {string} key @param {Store} store @param {(factor: number) => void} zoom */
function zoomOf(key, store, zoom) {
  if (key === "+" || key === "=") return () => zoom(NEARER);
  if (key === "-") return () => zoom(1 / NEARER);
  if (key !== "0") return null;
  return () => {
    store.span.value = null;
  };
}

/** @param {KeyboardEvent} event @param {Store} store @param {Actions} actions */
function moveOf(event, store, actions) {
  const line = store.timeline.peek();
  if (!line || !store.owner.peek()) return null;
  const now = { line, place: store.position.peek(), calls: store.calls.peek() };
  const place = placeByKey(event.key, event.shiftKey, now);
  return place && (() => actions.scrub(place.step, place.op));
}
