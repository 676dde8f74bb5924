/**
 * Words beside a wire that is pointed at: the weight, its gradient, and what a nudge would do to the loss, as the gradient says
 * and as it is measured. Whoever selects the wire by the keyboard reads the same in the inspector.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Point, Selection } from "../types.js"
 * @import { EffectReply } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed } from "@preact/signals-core";
import { quietPlace, taken } from "../layout/quiet.js";
import { targetOf } from "../state/suppose.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { effectWords } from "./effects.js";
import { number, signed } from "./format.js";
import { watch } from "./lifetime.js";

/** Who only passes over a wire asks nothing. */
const REST_MS = 160;

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {Readonly<{ canvas: HTMLCanvasElement, hovered: Signal<Selection | null>, at: Readonly<{ x: number, y: number }> }>} pointed at: where the pointer is
 */
export function wireHint(store, actions, { canvas, hovered, at }) {
  const [first, second] = [el("b", { class: "mono" }), el("span", { class: "mono" })];
  const hint = el("div", { class: "wire-hint", id: "wire-hint", hidden: true }, first, second);
  canvas.addEventListener("pointermove", () => {
    if (!hint.hidden && isOver(hint, at)) place(store, hint, canvas, at);
  });
  const target = computed(() => {
    const found = store.playing.value ? null : targetOf(hovered.value, store.graph.value);
    return found && "parameter" in found ? JSON.stringify(found) : null;
  });
  /** @param {EffectReply} found */
  const show = (found) => {
    [first.textContent, second.textContent] = wordsOf(found);
    hint.hidden = false;
    place(store, hint, canvas, at);
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

/**
 * W 0.42 · dL/dw +0.31; once the update has moved the weight, the gradient is that of the old one.
 *
 * @param {EffectReply} found
 * @returns {[string, string]}
 */
export function wordsOf(found) {
  const { parameter, value, present, gradient } = found;
  const name = parameter.slice(parameter.lastIndexOf(".") + 1);
  const weight = say("whatif.weight", { name, value: number(present) });
  const told = { gradient: signed(gradient, 3), used: number(value) };
  const slope = present === value ? say("whatif.slope", told) : say("whatif.slope.at", told);
  return [`${weight} · ${slope}`, effectWords(found)];
}

/** Beside the pointer, where it covers least of the network. @param {Store} store @param {HTMLElement} hint @param {HTMLCanvasElement} canvas @param {Point} at */
function place(store, hint, canvas, at) {
  const shown = store.stage.peek()?.placed();
  const size = { width: hint.offsetWidth, height: hint.offsetHeight };
  const view = { width: canvas.clientWidth, height: canvas.clientHeight };
  const { x, y } = quietPlace(at, size, view, shown ? taken(shown.layout, shown.camera) : []);
  hint.style.left = `${x}px`;
  hint.style.top = `${y}px`;
}

/** Whether the pointer has come upon it. @param {HTMLElement} hint @param {Point} at */
function isOver({ offsetLeft, offsetTop, offsetWidth, offsetHeight }, { x, y }) {
  return x > offsetLeft && x < offsetLeft + offsetWidth && y > offsetTop && y < offsetTop + offsetHeight;
}
