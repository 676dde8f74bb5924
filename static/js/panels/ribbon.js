/**
 * One step of training as a strip of operations in four phases. Done ones are filled, coming ones hollow; the playhead can
 * be dragged. It is a slider: its value is the number of operations that have run.
 *
 * @import { Call, Phase, Position } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { widthOf as lengthOf } from "../layout/text.js";
import { say } from "../words/say.js";
import { el, setAttributes, svg } from "./dom.js";
import { watch } from "./lifetime.js";
import { playhead } from "./playhead.js";
import { groupMarks, groupNames } from "./ribbongroups.js";
import { widthOf } from "./width.js";

const HEIGHT = 38;
const DOTS_AT = 26.5;
/** Of groups, so that it stands below their names. */
const TICKS_AT = 30;
/** From top to bottom, what the names of the phases take. */
const NAMED = { from: 6, to: 19 };
const LEAST_SLOT = 9;
/** Of a band's name, and what is left free beside it. */
const [FONT, BESIDE] = [11, 8];
/** @type {Record<Phase, string>} */
const NAMES = {
  forward: say("numbers.forward"),
  loss: say("numbers.loss"),
  backward: say("numbers.backward"),
  update: say("numbers.update"),
};

/** @typedef {Readonly<{ phase: Phase, from: number, count: number }>} Segment */
/** @typedef {Readonly<{ step: number, op: number }>} Shown */

/**
 * Neighbouring calls of one phase, together.
 *
 * @param {readonly Call[]} calls
 * @returns {readonly Segment[]}
 */
export function segmentsOf(calls) {
  /** @type {{ phase: Phase, from: number, count: number }[]} */
  const found = [];
  for (const [index, call] of calls.entries()) {
    const last = found.at(-1);
    if (last?.phase === call.phase) last.count += 1;
    else found.push({ phase: call.phase, from: index, count: 1 });
  }
  return found;
}

/**
 * Which step the ribbon shows, and how much of it has run. Between two steps that is the whole of the finished one,
 * because its numbers are what the stage shows.
 *
 * @param {Position} position
 * @param {number} total
 * @param {boolean} computed whether the numbers of the finished step are still there (an edit forgets them)
 * @returns {Shown}
 */
export function shownStep(position, total, computed) {
  if (position.op === 0 && position.step > 0 && computed) return { step: position.step - 1, op: total };
  return { step: position.step, op: position.op };
}

/**
 * Where to seek for so many operations of the shown step: all of them is the beginning of the next.
 *
 * @param {Shown} shown
 * @param {number} op
 * @param {number} total
 * @returns {Shown}
 */
export function seekTarget(shown, op, total) {
  return op >= total ? { step: shown.step + 1, op: 0 } : { step: shown.step, op: Math.max(0, op) };
}

/** @param {Store} store @param {Actions} actions */
export function ribbon(store, actions) {
  const drawing = svg("svg", { height: HEIGHT, class: "ribbon-drawing", "aria-hidden": "true" });
  const slider = el("div", { class: "ribbon", tabIndex: 0 }, drawing);
  const width = widthOf(slider, 700);
  /** While dragging, the step that is dragged through stays. */
  const dragged = signal(/** @type {Shown | null} */ (null));
  const shown = computed(() => dragged.value ?? shownNow(store));
  setAttributes(slider, { role: "slider", "aria-label": say("ribbon.aria"), "aria-valuemin": 0 });
  watch(() => tell(slider, shown.value, store.calls.value));
  watch(() => paint(drawing, store.calls.value, shown.value, width.value));

  /** @param {number} op */
  function seek(op) {
    const total = store.calls.value.length;
    const target = seekTarget(shown.peek(), op, total);
    if (dragged.peek()) dragged.value = { step: shown.peek().step, op: Math.max(0, Math.min(total, op)) };
    actions.seek(target.step, target.op);
  }
  drags(
    slider,
    dragged,
    () => shown.peek(),
    (x) => seek(opAt(x, width.peek(), store.calls.value.length)),
  );
  return slider;
}

/** @param {Store} store @returns {Shown} */
function shownNow(store) {
  const computed = (store.metrics.value?.loss ?? null) !== null;
  return shownStep(store.position.value, store.calls.value.length, computed);
}

/** How many operations lie before x. @param {number} x @param {number} width @param {number} total */
export function opAt(x, width, total) {
  return Math.max(0, Math.min(total, Math.round((x / width) * total + 0.5 - 1e-9)));
}

/**
 * @param {HTMLElement} slider
 * @param {import("@preact/signals-core").Signal<Shown | null>} dragged
 * @param {() => Shown} now
 * @param {(x: number) => void} seek
 */
function drags(slider, dragged, now, seek) {
  /** @param {PointerEvent} event */
  const at = (event) => event.clientX - slider.getBoundingClientRect().left;
  slider.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    slider.setPointerCapture(event.pointerId);
    dragged.value = now();
    seek(at(event));
  });
  slider.addEventListener("pointermove", (event) => {
    if (dragged.peek()) seek(at(event));
  });
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"]))
    slider.addEventListener(type, () => {
      dragged.value = null;
    });
}

/** @param {HTMLElement} slider @param {Shown} shown @param {readonly Call[]} calls */
function tell(slider, shown, calls) {
  const last = calls[shown.op - 1];
  const values = { step: shown.step, done: shown.op, count: calls.length };
  const where = last
    ? say("ribbon.after", { ...values, call: last.label, phase: say(`numbers.${last.phase}`) })
    : say("ribbon.nothing", values);
  setAttributes(slider, {
    "aria-valuemax": calls.length,
    "aria-valuenow": shown.op,
    "aria-valuetext": where,
  });
}

/** @param {SVGSVGElement} drawing @param {readonly Call[]} calls @param {Shown} shown @param {number} width */
function paint(drawing, calls, shown, width) {
  const slot = width / Math.max(1, calls.length);
  const now = calls[Math.max(0, shown.op - 1)]?.phase;
  setAttributes(drawing, { width, viewBox: `0 0 ${width} ${HEIGHT}` });
  const parts = segmentsOf(calls);
  const bands = parts.flatMap((part) => band(part, slot, shown.op, shown.op > 0 && part.phase === now));
  const single = slot >= LEAST_SLOT;
  const marks = single
    ? calls.map((call, at) => dot(call, (at + 0.5) * slot, at < shown.op))
    : groupMarks(calls, slot, shown.op);
  const head = shown.op === 0 ? 1 : (shown.op - 0.5) * slot;
  const names = [...parts.map((part) => nameOf(part, slot)), ...(single ? [] : groupNames(calls, slot))];
  const place = { x: head, from: 1, to: HEIGHT - 1, at: single ? DOTS_AT : TICKS_AT, r: single ? 6 : 5 };
  drawing.replaceChildren(...bands, ...marks, ...playhead(place, names));
}

/**
 * The whole name or none: half a word names nothing, and whoever points at the band is told.
 *
 * @param {Segment} part
 * @param {number} slot
 */
function nameOf({ phase, from, count }, slot) {
  const [x, long] = [(from + count / 2) * slot, lengthOf(NAMES[phase], FONT)];
  const words = long + BESIDE <= Math.max(1, count * slot - 2) ? NAMES[phase] : "";
  return { words, x, left: x - long / 2, right: words ? x + long / 2 : x - long / 2, ...NAMED };
}

/** @param {Segment} part @param {number} slot @param {number} done @param {boolean} current */
function band(part, slot, done, current) {
  const { phase, from, count } = part;
  const [x, width] = [from * slot + 1, Math.max(1, count * slot - 2)];
  const ran = Math.max(0, Math.min(count, done - from));
  const name = NAMES[phase];
  const common = { y: 3, height: HEIGHT - 6, rx: 6 };
  const written = nameOf(part, slot);
  return [
    svg("rect", { ...common, x, width, class: `band ${phase}${current ? " current" : ""}` }, svg("title", {}, name)),
    svg(
      "rect",
      { ...common, x, width: Math.max(0, (width * ran) / count), class: `done ${phase}` },
      svg("title", {}, name),
    ),
    svg("text", { x: written.x, y: 16, class: `band-name ${phase}${current ? " current" : ""}` }, written.words),
  ];
}

/** @param {Call} call @param {number} x @param {boolean} done */
function dot(call, x, done) {
  const title = svg("title", {}, `${call.label}: ${call.op}`);
  return svg("circle", { cx: x, cy: DOTS_AT, r: 2.7, class: `dot ${call.phase}${done ? " ran" : ""}` }, title);
}
