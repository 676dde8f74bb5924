/**
 * A session's two ways to the server: REST, and the socket whose words become the store's state. Each store has its own.
 *
 * @import { ServerEvent } from "../wire.js"
 * @import { Store } from "./store.js"
 */

import { messageOf } from "../net/problem.js";
import { createRest } from "../net/rest.js";
import { createSocket } from "../net/socket.js";
import { applyEvent, applyFrame } from "./reduce.js";
import { notify } from "./toasts.js";

/**
 * @param {Store} store
 * @param {Object} page
 * @param {string} page.origin
 * @param {() => boolean} page.awake false while the page is hidden
 * @param {() => void} page.onSnapshot the session is there, or there again
 * @param {(event: ServerEvent) => void} [page.onEvent] before it becomes state
 */
export function connect(store, { origin, awake, onSnapshot, onEvent = () => {} }) {
  const rest = createRest({ token: () => store.access.peek()?.token ?? null });
  const base = () => `/sessions/${store.access.peek()?.id}`;
  const socket = createSocket({
    ticket: async () => (await rest.post(`${base()}/ticket`)).ticket,
    open: (ticket) => {
      const address = `${origin.replace(/^http/, "ws")}/api/v1${base()}/stream`;
      return new WebSocket(address, ["deltaflow.v1", `ticket.${ticket}`]);
    },
    onEvent: (event) => {
      onEvent(event);
      applyEvent(store, event);
      if (event.type === "snapshot") onSnapshot();
    },
    onFrame: (frame) => applyFrame(store, frame),
    onStatus: (connection) => {
      store.connection.value = connection;
    },
    onError: (error) => {
      console.error(error);
      notify(store, "warning", messageOf(error));
    },
    awake,
  });
  return { rest, socket };
}
