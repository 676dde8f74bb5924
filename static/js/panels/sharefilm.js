/**
 * An animation of the stage: the last motion, the last operations again, or the next batches as the network trains.
 *
 * @import { Frame } from "../types.js"
 * @import { Shot } from "../draw/recorder.js"
 * @import { Store } from "../state/store.js"
 * @import { Sharing } from "./share.js"
 */

import { effect } from "@preact/signals-core";
import { record, webmType } from "../draw/recorder.js";
import { messageOf } from "../net/problem.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { save } from "./files.js";
import { nameOf } from "./sharepicture.js";

/** @typedef {"now" | "back" | "on"} What */

const OPS = 6;
const BATCHES = 24;
const PICTURES_PER_SECOND = 20;
/** How long the end of a motion, and each picture of a training, is looked at. */
const HOLD_MS = 500;
const BATCH_MS = 160;
const PATIENCE_MS = 8000;

/** @param {Store} store @param {Sharing} acts */
export function filmPart(store, acts) {
  const what = select("film-what", say("share.film.what"), offered(store));
  const formats = [{ value: "gif", label: say("share.film.gif"), disabled: false }];
  formats.push({ value: "webm", label: say("share.film.webm"), disabled: webmType() === null });
  const format = select("film-format", say("share.film.format"), formats);
  const start = el("button", { class: "btn", type: "button", id: "film-start" }, say("share.film.start"));
  const cancel = el("button", { class: "btn", type: "button", hidden: true }, say("share.film.cancel"));
  const said = el("p", { class: "say", attributes: { role: "status" } });
  if (webmType() === null) said.textContent = say("share.film.nowebm");
  /** @type {AbortController | null} */
  let running = null;
  cancel.addEventListener("click", () => running?.abort());
  start.addEventListener("click", async () => {
    running = new AbortController();
    cancel.hidden = false;
    cancel.focus();
    start.hidden = true;
    const wanted = /** @type {What} */ (what.select.value);
    const kind = /** @type {"gif" | "webm"} */ (format.select.value);
    said.textContent = await film(store, acts, wanted, kind, running.signal, (words) => {
      said.textContent = words;
    });
    start.hidden = false;
    if (document.activeElement === cancel) start.focus();
    cancel.hidden = true;
  });
  return el(
    "section",
    { class: "share-part", attributes: { "aria-labelledby": "share-film" } },
    el("h3", { id: "share-film" }, say("share.film")),
    el("div", { class: "share-row" }, what.label, format.label, start, cancel),
    said,
  );
}

/** @param {Store} store */
function offered(store) {
  const viewer = !store.owner.value;
  const { step, op } = store.position.value;
  const n = Math.min(OPS, step * store.calls.value.length + op);
  return [
    { value: "now", label: say("share.film.now"), disabled: false },
    { value: "back", label: say("share.film.back", { n }), disabled: viewer || n === 0 },
    { value: "on", label: say("share.film.on", { n: BATCHES }), disabled: viewer },
  ];
}

/** @param {string} id @param {string} label @param {readonly { value: string, label: string, disabled: boolean }[]} options */
function select(id, label, options) {
  const node = el("select", { class: "select", id });
  node.append(...options.map((option) => el("option", option, option.label)));
  return { select: node, label: el("label", { class: "share-select" }, label, " ", node) };
}

/**
 * @param {Store} store
 * @param {Sharing} acts
 * @param {What} what
 * @param {"gif" | "webm"} format
 * @param {AbortSignal} signal
 * @param {(words: string) => void} tell
 * @returns {Promise<string>} how it went, in words
 */
async function film(store, acts, what, format, signal, tell) {
  const shots = {
    now: () => (isStill(store) ? nothing() : motion(store)),
    back: () => again(store, acts, signal),
    on: () => training(store, acts, signal),
  };
  const name = `${nameOf(store)}.${format}`;
  try {
    const made = await record(shots[what](), format, {
      signal,
      onPicture: (done) => tell(say("share.film.progress", { done })),
      onWriting: () => tell(say("share.film.writing")),
    });
    if (!made) return signal.aborted ? "" : say("share.film.none");
    save({ name, content: made.content });
    return say("share.film.done", { pictures: made.pictures, kib: Math.ceil(made.content.size / 1024) });
  } catch (error) {
    return say("share.film.failed", { reason: messageOf(error) });
  }
}

/** Whether nothing has led here that could be shown. @param {Store} store */
function isStill(store) {
  return (store.stage.value?.picture()?.duration ?? 0) === 0;
}

/** @returns {AsyncGenerator<Shot>} */
async function* nothing() {}

/** What led to the frame that is shown, as a function of t. @param {Store} store @returns {AsyncGenerator<Shot>} */
async function* motion(store) {
  const duration = store.stage.value?.picture()?.duration ?? 0;
  const count = Math.ceil((duration / 1000) * PICTURES_PER_SECOND);
  for (let at = 0; at <= count; at += 1) {
    const picture = store.stage.value?.picture(count ? at / count : 1);
    if (!picture) return;
    await breath();
    yield { picture, milliseconds: at < count ? 1000 / PICTURES_PER_SECOND : HOLD_MS };
  }
}

/** @param {Store} store @param {Sharing} acts @param {AbortSignal} signal @returns {AsyncGenerator<Shot>} */
async function* again(store, acts, signal) {
  const total = store.calls.value.length;
  const { step, op } = store.position.value;
  const count = Math.min(OPS, step * total + op);
  const from = step * total + op - count;
  if (count === 0) return;
  await moved(store, () => acts.seek(Math.floor(from / total), from % total));
  for (let at = 0; at < count && !signal.aborted; at += 1) {
    await moved(store, () => acts.step("forward", "op"));
    yield* motion(store);
  }
}

/** @param {Store} store @param {Sharing} acts @param {AbortSignal} signal @returns {AsyncGenerator<Shot>} */
async function* training(store, acts, signal) {
  for (let at = 0; at < BATCHES && !signal.aborted; at += 1) {
    await moved(store, () => acts.step("forward", "batch"));
    const picture = store.stage.value?.picture(1);
    if (picture) yield { picture, milliseconds: at < BATCHES - 1 ? BATCH_MS : HOLD_MS };
  }
}

/** Do it, and wait for the frame that shows it. @param {Store} store @param {() => unknown} act @returns {Promise<void>} */
function moved(store, act) {
  const before = store.frame.peek();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error("no new frame came"))), PATIENCE_MS);
    const stop = effect(() => {
      const now = store.frame.value;
      if (now && before && isElsewhere(now, before)) queueMicrotask(() => finish(resolve));
    });
    const finish = (/** @type {() => void} */ end) => {
      clearTimeout(timer);
      stop();
      end();
    };
    act();
  });
}

/** @param {Frame} now @param {Frame} before */
function isElsewhere({ cursor: a }, { cursor: b }) {
  return a.step !== b.step || a.op !== b.op;
}

/** So that the page goes on between two pictures. */
function breath() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
