/**
 * A run as a line of steps: what stands where on it, at any zoom, from all steps down to the operations of one.
 *
 * A point of time is a number: 120.25 is in step 120, after a quarter of its operations.
 *
 * @import { Bookmark, Call, Phase, RunLine } from "../types.js"
 */

/** @typedef {Readonly<{ from: number, to: number }>} Span */
/** @typedef {Readonly<{ step: number, op: number }>} Place */
/**
 * `past`: can be computed again; `kept`: at hand; `epoch`, `tick`: where one begins, with its number if there is room.
 *
 * @typedef {"past" | "kept" | "epoch" | "tick" | "edit" | "break" | "diverged" | "bookmark" | "cursor" | "phase" | "op"} MarkKind
 */
/** @typedef {Readonly<{ kind: MarkKind, x: number, width: number, label: string, number: number, phase: Phase | null, faint: boolean }>} Mark */
/**
 * Everything that the line is a function of.
 *
 * @typedef {Object} Line
 * @property {RunLine} line
 * @property {readonly Bookmark[]} bookmarks
 * @property {Place} place where the session stands
 * @property {readonly Pick<Call, "phase">[]} calls of a step
 * @property {Span} span the steps that are shown
 * @property {number} width in pixels
 */

/** Pixels from which on a step shows its phases, and an operation itself. */
const PHASES_FROM = 36;
const OPS_FROM = 7;
/** Pixels between two marks of a kind, and between two numbers. */
const LEAST = 7;
const LEAST_LABEL = 46;
/** The deepest zoom: so many steps. */
const FEWEST = 1;

/** All that there is: from the first step to the newest, or to the last bookmark. @param {RunLine} line @param {readonly Bookmark[]} bookmarks @param {Place} place @returns {Span} */
export function extentOf(line, bookmarks, place) {
  const shown = place.step + (place.op > 0 ? 1 : 0);
  return { from: 0, to: Math.max(1, line.newest, shown, ...bookmarks.map(({ step, op }) => step + (op > 0 ? 1 : 0))) };
}

/** The part that is shown, within what there is. @param {Span | null} span @param {Span} extent @returns {Span} */
export function within(span, extent) {
  if (!span) return extent;
  const length = Math.min(Math.max(FEWEST, span.to - span.from), extent.to - extent.from);
  const from = Math.min(Math.max(extent.from, span.from), extent.to - length);
  return { from, to: from + length };
}

/**
 * Nearer (factor below 1) or farther, with this point staying where it is.
 *
 * @param {Span} span
 * @param {Span} extent
 * @param {number} factor
 * @param {number} at
 * @returns {Span | null} null: all of it
 */
export function zoomed(span, extent, factor, at) {
  const length = Math.max(FEWEST, (span.to - span.from) * factor);
  if (length >= extent.to - extent.from) return null;
  const part = (at - span.from) / (span.to - span.from);
  return within({ from: at - part * length, to: at + (1 - part) * length }, extent);
}

/** So that this point is on it, as near as before. @param {Span | null} span @param {Span} extent @param {number} at @returns {Span | null} */
export function brought(span, extent, at) {
  if (!span || (at >= span.from && at <= span.to)) return span;
  const length = span.to - span.from;
  return within({ from: at - length / 2, to: at + length / 2 }, extent);
}

/** @param {Span} span @param {number} width @param {number} time @returns {number} pixels */
export function xAt(span, width, time) {
  return ((time - span.from) / (span.to - span.from)) * width;
}

/** @param {Span} span @param {number} width @param {number} x @returns {number} */
export function timeAt(span, width, x) {
  return span.from + (x / width) * (span.to - span.from);
}

/** @param {Place} place @param {number} total @returns {number} */
export function timeOf({ step, op }, total) {
  return step + op / Math.max(1, total);
}

/**
 * The place that is meant by a point: an operation where they can be told apart, else the beginning of a step.
 *
 * @param {Line} line
 * @param {number} x
 * @returns {Place}
 */
export function placeAt({ line, place, bookmarks, calls, span, width }, x) {
  const { from, to } = extentOf(line, bookmarks, place);
  const time = Math.min(to, Math.max(from, timeAt(span, width, x)));
  const total = calls.length;
  const finely = width / (span.to - span.from) / Math.max(1, total) >= OPS_FROM / 2;
  if (!finely) return { step: Math.min(Math.round(time), Math.max(line.newest, place.step)), op: 0 };
  const ops = Math.round(time * total);
  return { step: Math.floor(ops / total), op: ops % total };
}

/**
 * Where a key leads: the step before or after, with shift the operation, an epoch, the beginning, the newest.
 *
 * @param {string} key
 * @param {boolean} shift
 * @param {Pick<Line, "line" | "place" | "calls">} now
 * @returns {Place | null}
 */
export function placeByKey(key, shift, { line, place, calls }) {
  const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key];
  if (by && shift) return stepped(place, by, calls.length, line);
  if (by) return { step: Math.max(line.begin, by < 0 && place.op > 0 ? place.step : place.step + by), op: 0 };
  if (key === "PageUp" || key === "PageDown") return epochwards(key === "PageUp" ? -1 : 1, line, place);
  if (key === "Home") return { step: line.begin, op: 0 };
  if (key === "End") return { step: line.newest, op: 0 };
  return null;
}

/** @param {Place} place @param {number} by @param {number} total @param {RunLine} line @returns {Place} */
function stepped({ step, op }, by, total, line) {
  const ops = Math.max(line.begin * total, step * total + op + by);
  return { step: Math.floor(ops / total), op: ops % total };
}

/** @param {1 | -1} by @param {RunLine} line @param {Place} place @returns {Place} */
function epochwards(by, { epochs, begin, newest }, { step, op }) {
  const nth = (step - epochs.step) / epochs.batches;
  const next = by > 0 ? Math.floor(nth) + 1 : Math.ceil(nth + (op > 0 ? 1e-9 : 0)) - 1;
  return { step: Math.max(begin, Math.min(newest, epochs.step + next * epochs.batches)), op: 0 };
}

/** The epoch of a step. @param {RunLine} line @param {number} step @returns {number} */
export function epochOf({ epochs }, step) {
  return Math.max(0, epochs.epoch + Math.floor((step - epochs.step) / epochs.batches));
}

/**
 * All marks, those below first.
 *
 * @param {Line} line
 * @returns {readonly Mark[]}
 */
export function timelineMarks(line) {
  const { line: run, bookmarks, place, calls, span, width } = line;
  const points = [
    ...run.edits.map((step) => at("edit", step)),
    ...run.breaks.map((step) => at("break", step)),
    ...(run.diverged ? [at("diverged", timeOf({ step: run.diverged[0], op: run.diverged[1] }, calls.length))] : []),
    ...bookmarks.map((one) => ({
      ...at("bookmark", timeOf(one, calls.length), one.name),
      number: one.number,
      faint: !one.here,
    })),
    at("cursor", timeOf(place, calls.length)),
  ];
  const marks = [
    ...stretch("past", [[run.begin, run.newest]], line),
    ...stretch("kept", run.kept, line),
    ...phases(line),
    ...epochs(line),
    ...ticks(line),
    ...points.map((mark) => ({ ...mark, x: xAt(span, width, mark.x) })),
  ];
  return marks.filter(({ kind, x, width: long }) => x + long >= -1 && x <= width + 1 && (long > 0 || kind !== "phase"));
}

/** A mark at a point of time; x is put in place later. @param {MarkKind} kind @param {number} x @param {string} [label] @returns {Mark} */
function at(kind, x, label = "") {
  return { kind, x, width: 0, label, number: 0, phase: null, faint: false };
}

/** @param {MarkKind} kind @param {readonly (readonly [number, number])[]} ranges @param {Line} line @returns {Mark[]} */
function stretch(kind, ranges, { span, width }) {
  return ranges.map(([first, last]) => {
    const [begin, end] = [first, last].map((step) => clipped(xAt(span, width, step), width));
    return { ...at(kind, begin ?? 0), width: Math.max(1, (end ?? 0) - (begin ?? 0)) };
  });
}

/** @param {number} x @param {number} width */
function clipped(x, width) {
  return Math.min(width, Math.max(0, x));
}

/** Whole steps that can be seen. @param {Span} span @param {number} begin @param {number} last @returns {number[]} */
function stepsIn({ from, to }, begin, last) {
  const first = Math.max(begin, Math.floor(from));
  return Array.from({ length: Math.max(0, Math.min(last, Math.ceil(to)) - first) }, (_, n) => first + n);
}

/** The four phases of each step that can still be reached, and its operations, where there is room. @param {Line} line @returns {Mark[]} */
function phases({ line, place, calls, span, width }) {
  const pixels = width / (span.to - span.from);
  const total = calls.length;
  if (pixels < PHASES_FROM || total === 0) return [];
  const steps = stepsIn(span, line.begin, Math.max(line.newest, place.step + (place.op > 0 ? 1 : 0)));
  const now = timeOf(place, total);
  const parts = segments(calls);
  const bands = steps.flatMap((step) =>
    parts.map(({ phase, from, count }) => {
      const [begin, end] = [from, from + count].map((op) => clipped(xAt(span, width, step + op / total), width));
      const long = (end ?? 0) - (begin ?? 0);
      const faint = step + from / total >= now;
      return { ...at("phase", begin ?? 0), width: long, phase, label: long > LEAST_LABEL ? phase : "", faint };
    }),
  );
  if (pixels / total < OPS_FROM) return bands;
  const dots = steps.flatMap((step) =>
    calls.map(({ phase }, op) => ({
      ...at("op", xAt(span, width, step + (op + 0.5) / total)),
      phase,
      faint: step + (op + 0.5) / total > now,
    })),
  );
  return [...bands, ...dots];
}

/** Neighbours of one phase. @param {Line["calls"]} calls */
function segments(calls) {
  /** @type {{ phase: Phase, from: number, count: number }[]} */
  const found = [];
  for (const [from, { phase }] of calls.entries()) {
    const last = found.at(-1);
    if (last?.phase === phase) last.count += 1;
    else found.push({ phase, from, count: 1 });
  }
  return found;
}

/** Where epochs begin; of too many every second, fourth, … @param {Line} line @returns {Mark[]} */
function epochs({ line, span, width }) {
  const { step: first, batches } = line.epochs;
  const every = spacing((batches * width) / (span.to - span.from), LEAST);
  const stride = batches * every;
  const begin = Math.max(line.begin, span.from);
  const found = [];
  for (let n = Math.ceil((begin - first) / stride); first + n * stride <= Math.min(span.to, line.newest); n += 1)
    found.push({ ...at("epoch", xAt(span, width, first + n * stride)), number: line.epochs.epoch + n * every });
  return found;
}

/** Numbers of steps. @param {Line} line @returns {Mark[]} */
function ticks({ span, width }) {
  const stride = niceStride((LEAST_LABEL * (span.to - span.from)) / width);
  const found = [];
  for (let n = Math.ceil(span.from / stride); n * stride <= span.to; n += 1)
    found.push({ ...at("tick", xAt(span, width, n * stride), String(n * stride)), number: n * stride });
  return found;
}

/** The least power of 2 that keeps marks so far apart. @param {number} pixels of one @param {number} least */
function spacing(pixels, least) {
  return pixels >= least ? 1 : 2 ** Math.ceil(Math.log2(least / pixels));
}

/** 1, 2, 5, 10, 20, … @param {number} least @returns {number} */
export function niceStride(least) {
  if (least <= 1) return 1;
  const ten = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((factor) => factor * ten >= least) ?? 10) * ten;
}
