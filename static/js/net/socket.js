/**
 * The WebSocket side of the contract: ticket, hello, events, frames against credit, and coming back after a cut.
 *
 * Each connection has a generation; whatever an older connection still says is ignored.
 *
 * @import { Frame } from "../types.js"
 * @import { Connection, PhaseOfPage, ServerEvent } from "../wire.js"
 */

import { finalReason, retryDelay } from "./backoff.js";
import { parseEvent } from "./events.js";
import { decodeFrame } from "./frames.js";

/**
 * @typedef {Object} SocketOptions
 * @property {(ticket: string) => WebSocket} open
 * @property {() => Promise<string>} ticket
 * @property {(event: ServerEvent) => void} onEvent
 * @property {(frame: Frame) => void} onFrame called before the browser paints
 * @property {(connection: Connection) => void} onStatus
 * @property {(error: unknown) => void} onError
 * @property {(callback: () => void) => unknown} [afterPaint]
 * @property {(callback: () => void, ms: number) => any} [later]
 * @property {() => number} [random]
 * @property {() => number} [now]
 * @property {() => boolean} [awake] false while the page is hidden: then nobody needs a connection
 */

/** @typedef {ReturnType<typeof createSocket>} Socket */

/** @param {SocketOptions} options */
export function createSocket(options) {
  const {
    afterPaint = (callback) => requestAnimationFrame(() => requestAnimationFrame(callback)),
    later = (callback, ms) => setTimeout(callback, ms),
    random = Math.random,
    now = Date.now,
    awake = () => true,
  } = options;
  /** @type {WebSocket | null} */
  let socket = null;
  let generation = 0;
  let attempt = 0;

  /** @param {PhaseOfPage} state @param {string} [reason] @param {number | null} [retryAt] */
  function say(state, reason = "", retryAt = null) {
    options.onStatus({ state, attempt, retryAt, reason });
  }

  async function connect() {
    const mine = ++generation;
    socket?.close(1000);
    socket = null;
    say(attempt ? "waiting" : "connecting", attempt ? "Reconnecting …" : "");
    try {
      const ticket = await options.ticket();
      if (mine === generation) listen(options.open(ticket), mine);
    } catch (error) {
      if (mine === generation) lost(mine, statusOf(error) === 404 ? 4404 : 1006);
    }
  }

  /** @param {WebSocket} fresh @param {number} mine */
  function listen(fresh, mine) {
    socket = fresh;
    fresh.binaryType = "arraybuffer";
    fresh.onopen = () => {
      if (mine === generation) send({ type: "hello" });
    };
    fresh.onmessage = ({ data }) => {
      if (mine === generation) receive(data, mine);
    };
    fresh.onclose = ({ code, reason }) => {
      if (mine === generation) lost(mine, code, reason);
    };
  }

  /** @param {string | ArrayBuffer} data @param {number} mine */
  function receive(data, mine) {
    try {
      if (typeof data === "string") receiveEvent(parseEvent(data));
      else receiveFrame(decodeFrame(data), mine);
    } catch (error) {
      options.onError(error);
    }
  }

  /** @param {ServerEvent} event */
  function receiveEvent(event) {
    if (event.type === "snapshot") {
      attempt = 0;
      say("open");
    }
    options.onEvent(event);
  }

  /** @param {Frame} frame @param {number} mine */
  function receiveFrame(frame, mine) {
    afterPaint(() => {
      if (mine === generation) send({ type: "ack", seq: frame.seq });
    });
    options.onFrame(frame);
  }

  /** @param {number} mine @param {number} code @param {string} [reason] */
  function lost(mine, code, reason = "") {
    socket = null;
    const final = finalReason(code);
    if (final) return say("closed", reason || final);
    const delay = retryDelay(attempt, random);
    attempt += 1;
    say("waiting", "The connection was lost.", now() + delay);
    later(() => {
      if (mine === generation && awake()) connect();
    }, delay);
  }

  /**
   * @param {Record<string, unknown>} command
   * @returns {boolean} whether there was a connection to send it on
   */
  function send(command) {
    if (socket?.readyState !== 1) return false;
    socket.send(JSON.stringify(command));
    return true;
  }

  /** Leave for good: nothing that this connection still says is heard. */
  function close() {
    generation += 1;
    socket?.close(1000);
    socket = null;
  }

  return { connect, send, close };
}

/** @param {unknown} error @returns {number | null} */
function statusOf(error) {
  return typeof error === "object" && error !== null && "status" in error ? Number(error.status) : null;
}
