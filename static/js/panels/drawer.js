/**
 * The drawer below the transport: a slim row of tabs, and above what the open one shows. Each comes when it is first opened,
 * and asks for its numbers only while it is open.
 *
 * @import { Actions } from "../state/actions.js"
 * @import { Drawer, Tab } from "../state/drawer.js"
 * @import { Store } from "../state/store.js"
 */

import { heightWithin, LEAST_HEIGHT, toggleTab } from "../state/drawer.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { loadStyles } from "./formula.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";

/** What the stage keeps, however high the drawer is pulled. */
const LEAST_STAGE = 200;
const KEY_STEP = 24;

/** @typedef {Actions & { begin: (from: File) => unknown }} Acts */
/** @typedef {(store: Store, actions: Acts) => HTMLElement} Build */
/** @typedef {Readonly<{ id: Tab, name: string, panel: { now: () => { build: Build } | null } }>} Entry */

/** With its styles, which are no part of the first page. @param {() => Promise<Build>} load */
function tabOf(load) {
  return lazily(async () => {
    const [build] = await Promise.all([load(), loadDrawerStyles()]);
    return { build };
  });
}

/** @type {Promise<void> | null} */
let styles = null;
function loadDrawerStyles() {
  styles ??= loadStyles("drawer");
  return styles;
}

/** @type {readonly Entry[]} */
const ENTRIES = [
  {
    id: "histograms",
    name: say("histograms.tab"),
    panel: tabOf(async () => (await import("./histograms.js")).histogramsTab),
  },
  {
    id: "predictions",
    name: say("predictions.tab"),
    panel: tabOf(async () => (await import("./predictions.js")).predictionsTab),
  },
  {
    id: "confusion",
    name: say("drawer.confusion"),
    panel: tabOf(async () => (await import("./confusiontab.js")).confusionTab),
  },
  {
    id: "rate",
    name: say("rates.tab"),
    panel: tabOf(async () => (await import("./rates.js")).ratesTab),
  },
  {
    id: "runs",
    name: say("runs.tab"),
    panel: tabOf(async () => (await import("./runs.js")).runsTab),
  },
];

/** @param {Store} store @param {Acts} actions */
export function drawer(store, actions) {
  const { tab, height } = store.drawer;
  const open = () => ENTRIES.find(({ id }) => id === tab.value);
  const body = follow(
    el("div", { class: "drawer-body", id: "drawer-body", tabIndex: 0, attributes: { role: "tabpanel" } }),
    () => {
      const entry = open();
      if (!entry) return [];
      const module = entry.panel.now();
      return [module ? module.build(store, actions) : el("p", { class: "say" }, say("drawer.coming"))];
    },
  );
  const handle = resizer(store.drawer, body);
  watch(() => {
    const entry = open();
    body.hidden = handle.hidden = !entry;
    body.style.setProperty("--drawer", `${height.value}px`);
    if (entry) body.setAttribute("aria-labelledby", `tab-${entry.id}`);
  });
  return el(
    "section",
    { class: "drawer", attributes: { "aria-label": say("drawer.aria") } },
    handle,
    body,
    tabs(store.drawer),
  );
}

/** One stop for Tab; arrows go from tab to tab, Enter opens one, or closes it again. @param {Drawer} drawer */
function tabs(drawer) {
  const buttons = ENTRIES.map((entry) => tabButton(drawer, entry));
  const row = el("div", { class: "drawer-tabs", attributes: { role: "tablist", "aria-label": say("drawer.aria") } });
  row.append(...buttons);
  row.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length]?.focus();
  });
  watch(() => {
    const stop = Math.max(
      0,
      ENTRIES.findIndex(({ id }) => id === drawer.tab.value),
    );
    buttons.forEach((button, at) => {
      button.tabIndex = at === stop ? 0 : -1;
    });
  });
  return el("div", { class: "drawer-row" }, row, closer(drawer));
}

/** @param {Drawer} drawer @param {Entry} entry */
function tabButton(drawer, { id, name }) {
  const button = el(
    "button",
    {
      class: "drawer-tab",
      id: `tab-${id}`,
      type: "button",
      attributes: { role: "tab", "aria-controls": "drawer-body" },
      on: { click: () => toggleTab(drawer, id) },
    },
    name,
  );
  watch(() => {
    const open = drawer.tab.value === id;
    button.ariaSelected = button.ariaExpanded = String(open);
    button.title = open ? say("drawer.close") : say("drawer.hint", { tab: name });
  });
  return button;
}

/** @param {Drawer} drawer */
function closer(drawer) {
  const label = say("drawer.close");
  const button = el("button", { class: "tiny", type: "button", ariaLabel: label, title: label }, "×");
  button.addEventListener("click", () => {
    const tab = drawer.tab.peek();
    drawer.tab.value = null;
    document.getElementById(`tab-${tab}`)?.focus();
  });
  watch(() => {
    button.hidden = drawer.tab.value === null;
  });
  return button;
}

/** The upper edge: pull it, or move it with the arrow keys. @param {Drawer} drawer @param {HTMLElement} body */
function resizer({ height }, body) {
  const most = () => body.offsetHeight + (document.querySelector(".stage")?.clientHeight ?? 0) - LEAST_STAGE;
  const resize = (/** @type {number} */ wanted) => {
    height.value = heightWithin(wanted, most());
  };
  const handle = el("div", {
    class: "drawer-edge",
    id: "drawer-edge",
    tabIndex: 0,
    attributes: {
      role: "separator",
      "aria-orientation": "horizontal",
      "aria-label": say("drawer.resize"),
      "aria-controls": "drawer-body",
      "aria-valuemin": LEAST_HEIGHT,
    },
  });
  watch(() => {
    handle.ariaValueNow = String(height.value);
    handle.ariaValueMax = String(Math.max(height.value, most()));
  });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowUp: KEY_STEP, ArrowDown: -KEY_STEP, PageUp: 4 * KEY_STEP, PageDown: -4 * KEY_STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    resize(body.offsetHeight + by);
  });
  pull(handle, () => body.offsetHeight, resize);
  return handle;
}

/** @param {HTMLElement} handle @param {() => number} height @param {(wanted: number) => void} resize */
function pull(handle, height, resize) {
  let from = 0;
  handle.addEventListener("pointerdown", (event) => {
    from = event.clientY + height();
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  handle.addEventListener("pointermove", (event) => {
    if (handle.hasPointerCapture(event.pointerId)) resize(from - event.clientY);
  });
}
