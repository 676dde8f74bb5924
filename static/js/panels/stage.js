/**
 * The place where the stage stands: it tells the drawing what to show and turns clicks into selections.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { effect } from "@preact/signals-core";
import { el } from "./dom.js";

/** @typedef {(canvas: HTMLCanvasElement, options: any) => any} CreateStage see draw/stage.js */

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {CreateStage} createStage
 */
export function stagePanel(store, actions, createStage) {
  const canvas = el("canvas", { class: "stage-canvas", tabIndex: 0, id: "stage" });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", "The network");
  const box = el("section", { class: "stage", attributes: { "aria-label": "The network at work" } }, canvas);
  queueMicrotask(() => start(store, actions, createStage, canvas));
  return box;
}

/** @param {Store} store @param {Actions} actions @param {CreateStage} createStage @param {HTMLCanvasElement} canvas */
function start(store, actions, createStage, canvas) {
  const stage = createStage(canvas, { onSelect: actions.select });
  effect(() => stage.setGraph(store.graph.value, store.dataset.value));
  effect(() => {
    const frame = store.frame.value;
    if (frame) stage.setFrame(frame, { animate: !store.playing.peek() });
  });
  effect(() => stage.setSelection(store.selection.value));
}
