/**
 * Everything that can be done at any time, each with its name and its key: the keyboard, the map of keys and the palette read this.
 *
 * @import { StepUnit } from "../types.js"
 * @import { Control } from "./controls.js"
 * @import { Journey, Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { say } from "../words/say.js";
import { isHidden } from "./controls.js";

/**
 * @typedef {Object} Command
 * @property {string} id
 * @property {string} title
 * @property {readonly string[]} keys as KeyboardEvent.key says, after "Mod+" for Ctrl or ⌘ and "Shift+"; the first is shown
 * @property {() => unknown} run
 * @property {boolean} owner whether only the session's owner may
 * @property {Control} [control] the part of the page whose work it does: where that is hidden, there is no such command
 */

/** @type {readonly (readonly [StepUnit, string])[]} */
const UNITS = [
  ["op", "1"],
  ["layer", "2"],
  ["batch", "3"],
  ["epoch", "4"],
];

/** @type {readonly (readonly [Extract<Journey, string>, readonly string[]])[]} */
const JOURNEYS = [
  ["closer", ["+", "="]],
  ["farther", ["-", "−"]],
  ["fit", ["0"]],
  ["actual", []],
  ["in", []],
  ["out", []],
  ["left", ["Shift+ArrowLeft"]],
  ["right", ["Shift+ArrowRight"]],
  ["up", ["Shift+ArrowUp"]],
  ["down", ["Shift+ArrowDown"]],
];

const REDO = ["Mod+y", "Mod+Y", "Mod+Shift+z", "Mod+Shift+Z"];

/** @typedef {Actions & { fork?: () => unknown }} Acts */

/**
 * @param {Store} store
 * @param {Acts} actions
 * @returns {readonly Command[]}
 */
export function commandsOf(store, actions) {
  const all = [...doing(store, actions), ...looking(actions), ...opening(store), ...helping(store)];
  return all.filter(({ control }) => !control || !isHidden(control));
}

/** @param {Store} store @param {Acts} actions @returns {Command[]} */
function doing(store, actions) {
  const can = (/** @type {"undo" | "redo"} */ way) => store.undoable.value[way] !== null;
  const units = UNITS.map(([unit, key]) =>
    owned(`unit-${unit}`, say(`transport.unit.${unit}.command`), [key], "transport.unit", () => actions.setUnit(unit)),
  );
  return [
    { ...free("undo", say("undo.command"), ["Mod+z", "Mod+Z"], () => can("undo") && actions.undo()), owner: true },
    { ...free("redo", say("undo.command.redo"), REDO, () => can("redo") && actions.redo()), owner: true },
    owned("forward", say("keys.forward"), ["ArrowRight"], "transport.step", () => actions.step("forward")),
    owned("back", say("keys.back"), ["ArrowLeft"], "transport.back", () => actions.step("back")),
    owned("play", say("keys.play"), [" "], "transport.play", () => actions.toggle()),
    ...units,
    { ...free("bookmark", say("bookmark.key"), ["b", "B"], () => actions.addBookmark()), owner: true },
    free("fork", say("fork.title"), [], () => actions.fork?.()),
    owned("reset", say("keys.reset"), ["r", "R"], "transport.reset", () => actions.reset()),
  ];
}

/** @param {Actions} actions @returns {Command[]} */
function looking(actions) {
  return [
    free("example-next", say("keys.example.next"), ["ArrowDown"], () => actions.nextExample(1)),
    free("example-before", say("keys.example.before"), ["ArrowUp"], () => actions.nextExample(-1)),
    free("leave", say("keys.escape"), ["Escape"], () => actions.leave()),
    free("fold", say("keys.fold"), ["f", "F"], () => actions.fold()),
    ...JOURNEYS.map(([to, keys]) => free(to, say(`keys.${to}`), keys, () => actions.travel(to))),
  ];
}

/** The tabs of the drawer. @param {Store} store @returns {Command[]} */
function opening({ drawer }) {
  const tabs = /** @type {const} */ ({
    histograms: "histograms.tab",
    predictions: "predictions.tab",
    confusion: "drawer.confusion",
    rate: "rates.tab",
    runs: "runs.tab",
  });
  return Object.entries(tabs).map(([tab, key]) => {
    const title = say("drawer.hint", { tab: say(key) });
    const open = () => {
      drawer.tab.value = /** @type {keyof typeof tabs} */ (tab);
      document.getElementById(`tab-${tab}`)?.focus();
    };
    return { ...free(`drawer-${tab}`, title, [], open), control: "drawer" };
  });
}

/** @param {Store} store @returns {Command[]} */
function helping(store) {
  const open = (/** @type {import("../state/store.js").Dialog} */ dialog) => () => {
    store.dialog.value = dialog;
  };
  return [
    free("palette", say("keys.palette"), ["Mod+k", "Mod+K"], open("palette")),
    free("keys", say("keys.map"), ["?", "Shift+?"], open("keys")),
    free("tour", say("keys.tour"), [], () => {
      store.tour.value = true;
    }),
  ];
}

/** @param {string} id @param {string} title @param {readonly string[]} keys @param {() => unknown} run @returns {Command} */
function free(id, title, keys, run) {
  return { id, title, keys, run, owner: false };
}

/** @param {string} id @param {string} title @param {readonly string[]} keys @param {Control} control @param {() => unknown} run @returns {Command} */
function owned(id, title, keys, control, run) {
  return { id, title, keys, run, owner: true, control };
}

/**
 * The command that a key means.
 *
 * @param {readonly Command[]} commands
 * @param {Readonly<{ key: string, shiftKey?: boolean, ctrlKey?: boolean, metaKey?: boolean }>} event
 * @returns {Command | null}
 */
export function commandOf(commands, { key, shiftKey = false, ctrlKey = false, metaKey = false }) {
  const mod = ctrlKey || metaKey ? "Mod+" : "";
  const wanted = shiftKey ? [`${mod}Shift+${key}`, `${mod}${key}`] : [`${mod}${key}`];
  const found = wanted.map((name) => commands.find(({ keys }) => keys.includes(name))).find(Boolean);
  return found ?? null;
}

/** How keys are written on the keyboard. @type {Readonly<Record<string, string>>} */
const SIGNS = { ArrowRight: "→", ArrowLeft: "←", ArrowUp: "↑", ArrowDown: "↓", Shift: "⇧", "-": "−" };

/** @param {string} keys "Mod+k" -> ["Ctrl", "K"], or ["⌘", "K"] on a Mac @param {boolean} [mac] @returns {string[]} */
export function signsOf(keys, mac = isMac()) {
  const names = keys === "+" ? ["+"] : keys.split("+");
  return names.map((name) => {
    if (name === "Mod") return mac ? "⌘" : say("keys.control");
    if (name === " ") return say("keys.space");
    if (name === "Escape") return say("keys.esc");
    return SIGNS[name] ?? (name.length === 1 ? name.toUpperCase() : name);
  });
}

function isMac() {
  return typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent ?? "");
}
