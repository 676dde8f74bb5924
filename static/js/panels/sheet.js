/**
 * A tune as text, cut into what the page shows: bars that fit the metre or do not, and notes that may sound.
 *
 * @import { Tune } from "../wire.js"
 */

import { say } from "../words/say.js";

/** @typedef {Readonly<{ text: string, bar: number | null, right: boolean, note: number | null }>} Piece */

/**
 * The text in pieces, in order: together they are the text.
 *
 * @param {string} text
 * @param {Tune} tune
 * @returns {Piece[]}
 */
export function piecesOf(text, tune) {
  const cuts = new Set([0, text.length]);
  for (const bar of tune.bars) cuts.add(bar.place);
  for (const note of tune.notes) cuts.add(note.place);
  const places = [...cuts].filter((place) => place <= text.length).sort((a, b) => a - b);
  return places.slice(0, -1).map((from, at) => piece(text, tune, from, places[at + 1] ?? text.length));
}

/** @param {string} text @param {Tune} tune @param {number} from @param {number} to @returns {Piece} */
function piece(text, tune, from, to) {
  const bar = tune.bars.findLastIndex(({ place }) => place <= from);
  const note = tune.notes.findIndex(({ place }) => place === from);
  return {
    text: text.slice(from, to),
    bar: bar < 0 ? null : bar,
    right: tune.bars[bar]?.kind !== "wrong",
    note: note < 0 ? null : note,
  };
}

/** `14 of 16 bars fit 6/8.`, and what was not understood. @param {Tune} tune */
export function verdict(tune) {
  const count = tune.bars.length;
  const values = { right: tune.right_bars, count, metre: tune.metre || say("tune.metre"), n: count - tune.right_bars };
  const fits = say(count ? (values.n ? "tune.odd" : "tune.fit") : "tune.bars", values);
  const first = tune.problems[0]?.message;
  return first ? `${fits} ${say(tune.problems.length > 1 ? "tune.problems" : "tune.problem", { first })}` : fits;
}
