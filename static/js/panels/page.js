/**
 * Which panel stands where.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed } from "@preact/signals-core";
import { LOOK } from "../state/address.js";
import { hasWay, matrixLayers, pictureOf, translates, writes } from "../state/contents.js";
import { say } from "../words/say.js";
import { lossPanel } from "./charts.js";
import { control, isHidden } from "./controls.js";
import { dataPanel } from "./data.js";
import { dialogs } from "./dialogs.js";
import { el, follow } from "./dom.js";
import { drawer } from "./drawer.js";
import { gradientsPanel } from "./gradients.js";
import { header } from "./header.js";
import { helped } from "./helped.js";
import { inspector } from "./inspector.js";
import { layersBar } from "./layers.js";
import { lazily } from "./lazily.js";
import { connectionBanner, divergedBanner, progress, toasts, warnings } from "./notices.js";
import { outputPanel } from "./output.js";
import { stages } from "./stages.js";
import { trainingPanel } from "./training.js";
import { transport } from "./transport.js";
import { tryPanel } from "./try.js";

const openOut = lazily(() => import("./openout.js"));
const throughTime = lazily(() => import("./throughtime.js"));
const matrices = lazily(() => import("./matrices.js"));
const picture = lazily(() => import("./picture.js"));
const tune = lazily(() => import("./tune.js"));
const translate = lazily(() => import("./translate.js"));

/**
 * A panel that is there for some networks only; while it is hidden, it is not even made.
 *
 * @param {import("./controls.js").Control} name
 * @param {() => boolean} wanted
 * @param {() => HTMLElement | null | undefined} panel
 */
function when(name, wanted, panel) {
  const shown = computed(wanted);
  const box = control(name, el("div", { class: "sometimes" }));
  return isHidden(name) ? box : follow(box, () => (shown.value ? [panel()] : []));
}

/**
 * @param {Store} store
 * @param {Actions & { begin: (from?: string | File) => unknown, fork: () => unknown }} actions
 * @param {import("./stage.js").CreateStage} createStage
 * @param {readonly import("./commands.js").Command[]} commands
 * @returns {HTMLElement[]}
 */
export function buildPage(store, actions, createStage, commands) {
  const left = el(
    "aside",
    { class: "column left", attributes: { "aria-label": say("header.left") } },
    control("data", helped("data", dataPanel(store, actions))),
    control("training", helped("training", trainingPanel(store, actions))),
    control("loss", helped("loss", lossPanel(store, actions))),
    control("gradients", helped("gradients", gradientsPanel(store))),
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
  );
  const middle = el(
    "main",
    { class: "middle" },
    layersBar(store, actions),
    warnings(store),
    divergedBanner(store, actions),
    stages(store, actions, createStage),
    LOOK.embedded && follow(el("div", { class: "sometimes" }), () => [openOut.now()?.openOut(store)]),
    transport(store, actions),
    drawer(store, actions),
  );
  const right = el(
    "aside",
    { class: "column right", attributes: { "aria-label": say("header.right") } },
    when(
      "picture",
      () => pictureOf(store.graph.value) !== null,
      () => picture.now()?.picturePanel(store),
    ),
    control("output", helped("output", outputPanel(store, actions))),
    control("try", helped("try", tryPanel(store, actions))),
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
    control("inspector", helped("inspector", inspector(store, actions))),
  );
  return [
    progress(store),
    header(store, actions),
    connectionBanner(store, actions),
    left,
    middle,
    right,
    toasts(store),
    ...dialogs(store, actions, commands),
  ];
}
