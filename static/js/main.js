/**
 * The page's beginning: make the state, connect it to the server, put the panels up, remember what was chosen.
 *
 * @import { Access } from "./wire.js"
 * @import { Store } from "./state/store.js"
 */

import { effect } from "@preact/signals-core";
import { createStage } from "./draw/stage.js";
import { messageOf } from "./net/problem.js";
import { createRest } from "./net/rest.js";
import { createSocket } from "./net/socket.js";
import { listenToKeys } from "./panels/keyboard.js";
import { buildPage } from "./panels/page.js";
import { createActions } from "./state/actions.js";
import { recallDrawer, rememberDrawer } from "./state/drawer.js";
import { keepExplaining } from "./state/explainer.js";
import { followSystem } from "./state/look.js";
import { bodyOfFile, createSession, openSession, remember } from "./state/opening.js";
import { recall, rememberChoices } from "./state/preferences.js";
import { applyEvent, applyFrame, enterSession } from "./state/reduce.js";
import { createStore } from "./state/store.js";
import { during, notify } from "./state/toasts.js";
import { LANGUAGE } from "./words/language.js";
import { say } from "./words/say.js";

const store = createStore(recall(localStorage));
const rest = createRest({ token: () => store.access.peek()?.token ?? null });
const socket = createSocket({
  ticket: async () => (await rest.post(`/sessions/${store.access.peek()?.id}/ticket`)).ticket,
  open: (ticket) => new WebSocket(streamAddress(), ["deltaflow.v1", `ticket.${ticket}`]),
  onEvent: (event) => {
    applyEvent(store, event);
    if (event.type !== "snapshot") return;
    actions.watch();
    if (document.hidden) actions.visible(false);
  },
  onFrame: (frame) => applyFrame(store, frame),
  onStatus: (connection) => {
    store.connection.value = connection;
  },
  onError: (error) => {
    console.error(error);
    notify(store, "warning", messageOf(error));
  },
  awake: () => !document.hidden,
});
const actions = createActions({ store, rest, socket });

function streamAddress() {
  return `${location.origin.replace(/^http/, "ws")}/api/v1/sessions/${store.access.peek()?.id}/stream`;
}

/** @param {Access} access */
function enter(access) {
  enterSession(store, access);
  remember(sessionStorage, access);
  if (/token=|share=/.test(location.hash)) history.replaceState(null, "", location.pathname);
  socket.connect();
}

/** A new session from a preset or a file, and the old one's connection is left. @param {string | File} [from] */
async function begin(from = "fruit") {
  const body = typeof from === "string" ? { preset: from } : bodyOfFile(from);
  try {
    enter(await during(store, say("notices.building"), () => createSession(rest, body)));
  } catch (error) {
    notify(store, "warning", messageOf(error));
  }
}

async function start() {
  const restAs = (/** @type {Access | null} */ access) => createRest({ token: () => access?.token ?? null });
  try {
    enter(await openSession({ hash: location.hash, storage: sessionStorage, restAs }));
  } catch (error) {
    store.connection.value = { state: "closed", attempt: 0, retryAt: null, reason: messageOf(error) };
  }
}

function listen() {
  document.addEventListener("visibilitychange", () => {
    actions.visible(!document.hidden);
    if (!document.hidden && store.connection.peek().state === "waiting") socket.connect();
  });
  addEventListener("hashchange", () => {
    if (/token=|share=/.test(location.hash)) start();
  });
  listenToKeys(store, actions);
}

/** What is not needed to begin: the catalog of all that can be chosen. It comes when the page is ready, or cannot be. */
function loadCatalog() {
  if (catalogAsked || (!store.frame.value && store.connection.value.state !== "closed")) return;
  catalogAsked = true;
  rest.get("/catalog").then(
    (catalog) => {
      store.catalog.value = catalog;
    },
    (error) => notify(store, "warning", messageOf(error)),
  );
}

let catalogAsked = false;
start();
followSystem(store.system, (query) => matchMedia(query));
document.documentElement.lang = LANGUAGE;
effect(() => {
  document.documentElement.dataset.theme = store.theme.value;
  document.documentElement.dataset.contrast = store.more.value ? "more" : "standard";
});
recallDrawer(store.drawer, localStorage);
document.getElementById("app")?.replaceChildren(...buildPage(store, { ...actions, begin }, createStage));
rememberChoices(store, localStorage);
rememberDrawer(store.drawer, localStorage);
keepExplaining(store, rest);
listen();
effect(loadCatalog);
