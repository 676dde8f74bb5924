/**
 * What an event or a frame changes in the store: the only way in which the server's words become the page's state.
 *
 * @import { Frame, Graph, Position } from "../types.js"
 * @import { Access, Edited, ServerEvent, Snapshot, Undone } from "../wire.js"
 * @import { Store } from "./store.js"
 */

import { batch } from "@preact/signals-core";
import { messageOf, ProblemError } from "../net/problem.js";
import { say } from "../words/say.js";
import { surviving } from "./chosen.js";
import { appendHistory, NO_HISTORY } from "./history.js";
import { survivesLens } from "./lens.js";
import { survives } from "./select.js";
import { NOTHING_UNDOABLE } from "./store.js";
import { notify } from "./toasts.js";

/**
 * Another session (or the same one again): what was looked at in the old one means nothing in it.
 *
 * @param {Store} store
 * @param {Access} access
 */
export function enterSession(store, access) {
  batch(() => {
    if (access.id !== store.access.value?.id) {
      store.ready.value = false;
      store.frame.value = null;
      store.example.value = null;
      store.selection.value = null;
      store.chosen.value = [];
      store.span.value = null;
      store.missed.value = null;
      store.lens.value = null;
      store.asked.value = null;
      store.sentence.value = "";
      store.problems.value = [];
    }
    store.access.value = access;
  });
}

/**
 * @param {Store} store
 * @param {ServerEvent} event
 */
export function applyEvent(store, event) {
  batch(() => {
    if (event.cursor) store.position.value = event.cursor;
    if (event.mode) store.mode.value = event.mode;
    apply(store, event);
    if (event.reply_to) store.answered.value = { id: event.reply_to };
  });
}

/** @param {Store} store @param {ServerEvent} event */
function apply(store, event) {
  switch (event.type) {
    case "snapshot":
      return applySnapshot(store, event);
    case "edited":
      return applyEdited(store, event);
    case "undone":
      store.history.value = NO_HISTORY;
      applyEdited(store, event);
      store.diverged.value = event.diverged ?? null;
      return;
    case "stepped":
      store.moves.value += 1;
      return moved(store, event);
    case "sought":
      store.missed.value = event.missed ?? null;
      return moved(store, event);
    case "bookmarks_changed":
      store.bookmarks.value = event.bookmarks;
      store.sentence.value = event.sentence;
      return;
    case "reset":
      store.history.value = NO_HISTORY;
      store.frame.value = null;
      if (event.dataset) store.dataset.value = event.dataset;
      if (store.spec.value && event.seed !== undefined) store.spec.value = { ...store.spec.value, seed: event.seed };
      if (event.undoable) store.undoable.value = event.undoable;
      return moved(store, event);
    case "played":
      store.moves.value += 1;
      store.diverged.value = null;
      return;
    case "paused":
      if (event.reason !== "user" && event.reason !== "diverged")
        notify(store, "info", pausedText(event.reason, event.detail));
      return;
    case "diverged":
      store.diverged.value = { ...event, cursor: event.cursor ?? store.position.value };
      return;
    case "refused":
      return notify(store, "warning", messageOf(new ProblemError(event.problem)));
    case "expired":
      return notify(store, "warning", say("notices.expired"));
    case "restored":
      return notify(store, "info", say("notices.restored", { reason: event.reason }));
    case "watched":
    case "explained":
    case "gradients_checked":
      return;
    default:
      throw new Error(`unknown event: ${/** @satisfies {never} */ (event)}`);
  }
}

/** @param {Store} store @param {Snapshot} event */
function applySnapshot(store, event) {
  store.ready.value = true;
  store.spec.value = event.spec;
  store.calls.value = event.calls;
  store.dataset.value = event.dataset;
  store.metrics.value = event.metrics;
  store.history.value = appendHistory(NO_HISTORY, event.history ?? {});
  store.timeline.value = event.timeline ?? null;
  store.bookmarks.value = event.bookmarks ?? [];
  store.warnings.value = event.warnings ?? [];
  store.diverged.value = event.diverged ?? null;
  store.undoable.value = event.undoable ?? NOTHING_UNDOABLE;
  if (event.sentence) store.sentence.value = event.sentence;
  const access = store.access.value;
  if (access && access.role !== event.role) store.access.value = { ...access, role: event.role };
  if (Number(store.example.value ?? 0) >= event.dataset.train.raw.length) store.example.value = null;
  showGraph(store, event.graph);
}

/** What no longer exists is no longer selected. @param {Store} store @param {Graph} graph */
function showGraph(store, graph) {
  store.frame.value = null;
  store.graph.value = graph;
  store.chosen.value = surviving(store.chosen.value, graph);
  if (!survives(store.selection.value, graph)) store.selection.value = null;
  if (!survivesLens(store.lens.value, graph)) store.lens.value = null;
  store.asked.value = null;
}

/**
 * The old frame shows the old network: it goes, so that nothing stale stays on screen.
 *
 * @param {Store} store
 * @param {Edited | Undone} event
 */
function applyEdited(store, event) {
  if (event.undoable) store.undoable.value = event.undoable;
  store.spec.value = event.spec;
  if (event.calls) store.calls.value = event.calls;
  if (event.dataset) {
    store.dataset.value = event.dataset;
    store.example.value = null;
  }
  if (event.metrics) store.metrics.value = event.metrics;
  store.warnings.value = "warnings" in event ? (event.warnings ?? []) : [];
  store.diverged.value = null;
  store.problems.value = [];
  store.sentence.value = event.sentence ?? "";
  if (event.graph) showGraph(store, event.graph);
}

/** @param {Store} store @param {{ sentence?: string, metrics?: import("../types.js").Metrics }} event */
function moved(store, event) {
  store.diverged.value = null;
  if (!("missed" in event)) store.missed.value = null;
  if (event.sentence) store.sentence.value = event.sentence;
  if (event.metrics) store.metrics.value = event.metrics;
}

/**
 * @param {Store} store
 * @param {Frame} frame
 */
export function applyFrame(store, frame) {
  batch(() => {
    store.position.value = samePosition(store.position.value, frame.cursor);
    store.mode.value = frame.mode;
    store.metrics.value = frame.metrics;
    if (frame.sentence) store.sentence.value = frame.sentence;
    if (frame.history) store.history.value = appendHistory(store.history.value, frame.history);
    if (frame.timeline) store.timeline.value = frame.timeline;
    if (frame.bookmarks) store.bookmarks.value = frame.bookmarks;
    store.frame.value = frame;
  });
}

/**
 * The old object where nothing moved, so that its readers are not woken.
 *
 * @param {Position} old
 * @param {Position} fresh
 * @returns {Position}
 */
function samePosition(old, fresh) {
  return old.step === fresh.step && old.op === fresh.op && old.phase === fresh.phase ? old : fresh;
}

/** @param {string} reason @param {string | null | undefined} detail @returns {string} */
function pausedText(reason, detail) {
  /** @type {Record<string, string>} */
  const texts = {
    until: say("notices.goal"),
    edited: say("notices.edited"),
    idle: say("notices.idle"),
    shutdown: say("notices.shutdown"),
  };
  return detail || texts[reason] || say("notices.paused");
}
