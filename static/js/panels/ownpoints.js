/**
 * A plane to draw points on, beside the network, which learns from them while they are drawn.
 *
 * @import { Actions } from "../state/actions.js"
 * @import { Store } from "../state/store.js"
 * @import { Point } from "../state/points.js"
 */

import { batch, signal } from "@preact/signals-core";
import { fitting } from "../state/fitting.js";
import { ownPatch } from "../state/owndata.js";
import {
  canTeach,
  classCount,
  createTrail,
  drawnPoints,
  MOST_CLASSES,
  MOST_POINTS,
  pointsDataset,
} from "../state/points.js";
import { say } from "../words/say.js";
import { el, text } from "./dom.js";
import { loadStyles } from "./formula.js";
import { icon } from "./icons.js";
import { watch } from "./lifetime.js";
import { movable } from "./movable.js";
import { plane } from "./ownplane.js";
import { classInk, shapeOf } from "./plot.js";
import { present } from "./present.js";
import { segment } from "./segment.js";

/** Between two looks of the server at what is being drawn. */
const SEND_MS = 250;

/** @typedef {"dot" | "spray" | "eraser"} Tool */
/** @typedef {"classification" | "regression"} Task */
/** @typedef {ReturnType<typeof createBoard>} Board */

/** @param {Store} store @param {Actions} actions */
export async function openPlane(store, actions) {
  await loadStyles("own");
  const dialog = el("dialog", {
    class: "own-plane",
    id: "own-plane",
    attributes: { "aria-labelledby": "own-plane-title" },
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dialog.close();
  });
  const closed = () => document.getElementById("own-data")?.focus();
  const place = document.getElementById("app");
  present(dialog, () => content(store, actions, dialog), { place, modal: false, closed });
  dialog.querySelector("canvas")?.focus();
}

/** What is drawn, with what, and the way back. @param {Store} store */
function createBoard(store) {
  const before = drawnPoints(store.spec.peek());
  const task = signal(/** @type {Task} */ (before?.task ?? "classification"));
  const trail = createTrail(before?.points ?? []);
  const points = signal(trail.now());
  const version = signal(0);
  const show = () =>
    batch(() => {
      points.value = trail.now();
      version.value += 1;
    });
  return {
    task,
    points,
    version,
    tool: signal(/** @type {Tool} */ ("dot")),
    /** Of the next point. */
    target: signal(0),
    height: signal(1),
    trail,
    /** While a stroke goes on: it is one step to undo. @param {readonly Point[]} now */
    sketch: (now) => {
      points.value = now;
    },
    commit: () => {
      if (points.value !== trail.now()) trail.push(points.value);
      show();
    },
    undo: () => {
      trail.undo();
      show();
    },
    redo: () => {
      trail.redo();
      show();
    },
    clear: () => {
      trail.push([]);
      show();
    },
    /** What the session has now, because something was undone there. @param {readonly Point[]} drawn */
    follow: (drawn) => {
      trail.push(drawn);
      show();
    },
  };
}

/** @param {Store} store @param {Actions} actions @param {HTMLDialogElement} dialog */
function content(store, actions, dialog) {
  const board = createBoard(store);
  const trouble = sending(store, actions, board);
  const close = el("button", { class: "tiny", type: "button", ariaLabel: say("own.close") }, "✕");
  close.addEventListener("click", () => dialog.close());
  const head = el("div", { class: "own-head" }, el("h2", { id: "own-plane-title" }, say("own.plane")), close);
  const tools = /** @type {const} */ (["dot", "spray", "eraser"]).map((value) => ({
    value,
    label: say(`own.plane.${value}`),
  }));
  const tasks = [
    { value: /** @type {Task} */ ("classification"), label: say("own.class") },
    { value: /** @type {Task} */ ("regression"), label: say("own.number") },
  ];
  const retask = (/** @type {Task} */ task) => {
    board.task.value = task;
    board.clear();
  };
  return [
    movable(dialog, head, say("own.plane.move")),
    el(
      "div",
      { class: "own-tools" },
      segment(say("own.plane.task"), tasks, board.task, "own-task", retask),
      segment(say("own.plane.tool"), tools, board.tool, "own-tool"),
    ),
    classes(board),
    height(board),
    plane(store, board),
    el(
      "p",
      { class: "say", attributes: { "aria-live": "polite" } },
      text(() => trouble.value || told(board)),
    ),
    el("div", { class: "own-tools" }, ...buttons(store, actions, board)),
    el("p", { class: "say" }, say("own.private")),
  ];
}

/** @param {Board} board */
function told(board) {
  const count = board.points.value.length;
  if (!canTeach(board.points.value, board.task.value)) return say(`own.plane.begin.${board.task.value}`);
  return count >= MOST_POINTS ? say("own.plane.full", { n: MOST_POINTS }) : say("own.plane.count", { n: count });
}

/** A radio for each class, with its shape and colour. @param {Board} board */
function classes(board) {
  const choices = Array.from({ length: MOST_CLASSES }, (_, at) => {
    const id = `own-class-${at + 1}`;
    const input = el("input", {
      type: "radio",
      name: "own-class",
      id,
      ariaLabel: say("own.plane.class", { n: at + 1 }),
    });
    input.addEventListener("change", () => {
      board.target.value = at;
    });
    watch(() => {
      input.checked = board.target.value === at;
    });
    const mark = el("i", { class: `mark ${shapeOf(at)} ink-${classInk(at)}`, attributes: { "aria-hidden": "true" } });
    return [input, el("label", { htmlFor: id }, mark, String(at + 1))];
  });
  const group = el("div", {
    class: "segment",
    attributes: { role: "radiogroup", "aria-label": say("own.plane.classes") },
  });
  group.append(...choices.flat());
  watch(() => {
    group.hidden = board.task.value !== "classification";
  });
  return group;
}

/** @param {Board} board */
function height(board) {
  const input = el("input", { type: "range", class: "slider", id: "own-height", min: "-1", max: "1", step: "0.1" });
  input.addEventListener("input", () => {
    board.height.value = Number(input.value);
  });
  watch(() => {
    input.value = String(board.height.value);
  });
  const line = el(
    "div",
    { class: "own-height" },
    el("label", { htmlFor: "own-height" }, say("own.plane.height")),
    input,
    el(
      "output",
      { class: "mono" },
      text(() => board.height.value.toFixed(1)),
    ),
  );
  watch(() => {
    line.hidden = board.task.value !== "regression";
  });
  return line;
}

/** @param {Store} store @param {Actions} actions @param {Board} board */
function buttons(store, actions, board) {
  /** @param {string} id @param {string} label @param {() => unknown} act @param {() => boolean} able */
  const button = (id, label, act, able) => {
    const made = el("button", { class: "btn", type: "button", id }, label);
    made.addEventListener("click", act);
    watch(() => {
      void board.version.value;
      made.disabled = !able();
    });
    return made;
  };
  const play = el("button", { class: "btn", type: "button", id: "own-play" });
  play.addEventListener("click", () => train(store, actions));
  watch(() => {
    const playing = store.playing.value;
    play.replaceChildren(icon(playing ? "pause" : "play"), say(playing ? "own.plane.pause" : "own.plane.train"));
  });
  return [
    button("own-undo", say("own.plane.undo"), board.undo, board.trail.canUndo),
    button("own-redo", say("own.plane.redo"), board.redo, board.trail.canRedo),
    button("own-clear", say("own.plane.clear"), board.clear, () => board.points.value.length > 0),
    play,
  ];
}

/** By epochs, if operation after operation was to be seen before: one draws to see what is learned. @param {Store} store @param {Actions} actions */
function train(store, actions) {
  const slow = store.unit.value === "op" || store.unit.value === "layer";
  if (!store.playing.value && slow) actions.setUnit("epoch");
  actions.toggle();
}

/**
 * What is drawn becomes the data, a little later and never two at a time; the network keeps what it has learned. As soon as
 * there is something to learn it begins to train, once: whoever pauses it then is not overruled.
 *
 * @param {Store} store
 * @param {Actions} actions
 * @param {Board} board
 */
function sending(store, actions, board) {
  const trouble = signal("");
  let busy = false;
  let due = false;
  let begun = drawnPoints(store.spec.peek()) !== null;
  let trained = begun;
  async function send() {
    const spec = store.spec.peek();
    const points = board.points.peek();
    const task = board.task.peek();
    const dataset = pointsDataset(points, task, (n) => say("own.plane.class", { n }));
    if (!spec || !dataset) return;
    const fit = fitting(spec, { holds: "rows", task, classes: classCount(points) });
    const patch = ownPatch(spec, dataset, fit, say("own.plane"));
    if (begun) trouble.value = await actions.own.put(patch);
    else begun = await actions.changeData(patch);
    if (trained || !begun || trouble.value || !canTeach(points, task)) return;
    trained = true;
    if (!store.playing.peek()) train(store, actions);
  }
  async function soon() {
    due = true;
    if (busy) return;
    busy = true;
    while (due) {
      due = false;
      await new Promise((done) => setTimeout(done, SEND_MS));
      await send();
    }
    busy = false;
  }
  let sent = board.points.peek();
  watch(() => {
    if (board.points.value !== sent) soon();
    sent = board.points.value;
  });
  watch(() => {
    const drawn = drawnPoints(store.spec.value);
    if (busy || !drawn || String(drawn.points) === String(board.points.peek())) return;
    sent = drawn.points;
    board.follow(drawn.points);
  });
  return trouble;
}
