/**
 * The curve of the training, as the page holds it.
 *
 * @import { History } from "../types.js"
 */

const MOST_POINTS = 2048;

/** @type {History} */
export const NO_HISTORY = Object.freeze({
  step: [],
  train_loss: [],
  test_loss: [],
  train_accuracy: [],
  test_accuracy: [],
});

/** @type {readonly (keyof History)[]} */
const COLUMNS = ["step", "train_loss", "test_loss", "train_accuracy", "test_accuracy"];

/**
 * The points of `held` before the first of `fresh`, then those of `fresh`; thinned when there are too many.
 *
 * @param {History} held
 * @param {Partial<History>} fresh
 * @returns {History}
 */
export function appendHistory(held, fresh) {
  const first = fresh.step?.[0];
  if (first === undefined) return held;
  const at = held.step.findIndex((step) => step >= first);
  const kept = at < 0 ? held.step.length : at;
  const length = fresh.step?.length ?? 0;
  const joined = COLUMNS.map((name) => [name, [...held[name].slice(0, kept), ...padded(fresh[name], length)]]);
  return thin(/** @type {History} */ (Object.fromEntries(joined)));
}

/**
 * @param {readonly (number | null)[] | undefined} column
 * @param {number} length
 * @returns {readonly (number | null)[]}
 */
function padded(column, length) {
  return column ?? new Array(length).fill(null);
}

/** @param {History} history @returns {History} */
function thin(history) {
  if (history.step.length <= MOST_POINTS) return history;
  const half = COLUMNS.map((name) => [name, history[name].filter((_, index) => index % 2 === 0)]);
  return /** @type {History} */ (Object.fromEntries(half));
}
