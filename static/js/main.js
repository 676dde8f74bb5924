/**
 * The page's beginning: make the state, connect it to the server, put the panels up, remember what was chosen.
 *
 * @import { Access } from "./wire.js"
 * @import { Settle } from "./state/opening.js"
 * @import { Store } from "./state/store.js"
 */

import { effect } from "@preact/signals-core";
import { createStage } from "./draw/stage.js";
import { messageOf } from "./net/problem.js";
import { createRest } from "./net/rest.js";
import { commandsOf } from "./panels/commands.js";
import { applyHiding, UNKNOWN } from "./panels/controls.js";
import { keepFocus } from "./panels/focus.js";
import { listenToKeys } from "./panels/keyboard.js";
import { afterwards } from "./panels/lazily.js";
import { buildPage } from "./panels/page.js";
import { createActions } from "./state/actions.js";
import { keeper, LOOK } from "./state/address.js";
import { whenBegun } from "./state/begun.js";
import { connect } from "./state/connect.js";
import { bodyOfFile, createSession } from "./state/creating.js";
import { recallDrawer, rememberDrawer } from "./state/drawer.js";
import { keepExplaining } from "./state/explainer.js";
import { followSystem } from "./state/look.js";
import { looksAt, openSession, remember } from "./state/opening.js";
import { isFirstVisit, recall, rememberChoices } from "./state/preferences.js";
import { enterSession } from "./state/reduce.js";
import { createStore } from "./state/store.js";
import { during, notify } from "./state/toasts.js";
import { keepInFull } from "./state/watching.js";
import { LANGUAGE } from "./words/language.js";
import { say } from "./words/say.js";

/** Whether what is behind the # opens or shows something: then it does not stay there. @param {string} hash */
const opens = (hash) => /[#&](token|share|spec|preset)=/.test(hash) || looksAt(hash);
const [inTab, forEver] = [keeper(() => sessionStorage), keeper(() => localStorage)];
const store = createStore(recall(forEver));
const { rest, socket } = connect(store, {
  origin: location.origin,
  awake: () => !document.hidden,
  onEvent: (event) => store.runs.peek()?.heed(store, event),
  onSnapshot: () => {
    land?.(store);
    land = null;
    actions.watch();
    if (document.hidden) actions.visible(false);
  },
});
/** What is done here is done by the run beside it too, while they go together. */
const together = {
  connect: () => socket.connect(),
  send: (/** @type {Record<string, unknown>} */ command) => {
    const sent = socket.send(command);
    store.beside.peek()?.echo(command);
    return sent;
  },
};
const actions = createActions({ store, rest, socket: together });
const commands = commandsOf(store, { ...actions, fork });

/** A second run that goes on from here, beside this one. */
async function fork() {
  try {
    await during(store, say("fork.making"), async () => {
      const { forkBeside } = await import("./state/beside.js");
      const page = { origin: location.origin, awake: () => !document.hidden, storage: forEver };
      await forkBeside({ main: store, rest, page, enter });
    });
  } catch (error) {
    notify(store, "warning", messageOf(error));
  }
}

/** What is to be done when the session is there. @type {Settle | null} */
let land = null;

/** @param {Access} access @param {Settle | null} [settle] */
function enter(access, settle = null) {
  enterSession(store, access);
  remember(inTab, access, location.search);
  if (opens(location.hash)) history.replaceState(null, "", location.pathname + location.search);
  land = settle;
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

/** @param {string | null} words what the page says while it comes to where the address leads */
function onProgress(words) {
  store.busy.value = words ? [words] : [];
  store.sentence.value = words ?? "";
}

async function start() {
  const restAs = (/** @type {Access | null} */ access) => createRest({ token: () => access?.token ?? null });
  try {
    const { hash, search } = location;
    const { access, settle } = await openSession({ hash, search, storage: inTab, restAs, onProgress });
    enter(access, settle);
  } catch (error) {
    store.connection.value = { state: "closed", attempt: 0, retryAt: null, reason: messageOf(error) };
  }
}

function listen() {
  document.addEventListener("visibilitychange", () => {
    actions.visible(!document.hidden);
    if (!document.hidden && store.connection.peek().state === "waiting") socket.connect();
  });
  addEventListener("pagehide", () => store.runs.peek()?.end(store));
  addEventListener("hashchange", () => {
    if (opens(location.hash)) start();
  });
  listenToKeys(store, commands);
  keepFocus(document);
}

/** What is not needed to begin: the catalog of all that can be chosen. It comes when the page is ready, or cannot be. */
function loadCatalog() {
  rest.get("/catalog").then(
    (catalog) => {
      store.catalog.value = catalog;
    },
    (error) => notify(store, "warning", messageOf(error)),
  );
}

start();
followSystem(store.system, (query) => matchMedia(query));
document.documentElement.lang = LANGUAGE;
document.title = say("header.document");
effect(() => {
  document.documentElement.dataset.theme = store.theme.value;
  document.documentElement.dataset.contrast = store.more.value ? "more" : "standard";
});
recallDrawer(store.drawer, forEver);
applyHiding(document);
for (const name of UNKNOWN) notify(store, "warning", say("link.bad.control", { name }));
document
  .getElementById("app")
  ?.replaceChildren(...buildPage(store, { ...actions, begin, fork }, createStage, commands));
rememberChoices(store, forEver);
rememberDrawer(store.drawer, forEver);
keepExplaining(store, rest);
keepInFull(store, actions.watch);
let summing = false;
effect(() => {
  if (summing || store.looked.value.units.length === 0) return;
  summing = true;
  import("./state/sums.js").then(({ keepSumming }) => keepSumming(store, rest));
});
listen();
whenBegun(store, loadCatalog);
afterwards(
  store,
  () => import("./state/runs.js"),
  ({ beginRuns }) => {
    store.runs.value = beginRuns(store, forEver);
  },
);
// Who was sent somewhere is not shown around first.
store.tour.value = isFirstVisit(forEver) && LOOK.plain && !location.hash;
