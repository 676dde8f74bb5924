/**
 * The run as a line of steps, below the ribbon: drag it to go through time. It is a slider, and it can be zoomed until a step
 * shows its operations.
 *
 * @import { Mark, Place, Span } from "../layout/timeline.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed } from "@preact/signals-core";
import { widthOf as lengthOf } from "../layout/text.js";
import {
  brought,
  epochOf,
  extentOf,
  placeAt,
  timeAt,
  timelineMarks,
  timeOf,
  within,
  zoomed,
} from "../layout/timeline.js";
import { say } from "../words/say.js";
import { el, follow, setAttributes, svg } from "./dom.js";
import { watch } from "./lifetime.js";
import { playhead } from "./playhead.js";
import { listenToDrags } from "./scrubbing.js";
import { timeKeys } from "./timekeys.js";
import { timeTools } from "./timetools.js";
import { widthOf } from "./width.js";

const HEIGHT = 34;
const TRACK = { y: 13, height: 8 };
const NUMBERS_AT = 32;
/** The names of the phases: their size, and what they take from top to bottom. */
const NAMED = { font: 11, from: 0, to: 11 };

/** @typedef {import("../layout/timeline.js").Line} Line */

/** @param {Store} store @param {Actions & { fork?: () => unknown }} actions */
export function timelinePanel(store, actions) {
  const drawing = svg("svg", { height: HEIGHT, class: "timeline-drawing", "aria-hidden": "true" });
  const slider = el("div", { class: "timeline", tabIndex: 0, id: "timeline", title: say("timeline.title") }, drawing);
  setAttributes(slider, { role: "slider", "aria-label": say("timeline.label"), "aria-valuemin": 0 });
  const width = widthOf(slider, 600);
  const line = computed(() => lineOf(store, width.value || 600));
  watch(() => {
    if (line.value) paint(drawing, line.value);
  });
  watch(() => tell(slider, store));
  watch(() => keepInView(store));
  listen(slider, store, actions, () => line.peek());
  return el(
    "div",
    { class: "time" },
    slider,
    timeTools(store, actions, { zoom: (factor) => zoom(store, factor) }),
    missed(store, actions),
  );
}

/** All that the line is a function of; null before the run is known. @param {Store} store @param {number} width @returns {Line | null} */
export function lineOf(store, width) {
  const line = store.timeline.value;
  if (!line) return null;
  const [bookmarks, place, calls] = [store.bookmarks.value, store.position.value, store.calls.value];
  const span = within(store.span.value, extentOf(line, bookmarks, place));
  return { line, bookmarks, place, calls, span, width };
}

/** Nearer or farther around where the session stands, or around a point. @param {Store} store @param {number} factor @param {number} [at] */
export function zoom(store, factor, at) {
  const line = lineOf(store, 1);
  if (!line) return;
  const extent = extentOf(line.line, line.bookmarks, line.place);
  const here = timeOf(line.place, line.calls.length);
  store.span.value = zoomed(line.span, extent, factor, at ?? here);
}

/** Where one goes to can be seen. @param {Store} store */
function keepInView(store) {
  const [position, line] = [store.position.value, store.timeline.peek()];
  if (!line || store.scrubbing.peek()) return;
  const extent = extentOf(line, store.bookmarks.peek(), position);
  store.span.value = brought(store.span.peek(), extent, timeOf(position, store.calls.peek().length));
}

/** @param {HTMLElement} slider @param {Store} store @param {Actions} actions @param {() => Line | null} now */
function listen(slider, store, actions, now) {
  /** @param {number} x @param {boolean} dragging */
  function scrub(x, dragging) {
    const line = now();
    if (!line || !store.owner.peek()) return;
    const { step, op } = placeAt(line, x);
    actions.scrub(step, op, { dragging });
  }
  listenToDrags(slider, {
    begin: () => {
      store.scrubbing.value = true;
    },
    move: (x) => scrub(x, true),
    end: () => {
      store.scrubbing.value = false;
      actions.rest();
    },
    zoom: (factor, x) => {
      const line = now();
      if (line) zoom(store, factor, timeAt(line.span, line.width, x));
    },
    pan: (by) => {
      const line = now();
      if (!line || !store.span.peek()) return;
      const steps = (by / line.width) * (line.span.to - line.span.from);
      const moved = { from: line.span.from + steps, to: line.span.to + steps };
      store.span.value = within(moved, extentOf(line.line, line.bookmarks, line.place));
    },
  });
  timeKeys(slider, store, actions, { zoom: (factor) => zoom(store, factor) });
}

/** @param {HTMLElement} slider @param {Store} store */
function tell(slider, store) {
  const [line, position, calls] = [store.timeline.value, store.position.value, store.calls.value];
  setAttributes(slider, {
    "aria-valuemax": Math.max(position.step, line?.newest ?? 0),
    "aria-valuenow": position.step,
    "aria-valuetext": say("timeline.value", {
      step: position.step,
      epoch: line ? epochOf(line, position.step) : position.epoch,
      phase: say(`timeline.phase.${position.phase}`),
      op: position.op,
      total: calls.length,
    }),
  });
}

/** @param {SVGSVGElement} drawing @param {Line} line */
function paint(drawing, line) {
  setAttributes(drawing, { width: line.width, viewBox: `0 0 ${line.width} ${HEIGHT}` });
  const ground = svg("rect", { x: 0, width: line.width, ...TRACK, rx: 4, class: "track" });
  const marks = timelineMarks(line);
  const names = marks.flatMap(nameOf);
  drawing.replaceChildren(ground, ...marks.flatMap((mark) => drawn(mark, line, names)));
}

/** Where the name of a phase stands. @param {Mark} mark */
function nameOf({ x, width, label, phase }) {
  if (!phase || !label) return [];
  const half = lengthOf(say(`timeline.phase.${phase}`), NAMED.font) / 2;
  return [{ left: x + width / 2 - half, right: x + width / 2 + half, ...NAMED }];
}

/** @param {Mark} mark @param {Line} line @param {ReturnType<typeof nameOf>} names @returns {SVGElement[]} */
function drawn({ kind, x, width, label, number, phase, faint }, line, names) {
  const bottom = TRACK.y + TRACK.height;
  switch (kind) {
    case "past":
    case "kept":
      return [svg("rect", { x, width, ...TRACK, rx: 2, class: `steps ${kind}` })];
    case "phase":
      return [
        svg("rect", { x, width, ...TRACK, class: `band ${phase}${faint ? "" : " current"}` }),
        ...(phase && label ? [words(x + width / 2, 10, say(`timeline.phase.${phase}`), phase)] : []),
      ];
    case "op":
      return [svg("circle", { cx: x, cy: TRACK.y + 4, r: 2.4, class: `dot ${phase}${faint ? "" : " ran"}` })];
    case "epoch":
      return [svg("path", { d: `M${x} ${TRACK.y - 2}V${bottom + 2}`, class: "epoch" })];
    case "tick":
      return [words(Math.min(line.width - 12, Math.max(4, x)), NUMBERS_AT, label, "tick")];
    case "edit":
    case "break":
    case "diverged":
      return [
        named(
          svg("path", { d: sign(kind, x), class: `event ${kind}` }),
          say(`timeline.${kind}`, { step: Math.round(timeAt(line.span, line.width, x)) }),
        ),
      ];
    case "bookmark":
      return [
        named(
          svg("path", { d: `M${x} ${bottom}V1h9l-3 3.5 3 3.5h-9`, class: `flag${faint ? " away" : ""}` }),
          label || String(number),
        ),
      ];
    case "cursor":
      return playhead({ x, from: 2, to: bottom + 4, at: TRACK.y + TRACK.height / 2, r: 6 }, names);
    default:
      throw new Error(`unknown mark: ${/** @satisfies {never} */ (kind)}`);
  }
}

/** A diamond for an edit, a bar for another network, a cross for what is not finite. @param {"edit" | "break" | "diverged"} kind @param {number} x */
function sign(kind, x) {
  const y = TRACK.y + TRACK.height / 2;
  if (kind === "edit") return `M${x} ${y - 5}l4 5-4 5-4-5z`;
  if (kind === "break") return `M${x - 1.5} ${y - 7}h3v14h-3z`;
  return `M${x - 4} ${y - 4}l8 8m0-8l-8 8`;
}

/** @param {SVGElement} node @param {string} title */
function named(node, title) {
  node.append(svg("title", {}, title));
  return node;
}

/** @param {number} x @param {number} y @param {string} text @param {string} kind */
function words(x, y, text, kind) {
  return svg("text", { x, y, class: `band-name ${kind}` }, text);
}

/** Where what was asked for is not shown: why, and how to get it. @param {Store} store @param {Actions} actions */
function missed(store, actions) {
  return follow(el("div", { class: "missed", attributes: { role: "status" } }), () => {
    const gap = store.missed.value;
    if (!gap || store.scrubbing.value) return [];
    if (gap.seconds === null) return [say("timeline.missed.gone", { step: gap.step })];
    const seconds = Math.max(1, Math.round(gap.seconds));
    const button = el(
      "button",
      { class: "btn", type: "button" },
      say("timeline.missed.again", { step: gap.step, seconds }),
    );
    button.addEventListener("click", actions.computeAgain);
    return [button];
  });
}
