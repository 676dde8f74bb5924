/**
 * Which panel stands where.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { lossPanel } from "./charts.js";
import { dataPanel } from "./data.js";
import { el } from "./dom.js";
import { gradientsPanel } from "./gradients.js";
import { header } from "./header.js";
import { inspector } from "./inspector.js";
import { layersBar } from "./layers.js";
import { matricesPanel } from "./matrices.js";
import { connectionBanner, divergedBanner, progress, toasts, warnings } from "./notices.js";
import { outputPanel } from "./output.js";
import { picturePanel } from "./picture.js";
import { stagePanel } from "./stage.js";
import { throughTimePanel } from "./throughtime.js";
import { trainingPanel } from "./training.js";
import { transport } from "./transport.js";
import { tryPanel } from "./try.js";
import { tunePanel } from "./tune.js";

/**
 * @param {Store} store
 * @param {Actions & { begin: (from?: string | File) => unknown }} actions
 * @param {import("./stage.js").CreateStage} createStage
 * @returns {HTMLElement[]}
 */
export function buildPage(store, actions, createStage) {
  const left = el(
    "aside",
    { class: "column left", attributes: { "aria-label": "Data and training" } },
    dataPanel(store, actions),
    trainingPanel(store, actions),
    lossPanel(store),
    gradientsPanel(store),
    throughTimePanel(store),
    matricesPanel(store),
  );
  const middle = el(
    "main",
    { class: "middle" },
    layersBar(store, actions),
    warnings(store),
    divergedBanner(store, actions),
    stagePanel(store, actions, createStage),
    transport(store, actions),
  );
  const right = el(
    "aside",
    { class: "column right", attributes: { "aria-label": "Output and explanation" } },
    picturePanel(store),
    outputPanel(store, actions),
    tryPanel(store, actions),
    tunePanel(store, actions),
    inspector(store, actions),
  );
  return [
    progress(store),
    header(store, actions),
    connectionBanner(store, actions),
    left,
    middle,
    right,
    toasts(store),
  ];
}
