/**
 * Words beside a wire that is pointed at: the weight, its gradient, and what a nudge would do to the loss, as the gradient says
 * and as it is measured. Whoever selects the wire by the keyboard reads the same in the inspector.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Selection } from "../types.js"
 * @import { EffectReply } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed } from "@preact/signals-core";
import { targetOf } from "../state/suppose.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { effectWords } from "./effects.js";
import { number, signed } from "./format.js";
import { watch } from "./lifetime.js";

/** Who only passes over a wire asks nothing. */
const REST_MS = 160;
const [ASIDE, BELOW] = [16, 20];

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {Readonly<{ canvas: HTMLCanvasElement, hovered: Signal<Selection | null>, at: Readonly<{ x: number, y: number }> }>} pointed at: where the pointer is
 */
export function wireHint(store, actions, { canvas, hovered, at }) {
  const [first, second] = [el("b", { class: "mono" }), el("span", { class: "mono" })];
  const hint = el("div", { class: "wire-hint", id: "wire-hint", hidden: true }, first, second);
  canvas.addEventListener("pointermove", () => {
    if (!hint.hidden) place(hint, canvas, at);
  });
  const target = computed(() => {
    const found = store.playing.value ? null : targetOf(hovered.value, store.graph.value);
    return found && "parameter" in found ? JSON.stringify(found) : null;
  });
  /** @param {EffectReply} found */
  const show = (found) => {
    first.textContent = headOf(found);
    second.textContent = effectWords(found);
    hint.hidden = false;
    place(hint, canvas, at);
  };
  watch(() => {
    void store.frame.value;
    hint.hidden = true;
    const about = target.value;
    if (about === null) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      actions.effect(JSON.parse(about), abort.signal).then(
        (found) => {
          if (!abort.signal.aborted) show(found);
        },
        () => {},
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
  return hint;
}

/** W 0.42 · dL/dw +0.31 @param {EffectReply} found */
function headOf({ parameter, value, gradient }) {
  const name = parameter.slice(parameter.lastIndexOf(".") + 1);
  const weight = say("whatif.weight", { name, value: number(value) });
  return `${weight} · ${say("whatif.slope", { gradient: signed(gradient, 3) })}`;
}

/** Right of the pointer and below it, or left and above where there is no room. @param {HTMLElement} hint @param {HTMLElement} canvas @param {{ x: number, y: number }} at */
function place(hint, canvas, { x, y }) {
  const { offsetWidth: width, offsetHeight: height } = hint;
  const left = x + ASIDE + width > canvas.clientWidth ? x - ASIDE - width : x + ASIDE;
  const top = y + BELOW + height > canvas.clientHeight ? y - BELOW - height : y + BELOW;
  hint.style.left = `${Math.max(4, left)}px`;
  hint.style.top = `${Math.max(4, top)}px`;
}
