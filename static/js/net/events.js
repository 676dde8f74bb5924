/**
 * The mirror of app/protocol/events.py: JSON -> one of the events that the page knows.
 *
 * @import { Call } from "../types.js"
 * @import { PackedCalls, ServerEvent } from "../wire.js"
 */

const EVENT_TYPES = Object.freeze([
  "snapshot",
  "stepped",
  "sought",
  "bookmarks_changed",
  "reset",
  "played",
  "paused",
  "edited",
  "undone",
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
  return event.calls ? { ...event, calls: unpackCalls(event.calls) } : event;
}

/**
 * The mirror of app/protocol/ribbon.py: what many calls share is said once, and the star in a label is the node.
 *
 * @param {PackedCalls} packed
 * @returns {Call[]}
 */
export function unpackCalls({ kinds, kind, node }) {
  return kind.map((which, index) => {
    const common = kinds[which];
    const written = node[index];
    if (!common || written === undefined)
      throw new Error(`expected ${kinds.length} kinds of call, got number ${which}`);
    return { ...common, index, node: written, label: common.label.replace("*", () => written) };
  });
}
