/**
 * The WebSocket side of the contract: ticket, hello, events, frames against credit, and coming back after a cut.
 *
 * Each connection has a generation; whatever an older connection still says is ignored.
 *
 * @import { Frame } from "../types.js"
 * @import { Connection, PhaseOfPage, ServerEvent } from "../wire.js"
 */

import { LANGUAGE } from "../words/language.js";
import { say } from "../words/say.js";
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

/** @param {SocketOptions} options */
export function createSocket(options) {
  return new Socket(options);
}

export class Socket {
  /** @type {WebSocket | null} */
  #socket = null;
  #generation = 0;
  #attempt = 0;
  /** @type {Required<SocketOptions>} */
  #options;

  /** @param {SocketOptions} options */
  constructor(options) {
    this.#options = {
      afterPaint: (callback) => requestAnimationFrame(() => requestAnimationFrame(callback)),
      later: (callback, ms) => setTimeout(callback, ms),
      random: Math.random,
      now: Date.now,
      awake: () => true,
      ...options,
    };
  }

  async connect() {
    const mine = ++this.#generation;
    this.#socket?.close(1000);
    this.#socket = null;
    this.#say(this.#attempt ? "waiting" : "connecting", this.#attempt ? say("notices.reconnecting") : "");
    try {
      const ticket = await this.#options.ticket();
      if (mine === this.#generation) this.#listen(this.#options.open(ticket), mine);
    } catch (error) {
      if (mine === this.#generation) this.#lost(mine, statusOf(error) === 404 ? 4404 : 1006);
    }
  }

  /** Leave it for good; it can be connected again. */
  close() {
    this.#generation += 1;
    this.#socket?.close(1000);
    this.#socket = null;
  }

  /**
   * @param {Record<string, unknown>} command
   * @returns {boolean} whether there was a connection to send it on
   */
  send(command) {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(command));
    return true;
  }

  /** @param {PhaseOfPage} state @param {string} [reason] @param {number | null} [retryAt] */
  #say(state, reason = "", retryAt = null) {
    this.#options.onStatus({ state, attempt: this.#attempt, retryAt, reason });
  }

  /** @param {WebSocket} fresh @param {number} mine */
  #listen(fresh, mine) {
    this.#socket = fresh;
    fresh.binaryType = "arraybuffer";
    fresh.onopen = () => {
      if (mine === this.#generation) this.send({ type: "hello", language: LANGUAGE });
    };
    fresh.onmessage = ({ data }) => {
      if (mine === this.#generation) this.#receive(data, mine);
    };
    fresh.onclose = ({ code, reason }) => {
      if (mine === this.#generation) this.#lost(mine, code, reason);
    };
  }

  /** @param {string | ArrayBuffer} data @param {number} mine */
  #receive(data, mine) {
    try {
      if (typeof data === "string") this.#receiveEvent(parseEvent(data));
      else this.#receiveFrame(decodeFrame(data), mine);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  /** @param {ServerEvent} event */
  #receiveEvent(event) {
    if (event.type === "snapshot") {
      this.#attempt = 0;
      this.#say("open");
    }
    this.#options.onEvent(event);
  }

  /** @param {Frame} frame @param {number} mine */
  #receiveFrame(frame, mine) {
    this.#options.afterPaint(() => {
      if (mine === this.#generation) this.send({ type: "ack", seq: frame.seq });
    });
    this.#options.onFrame(frame);
  }

  /** @param {number} mine @param {number} code @param {string} [reason] */
  #lost(mine, code, reason = "") {
    this.#socket = null;
    const final = finalReason(code);
    if (final) return this.#say("closed", reason || final);
    const delay = retryDelay(this.#attempt, this.#options.random);
    this.#attempt += 1;
    this.#say("waiting", say("notices.lost"), this.#options.now() + delay);
    this.#options.later(() => {
      if (mine === this.#generation && this.#options.awake()) this.connect();
    }, delay);
  }
}

/** @param {unknown} error @returns {number | null} */
function statusOf(error) {
  return typeof error === "object" && error !== null && "status" in error ? Number(error.status) : null;
}
