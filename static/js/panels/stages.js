/**
 * Where the network is drawn; of two runs both, side by side.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { classWhile, el, follow } from "./dom.js";
import { lazily } from "./lazily.js";
import { stagePanel } from "./stage.js";

const second = lazily(() => import("./beside.js"));

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {import("./stage.js").CreateStage} create
 */
export function stages(store, actions, create) {
  const strip = follow(el("div", { class: "runs-strip" }), () => {
    const beside = store.beside.value;
    return beside ? [second.now()?.strip(store, beside)] : [];
  });
  const other = follow(el("div", { class: "second" }), () => {
    const beside = store.beside.value;
    return beside ? [second.now()?.secondStage(beside, create)] : [];
  });
  const main = stagePanel(store, actions, create);
  main.append(
    follow(el("span", { class: "stage-name" }), () => [store.beside.value?.names.main ?? ""].filter(Boolean)),
  );
  const all = el("div", { class: "stages" }, strip, main, other);
  return classWhile(all, "two", () => store.beside.value !== null);
}
