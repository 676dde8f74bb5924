/**
 * When to try again, and whether.
 */

import { say } from "../words/say.js";

const FIRST_S = 0.25;
const LONGEST_S = 10;

/** Codes after which trying again by itself is pointless: the person has to do something. */
const FINAL = new Map([
  [1000, say("notices.closed")],
  [1008, say("notices.page")],
  [1009, say("notices.big")],
  [4400, say("notices.reload")],
  [4404, say("notices.ended")],
  [4409, say("notices.tab")],
]);

/**
 * Full jitter: anywhere between 0 and a ceiling that doubles, so that thirty pupils do not come back at once.
 *
 * @param {number} attempt 0 for the first retry
 * @param {() => number} [random] in [0, 1)
 * @returns {number} milliseconds
 */
export function retryDelay(attempt, random = Math.random) {
  const ceiling = Math.min(LONGEST_S, FIRST_S * 2 ** attempt);
  return Math.max(50, Math.round(1000 * ceiling * random()));
}

/**
 * Why a close code is final, or null where a retry makes sense.
 *
 * @param {number} code
 * @returns {string | null}
 */
export function finalReason(code) {
  return FINAL.get(code) ?? null;
}
