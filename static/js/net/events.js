/**
 * The mirror of app/protocol/events.py: JSON -> one of the events that the page knows.
 *
 * @import { ServerEvent } from "../wire.js"
 */

export const EVENT_TYPES = Object.freeze([
  "snapshot",
  "stepped",
  "sought",
  "reset",
  "played",
  "paused",
  "edited",
  "diverged",
  "watched",
  "explained",
  "gradients_checked",
  "refused",
  "expired",
  "restored",
]);

/**
 * @param {string} text
 * @returns {ServerEvent}
 */
export function parseEvent(text) {
  const event = JSON.parse(text);
  if (!EVENT_TYPES.includes(event?.type)) throw new Error(`expected an event, got "${event?.type}"`);
  return event;
}
