/**
 * What stands around the stage: the layers above it, the panels beside it, the drawer below. It comes when there is something to see, one
 * panel after the other, so that the page answers in between.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Control } from "./controls.js"
 */

import { computed } from "@preact/signals-core";
import { breath } from "../state/begun.js";
import { hasWay, matrixLayers, pictureOf, translates, writes } from "../state/contents.js";
import { lossPanel } from "./charts.js";
import { control, isHidden } from "./controls.js";
import { dataPanel } from "./data.js";
import { el, follow } from "./dom.js";
import { drawer } from "./drawer.js";
import { gradientsPanel } from "./gradients.js";
import { helped } from "./helped.js";
import { inspector } from "./inspector.js";
import { layersStrip } from "./layers.js";
import { lazily } from "./lazily.js";
import { outputPanel } from "./output.js";
import { trainingPanel } from "./training.js";
import { tryPanel } from "./try.js";

const throughTime = lazily(() => import("./throughtime.js"));
const matrices = lazily(() => import("./matrices.js"));
const picture = lazily(() => import("./picture.js"));
const tune = lazily(() => import("./tune.js"));
const translate = lazily(() => import("./translate.js"));

/** @typedef {Actions & { begin: (from?: string | File) => unknown, fork: () => unknown }} Acts */

/**
 * @param {Store} store
 * @param {Acts} actions
 * @param {Readonly<{ bar: HTMLElement, below: HTMLElement, left: HTMLElement, right: HTMLElement }>} places
 */
export async function fillAround(store, actions, { bar, below, left, right }) {
  below.append(drawer(store, actions));
  bar.prepend(layersStrip(store, actions));
  await Promise.all([fill(right, rightPanels(store, actions)), fill(left, leftPanels(store, actions))]);
}

/** @param {HTMLElement} column @param {readonly (() => HTMLElement)[]} panels */
async function fill(column, panels) {
  for (const panel of panels) {
    await breath();
    column.append(panel());
  }
}

/** @param {Store} store @param {Acts} actions @returns {readonly (() => HTMLElement)[]} */
function leftPanels(store, actions) {
  return [
    () => control("data", helped("data", dataPanel(store, actions))),
    () => control("training", helped("training", trainingPanel(store, actions))),
    () => control("loss", helped("loss", lossPanel(store, actions))),
    () => control("gradients", helped("gradients", gradientsPanel(store))),
    when(
      "time",
      () => hasWay(store.graph.value),
      () => throughTime.now()?.throughTimePanel(store),
    ),
    when(
      "matrices",
      () => matrixLayers(store.graph.value).length > 0,
      () => matrices.now()?.matricesPanel(store, actions),
    ),
  ];
}

/** @param {Store} store @param {Acts} actions @returns {readonly (() => HTMLElement)[]} */
function rightPanels(store, actions) {
  return [
    when(
      "picture",
      () => pictureOf(store.graph.value) !== null,
      () => picture.now()?.picturePanel(store),
    ),
    () => control("output", helped("output", outputPanel(store, actions))),
    () => control("try", helped("try", tryPanel(store, actions))),
    when(
      "tune",
      () => writes(store.dataset.value),
      () => tune.now()?.tunePanel(store, actions),
    ),
    when(
      "translate",
      () => translates(store.dataset.value, store.graph.value),
      () => translate.now()?.translatePanel(store, actions),
    ),
    () => control("inspector", helped("inspector", inspector(store, actions))),
  ];
}

/**
 * A panel that is there for some networks only; while it is hidden, it is not even made.
 *
 * @param {Control} name
 * @param {() => boolean} wanted
 * @param {() => HTMLElement | null | undefined} panel
 * @returns {() => HTMLElement}
 */
function when(name, wanted, panel) {
  return () => {
    const shown = computed(wanted);
    const box = control(name, el("div", { class: "sometimes" }));
    return isHidden(name) ? box : follow(box, () => (shown.value ? [panel()] : []));
  };
}
