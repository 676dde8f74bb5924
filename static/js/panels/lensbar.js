/**
 * Over the stage: enlarge the map that is selected; from there to the neighbouring maps, and back to the network.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { lensOf } from "../state/lens.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";

/** @param {Store} store @param {Actions} actions */
export function lensBar(store, actions) {
  return follow(el("div", { class: "lens-bar" }), () => {
    const lens = store.lens.value;
    if (lens) return enlarged(store, actions, lens);
    const wanted = lensOf(store.selection.value);
    return wanted
      ? [button("enlarge", say("stage.enlarge"), say("stage.enlarge.title"), () => actions.enlarge(wanted))]
      : [];
  });
}

/** @param {Store} store @param {Actions} actions @param {import("../types.js").Lens} lens */
function enlarged(store, actions, { layer, map }) {
  const [maps = 1] = store.graph.value?.layers.find(({ id }) => id === layer)?.shape ?? [];
  /** @param {string} sign @param {string} title @param {number} by */
  const turn = (sign, title, by) => {
    const to = map + by;
    const node = button(`lens-${sign}`, sign, title, () => move(store, actions, layer, to));
    node.disabled = to < 0 || to >= maps;
    return node;
  };
  return [
    button("lens-back", say("stage.network"), say("stage.network.title"), () => actions.enlarge(null)),
    turn("‹", say("stage.before"), -1),
    el("span", { class: "mono lens-name" }, maps > 1 ? `${layer} ${map + 1} / ${maps}` : layer),
    turn("›", say("stage.next"), 1),
  ];
}

/** The same place of another map, if a place is selected. @param {Store} store @param {Actions} actions @param {string} layer @param {number} map */
function move(store, actions, layer, map) {
  const selection = store.selection.value;
  if (selection?.kind === "pixel" && selection.layer === layer) actions.select({ ...selection, map });
  actions.enlarge({ layer, map });
}

/** @param {string} id @param {string} words @param {string} title @param {() => void} act */
function button(id, words, title, act) {
  return el("button", { class: "btn", type: "button", id, title, on: { click: act } }, words);
}
