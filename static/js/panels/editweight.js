/**
 * The handle of the weight that is selected: dragged up or down it changes, and the engine answers with the loss of this very
 * batch. Alt and a drag do the same on the wire itself.
 *
 * @import { Bench } from "./editor.js"
 * @import { Drag } from "../state/dragging.js"
 */

import { toScreen } from "../layout/camera.js";
import { weightPlace } from "../layout/grips.js";
import { entryName } from "../state/names.js";
import { parameterOf } from "../state/select.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { drag } from "./editdrag.js";
import { number } from "./format.js";
import { watch } from "./lifetime.js";

/** How much a CSS pixel is. */
const PER_PIXEL = 0.01;
const STEPS = { ArrowUp: 0.05, ArrowDown: -0.05, ArrowRight: 0.05, ArrowLeft: -0.05, PageUp: 0.5, PageDown: -0.5 };
/** After so long without a key (ms), the next is another gesture. */
const PAUSE = 900;

/** @typedef {Readonly<{ name: string, index: readonly number[], value: number }>} Weight */

/** @param {Bench} bench */
export function weightGrip(bench) {
  const { store, actions, placed, canvas } = bench;
  const node = el("button", {
    class: "grip weight near",
    type: "button",
    id: "weight-grip",
    title: say("edit.weight.title"),
    hidden: true,
  });
  node.setAttribute("role", "slider");
  const chosen = () => weightOf(bench);
  /** @type {{ drag: Drag, before: Weight } | null} */
  let held = null;
  /** @type {{ of: string, end: () => void, drag: Drag, timer: ReturnType<typeof setTimeout> } | null} */
  let keyed = null;
  /** Before the last gesture, for a double click. @type {Weight | null} */
  let before = null;

  const take = () => {
    const weight = chosen();
    if (!weight) return;
    before = weight;
    held = { drag: actions.dragParameter(weight.name, weight.index), before: weight };
  };
  const pull = (/** @type {number} */ dy) => {
    if (!held) return;
    const value = Number((held.before.value - dy * PER_PIXEL).toPrecision(7));
    held.drag.set(value);
    show(value);
  };
  const release = (/** @type {boolean} */ kept) => {
    if (held && !kept) held.drag.set(held.before.value);
    held?.drag.end();
    held = null;
  };
  drag(node, { begin: take, move: (_, dy) => pull(dy), end: (_, kept) => release(kept) });
  alternately(canvas, { take, pull, release, chosen });

  node.addEventListener("dblclick", () => {
    const now = chosen();
    if (before && now && nameOf(now) === nameOf(before)) actions.setParameter(before.name, before.value, before.index);
  });
  node.addEventListener("keydown", (event) => {
    const by = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    const weight = chosen();
    if (!by || !weight) return;
    event.preventDefault();
    event.stopPropagation();
    if (keyed?.of !== nameOf(weight)) keyed?.end();
    const shown = keyed ? Number(node.getAttribute("aria-valuenow")) : weight.value;
    if (!keyed) before = weight;
    const one = keyed?.drag ?? actions.dragParameter(weight.name, weight.index);
    clearTimeout(keyed?.timer);
    const value = Number((shown + by).toPrecision(7));
    one.set(value);
    show(value);
    const end = () => {
      clearTimeout(keyed?.timer);
      keyed = null;
      one.end();
    };
    keyed = { of: nameOf(weight), end, drag: one, timer: setTimeout(end, PAUSE) };
  });

  /** @param {number} value */
  function show(value) {
    node.replaceChildren("⇕ ", number(value));
    node.setAttribute("aria-valuenow", String(value));
    node.setAttribute("aria-valuetext", number(value));
  }

  watch(() => {
    void [store.outlook.value, store.graph.value, store.frame.value, store.lens.value];
    // What is only supposed has its own number there.
    const supposed = store.supposed.value !== null;
    const selection = store.selection.value;
    const frame = requestAnimationFrame(() => {
      const [shown, weight] = [placed(), chosen()];
      const at =
        shown && weight && !supposed && store.lens.peek() === null ? weightPlace(shown.layout, selection) : null;
      node.hidden = !at;
      node.classList.toggle("below", at?.below ?? false);
      if (!at || !shown || !weight) return;
      const { x, y } = toScreen(shown.camera, at);
      node.style.left = `${x}px`;
      node.style.top = `${y}px`;
      node.setAttribute("aria-label", say("edit.weight", { name: nameOf(weight) }));
      if (!held && keyed?.of !== nameOf(weight)) show(weight.value);
    });
    return () => cancelAnimationFrame(frame);
  });
  return node;
}

/** @param {Weight} weight */
function nameOf({ name, index }) {
  return entryName(name, index);
}

/** Alt and a drag on the stage: what is under it is selected and dragged. @param {HTMLCanvasElement} canvas @param {{ take: () => void, pull: (dy: number) => void, release: (kept: boolean) => void, chosen: () => Weight | null }} hand */
function alternately(canvas, { take, pull, release, chosen }) {
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      if (!event.altKey || event.button !== 0) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      canvas.dispatchEvent(new MouseEvent("click", { clientX: event.clientX, clientY: event.clientY }));
      if (!chosen()) return;
      const ended = new AbortController();
      canvas.setPointerCapture(event.pointerId);
      take();
      canvas.addEventListener("pointermove", (now) => pull(now.clientY - event.clientY), { signal: ended.signal });
      for (const end of ["pointerup", "pointercancel"])
        canvas.addEventListener(
          end,
          () => {
            ended.abort();
            release(end === "pointerup");
            // A click follows only on what was let go: after a gesture that was broken off the next one is meant.
            if (end === "pointercancel") return;
            canvas.addEventListener("click", (click) => click.stopImmediatePropagation(), {
              capture: true,
              once: true,
            });
          },
          { signal: ended.signal },
        );
    },
    { capture: true },
  );
}

/** The weight that is selected, as the frame knows it. @param {Bench} bench @returns {Weight | null} */
function weightOf({ store }) {
  const selection = store.selection.peek();
  if (selection?.kind !== "weight" && selection?.kind !== "bias" && selection?.kind !== "kernel") return null;
  const [name, index] = parameterOf(selection);
  const shape = store.graph
    .peek()
    ?.layers.flatMap(({ parameters }) => parameters)
    .find((each) => each.name === name)?.shape;
  const tensor = store.frame.peek()?.tensors.get(name);
  if (!shape || !tensor?.data || tensor.summary) return null;
  const place = index.reduce((sum, at, axis) => sum * (shape[axis] ?? 1) + at, 0);
  const value = tensor.data[place];
  return value === undefined || tensor.data.length !== shape.reduce((a, b) => a * b, 1) ? null : { name, index, value };
}
