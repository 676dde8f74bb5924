/**
 * The palette: everything that can be done, found by typing. Commands, what stands on the page just now, stories to begin with,
 * and any step, example or number by its name.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Command } from "./commands.js"
 */

import { queryNamed } from "../state/names.js";
import { rowOf } from "../state/select.js";
import { say } from "../words/say.js";
import { signsOf } from "./commands.js";
import { el, kbd } from "./dom.js";
import { words } from "./format.js";

const MOST_SHOWN = 60;
const CONTROLS = "button, select, input, textarea, summary, a[href], [role=slider], canvas[tabindex]";

/** @typedef {Readonly<{ title: string, keys?: readonly string[], run: () => unknown }>} Offer */
/** @typedef {Actions & { begin: (preset: string) => unknown }} Acts */

/**
 * Those in which every typed word begins a word, in their order; without anything typed, all.
 *
 * @template {{ title: string }} T
 * @param {readonly T[]} offers
 * @param {string} typed
 * @returns {readonly T[]}
 */
export function fitting(offers, typed) {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  return offers.filter(({ title }) => {
    const parts = plain(title).split(/[\s:,.()’']+/);
    return wanted.every((start) => parts.some((part) => part.startsWith(start)));
  });
}

/** Without accents and capitals. @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * What is typed as a place: a step, an example, a number of the network.
 *
 * @param {string} typed
 * @param {Store} store
 * @param {Acts} actions
 * @returns {Offer[]}
 */
export function places(typed, store, actions) {
  const [, step] = /^\s*(?:step|étape)\s+(\d+)\s*$/i.exec(typed) ?? [];
  if (step) return [{ title: say("guide.palette.seek", { step }), run: () => actions.seek(Number(step), 0) }];
  const [, example] = /^\s*(?:example|exemple)\s+(\d+)\s*$/i.exec(typed) ?? [];
  if (example)
    return [{ title: say("guide.palette.example", { example }), run: () => actions.follow(Number(example) - 1) }];
  const graph = store.graph.peek();
  const query = graph && queryNamed(typed, graph, rowOf(store.frame.peek()));
  if (!query) return [];
  return [{ title: say("guide.palette.why", { name: typed.trim() }), run: () => actions.ask(query) }];
}

/** What can be filled in, and then what can be pressed, on the page just now. @param {Element} page @returns {Offer[]} */
function controls(page) {
  const found = [...page.querySelectorAll(CONTROLS)].filter(isThere);
  const named = found.map((control) => ({ control, name: nameOf(control) })).filter(({ name }) => name);
  const pressed = (/** @type {HTMLElement} */ control) => control.matches("button, summary, a[href]");
  return [
    ...named
      .filter(({ control }) => !pressed(control))
      .map(({ control, name }) => ({ title: say("guide.palette.go", { name }), run: () => control.focus() })),
    ...named
      .filter(({ control }) => pressed(control))
      .map(({ control, name }) => ({ title: say("guide.palette.press", { name }), run: () => control.click() })),
  ];
}

/** @param {Element} control @returns {control is HTMLElement} */
function isThere(control) {
  if (!(control instanceof HTMLElement) || control.matches(":disabled, [type=radio]")) return false;
  return control.checkVisibility({ visibilityProperty: true }) && !control.closest("[popover]");
}

/** What a control is called: its label, in the order in which a screen reader looks for it. @param {HTMLElement} control */
function nameOf(control) {
  const label =
    control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.labels?.[0] : null;
  const written = control.ariaLabel || label?.textContent || control.textContent || control.title;
  return written.replace(/\s+/g, " ").trim();
}

/**
 * @param {Store} store
 * @param {Acts} actions
 * @param {readonly Command[]} commands
 * @returns {readonly Offer[]}
 */
function offersOf(store, actions, commands) {
  const presets = store.catalog.peek()?.presets ?? [];
  const all = [
    ...commands.filter(({ id, owner }) => id !== "palette" && (!owner || store.owner.peek())),
    ...controls(document.getElementById("app") ?? document.body),
    ...presets.map((preset) => ({
      title: say("guide.palette.begin", { name: preset.title ?? words(preset.name) }),
      run: () => actions.begin(preset.name),
    })),
  ];
  return [...new Map(all.map((offer) => [offer.title, offer])).values()];
}

/**
 * @param {Store} store
 * @param {Acts} actions
 * @param {readonly Command[]} commands
 * @param {() => void} close
 * @returns {HTMLElement[]} its first is the field
 */
export function palette(store, actions, commands, close) {
  const offers = offersOf(store, actions, commands);
  const list = el("ul", {
    id: "palette-list",
    attributes: { role: "listbox", "aria-label": say("guide.palette.results") },
  });
  const heard = el("p", { class: "sr-only", attributes: { role: "status" } });
  const field = el("input", {
    id: "palette-field",
    type: "text",
    autocomplete: "off",
    spellcheck: false,
    placeholder: say("guide.palette.placeholder"),
    attributes: {
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": "palette-list",
      "aria-autocomplete": "list",
    },
  });
  field.ariaLabel = say("guide.palette");
  /** @type {readonly Offer[]} */
  let shown = [];
  let chosen = 0;
  function show() {
    const found = [...places(field.value, store, actions), ...fitting(offers, field.value)];
    shown = found.slice(0, MOST_SHOWN);
    chosen = 0;
    list.replaceChildren(...shown.map((offer, at) => option(offer, at, take)));
    heard.textContent = found.length ? say("guide.palette.count", { n: found.length }) : say("guide.palette.none");
    if (!found.length)
      list.append(el("li", { class: "none", attributes: { role: "presentation" } }, heard.textContent));
    mark();
  }
  function mark() {
    for (const [at, row] of [...list.querySelectorAll("[role=option]")].entries()) {
      row.setAttribute("aria-selected", String(at === chosen));
      if (at === chosen) row.scrollIntoView({ block: "nearest" });
    }
    field.setAttribute("aria-activedescendant", shown.length ? `palette-${chosen}` : "");
  }
  /** @param {number} at */
  function take(at) {
    const offer = shown[at];
    if (!offer) return;
    close();
    offer.run();
  }
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (by) chosen = Math.min(shown.length - 1, Math.max(0, chosen + by));
    else if (event.key === "Enter") take(chosen);
    else return;
    event.preventDefault();
    mark();
  });
  show();
  return [field, list, heard];
}

/** @param {Offer} offer @param {number} at @param {(at: number) => void} take */
function option({ title, keys = [] }, at, take) {
  const row = el(
    "li",
    { id: `palette-${at}`, attributes: { role: "option", "aria-selected": "false" } },
    el("span", null, title),
    keys[0] ? el("span", { class: "signs" }, ...signsOf(keys[0]).map((sign) => kbd(sign))) : null,
  );
  row.addEventListener("click", () => take(at));
  return row;
}
