/**
 * The foot of the stage: between which layers something has flowed in this pass, what is still to come, and a legend.
 *
 * @import { DrawCommand, Ink, LayerBox } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { widthOf } from "../layout/text.js";
import { say } from "../words/say.js";
import { absence, signs } from "./legend.js";
import { label, path, TYPE } from "./marks.js";
import { short } from "./numbers.js";
import { timeFoot } from "./timefoot.js";

const LINE = 14;
const WORDS = 30;
const LEGEND = 51;
const INSET = 8;
const ZOOM_BAR = 168;
/** What the legend leaves free for the buttons at its right, and for the signs at its left. */
const BUTTONS = { one: 150, two: 280 };

/** @typedef {Readonly<{ from: number, to: number, done: boolean }>} Span */

/** @param {Now} now @returns {DrawCommand[]} */
export function foot(now) {
  const { layers, bands } = now.view.layout;
  if (bands) return timeFoot(now);
  const flowing = layers.filter(({ role }) => role !== "input");
  const spans = merge(flowing.map((box) => span(now, box)).sort((a, b) => a.from - b.from));
  return [...spans.flatMap((part) => flow(now, part)), ...legend(now)];
}

/** What has flowed into a layer (forward), or back out of it. @param {Now} now @param {LayerBox} box @returns {Span} */
function span(now, box) {
  const layer = now.view.layout.graph.layers.find(({ id }) => id === box.id);
  const sources = (layer?.inputs ?? []).flatMap((id) => now.boxes.get(id)?.x ?? []);
  return { from: Math.max(0, ...sources), to: box.x, done: isDone(now, box.id, layer?.parameters[0]?.name) };
}

/** @param {Now} now @param {string} id @param {string | undefined} weights the first of its parameters @returns {boolean} */
function isDone(now, id, weights) {
  switch (now.phase) {
    case "forward":
    case "loss":
      return now.progress(`${id}.z`) > 0 || now.progress(`${id}.a`) > 0;
    case "backward":
      if (weights) return now.progress(`${weights}:gradient`) > 0;
      return now.progress(`${id}.a:gradient`) > 0;
    case "update":
      return !weights || now.progress(`${weights}:delta`) > 0;
    default:
      throw new Error(`unknown phase: ${/** @satisfies {never} */ (now.phase)}`);
  }
}

/** Neighbours in the same state become one. @param {readonly Span[]} spans @returns {Span[]} */
function merge(spans) {
  /** @type {Span[]} */
  const merged = [];
  for (const next of spans) {
    const last = merged.at(-1);
    if (last && last.done === next.done) merged[merged.length - 1] = { ...last, to: Math.max(last.to, next.to) };
    else if (!last || next.to > last.to) merged.push({ ...next, from: Math.max(next.from, last?.to ?? 0) });
  }
  return merged;
}

/** @type {Record<"forward" | "loss" | "backward" | "update", { ink: Ink, done: string[], missing: string[] }>} */
const WORDING = {
  forward: {
    ink: "forward",
    done: [say("foot.flowing"), say("foot.flowing.short"), say("numbers.forward")],
    missing: [say("foot.activation.missing"), say("foot.missing"), say("foot.not")],
  },
  loss: {
    ink: "forward",
    done: [say("foot.flowed"), say("numbers.forward")],
    missing: [say("foot.activation.missing"), say("foot.missing"), say("foot.not")],
  },
  backward: {
    ink: "backward",
    done: [say("foot.back"), say("numbers.backward")],
    missing: [say("foot.gradient.missing"), say("foot.missing"), say("foot.not")],
  },
  update: {
    ink: "update",
    done: [say("foot.move"), say("numbers.update")],
    missing: [say("foot.delta.missing"), say("foot.not")],
  },
};

/** @param {Now} now @param {Span} span @returns {DrawCommand[]} */
function flow(now, { from, to, done }) {
  const { ink, done: yes, missing } = WORDING[now.phase];
  const y = now.view.layout.foot + LINE;
  const [left, right] = inSight(now, from + INSET, to - INSET);
  if (right <= left) return [];
  const words = (done ? phrases(now, yes) : missing).find(
    (text) => widthOf(text, TYPE.small) < right - left + 2 * INSET,
  );
  const line = path(
    [
      { x: left, y },
      { x: right, y },
    ],
    done ? ink : "ink3",
    { width: done ? 2 : 1.6, dash: !done, alpha: done ? 1 : 0.8 },
  );
  const text = words
    ? [label((left + right) / 2, y + WORDS - LINE, words, { ink: done ? ink : "ink2", size: TYPE.small })]
    : [];
  return [line, ...(done ? head(now, left, right, y) : []), ...text];
}

/** As much of it as is seen, where one has gone in: the buttons stand at the right. @param {Now} now @param {number} left @param {number} right @returns {[number, number]} */
function inSight({ view: { layout } }, left, right) {
  return (layout.scale ?? 1) > 1 ? [Math.max(INSET, left), Math.min(layout.width - ZOOM_BAR, right)] : [left, right];
}

/** @param {Now} now @param {readonly string[]} yes @returns {readonly string[]} */
function phrases(now, yes) {
  if (now.phase !== "update") return yes;
  return now.finished && now.applied === 1 ? [say("foot.moved"), say("foot.updated")] : yes;
}

/** Which way it flows: a disc for forward, a chevron for back, a square for the update. @param {Now} now @param {number} left @param {number} right @param {number} y @returns {DrawCommand[]} */
function head({ phase }, left, right, y) {
  if (phase === "backward")
    return [{ kind: "chevron", x: left, y, size: 5.5, angle: Math.PI, ink: "backward", alpha: 1 }];
  if (phase === "update")
    return [{ kind: "bar", x: right - 4, y: y - 4, width: 8, height: 8, radius: 2, fill: "update", alpha: 1 }];
  return [{ kind: "disc", x: right, y, r: 4.5, fill: "forward", alpha: 1 }];
}

/** What a tile shows, in more and in fewer words. @param {Now} now @param {string} absent @returns {string[]} */
function imageLegends({ phase }, absent) {
  const what = phase === "backward" ? say("numbers.gradient") : say("describe.a");
  const words = [say("foot.tile.scales", { what }), say("foot.tile.example", { what }), say("foot.tile", { what })];
  return absent ? [absent, ...words] : words;
}

/** What colour and width of a wire mean at this moment. @param {Now} now @returns {DrawCommand[]} */
function legend(now) {
  const { layout, frame } = now.view;
  if (!frame) return [];
  const y = layout.foot + LEGEND;
  const gradients =
    now.phase === "backward" && layout.graph.layers.some(({ id }) => now.progress(`${id}.W:gradient`) > 0);
  const scale = short(gradients ? now.gradientScale : now.weightScale);
  const what = say(gradients ? "foot.wire.gradient" : "foot.wire", { scale });
  const absent = frame.example && !frame.example.in_batch;
  const mapped = layout.layers.some(({ id }) => now.numbers(id).map);
  const units = absent ? absence(frame) : mapped ? say("foot.plane") : say("foot.disc");
  const images = layout.layers.some(({ kind }) => kind === "images");
  const words = images ? imageLegends(now, absent ? units : "") : [`${what} · ${units}`, what];
  const room = layout.width - (images ? BUTTONS.two : BUTTONS.one);
  const fitting = words.find((text) => widthOf(text, TYPE.small) < room) ?? "";
  return signs(y, fitting);
}
