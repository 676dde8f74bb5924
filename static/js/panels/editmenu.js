/**
 * The menu of the stage: right click, a long press, Shift+F10. It also asks what a command still has to know.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Point } from "../types.js"
 * @import { Command, Commands } from "./editcommands.js"
 */

import { layersOf } from "../state/chosen.js";
import { skip } from "../state/layeredits.js";
import { say } from "../words/say.js";
import { el, kbd, setAttributes } from "./dom.js";
import { commandsFor } from "./editcommands.js";
import { noNumber, readNumber } from "./fields.js";
import { optionsOf } from "./training.js";

const NAME = "[A-Za-z][A-Za-z0-9_\\-]{0,31}";

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {Commands} commands
 * @param {HTMLElement} home what has the focus again when the menu is gone
 */
export function editMenu(store, actions, commands, home) {
  const panel = el("div", { class: "popover menu edit-menu", popover: "manual", id: "edit-menu" });
  panel.addEventListener("toggle", (event) => {
    const closed = /** @type {ToggleEvent} */ (event).newState === "closed";
    if (closed && (document.activeElement === document.body || panel.contains(document.activeElement))) home.focus();
  });
  walkedByArrows(panel);
  dismissed(panel);

  /** @param {string} label @param {"menu" | "dialog"} role @param {Point} at @param {readonly HTMLElement[]} children */
  function show(label, role, at, children) {
    panel.setAttribute("role", role);
    panel.setAttribute("aria-label", label);
    panel.replaceChildren(...children);
    if (!panel.matches(":popover-open")) panel.showPopover();
    panel.style.left = `${Math.max(8, Math.min(at.x, innerWidth - panel.offsetWidth - 8))}px`;
    panel.style.top = `${Math.max(8, Math.min(at.y, innerHeight - panel.offsetHeight - 8))}px`;
    const first = panel.querySelector("input, button:not(:disabled)");
    if (first instanceof HTMLElement) first.focus();
    if (first instanceof HTMLInputElement) first.select();
  }

  /** Where the menu last was: what it asks stands there too. @type {Point} */
  let place = { x: 8, y: 8 };

  /** @param {string} layer @param {Point} [at] */
  function rename(layer, at = place) {
    const input = el("input", { class: "number wide", value: layer, pattern: NAME, required: true, id: "new-name" });
    input.title = say("edit.rename.rule");
    input.ariaLabel = say("edit.rename.of", { layer });
    ask(say("edit.rename.of", { layer }), at, input, say("edit.rename.do"), () => actions.rename(layer, input.value));
  }

  function hold() {
    const input = el("input", { class: "number wide", type: "text", inputMode: "decimal", value: "0", required: true });
    input.autocomplete = "off";
    input.ariaLabel = say("edit.hold.value");
    const act = () => {
      const typed = readNumber(input.value);
      return Number.isFinite(typed) ? commands.clamp(typed) : noNumber(input.value);
    };
    ask(say("edit.hold.value"), place, input, say("whatif.clamp"), act);
  }

  /** @param {string} label @param {Point} at @param {HTMLInputElement} input @param {string} action @param {() => unknown} act a text: why not; then it goes on asking */
  function ask(label, at, input, action, act) {
    const why = el("p", { class: "objection", id: "edit-ask-why", hidden: true, attributes: { role: "alert" } });
    const form = el("form", { class: "edit-ask" }, input, el("button", { class: "btn" }, action), why);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const refused = act();
      if (typeof refused !== "string") return panel.hidePopover();
      why.textContent = refused;
      why.hidden = false;
      setAttributes(input, { "aria-invalid": "true", "aria-describedby": why.id });
      input.select();
    });
    show(label, "dialog", at, [el("h2", { class: "plain" }, label), form]);
  }

  /** To which layers a skip may lead; why not to the others. @param {string} from @param {Point} [at] */
  function lead(from, at = place) {
    const [spec, graph] = [store.spec.value, store.graph.value];
    if (!spec || !graph) return;
    const start = spec.layers.findIndex(({ id }) => id === from);
    const items = spec.layers.slice(start + 1).map(({ id }) => {
      const attempt = skip(spec, graph, from, id);
      const why = "patch" in attempt ? "" : say(attempt.reason, attempt.values);
      return item({ id: `lead-${id}`, label: id, keys: why, run: () => commands.lead(from, id), disabled: why !== "" });
    });
    show(say("edit.skip.to", { from }), "menu", at, [
      el("h2", { class: "plain" }, say("edit.skip.to", { from })),
      ...items,
    ]);
  }

  /** @param {Command} command */
  function item({ id, label, keys, run, disabled = false }) {
    const button = el("button", {
      class: "story",
      type: "button",
      id: `do-${id}`,
      disabled,
      attributes: { role: "menuitem" },
    });
    button.append(el("b", null, label), keys ? (id.startsWith("lead") ? el("span", null, keys) : kbd(keys)) : "");
    button.addEventListener("click", () => {
      panel.hidePopover();
      run();
    });
    return button;
  }

  return {
    panel,
    rename,
    lead,
    /** @param {Point} at in CSS pixels of the window */
    open: (at) => {
      place = at;
      const items = commandsFor(store, commands, { rename, hold, lead }).map(item);
      show(say("edit.menu"), "menu", at, [...items, ...activations(store, commands, () => panel.hidePopover())]);
    },
  };
}

/** @typedef {ReturnType<typeof editMenu>} Menu */

/**
 * It goes by Esc and by a press beside it. The browser's own dismissal would close it when the finger is lifted by whose rest
 * it was opened.
 *
 * @param {HTMLElement} panel
 */
function dismissed(panel) {
  let ended = new AbortController();
  panel.addEventListener("beforetoggle", (event) => {
    ended.abort();
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    ended = new AbortController();
    const whileOpen = { signal: ended.signal, capture: true };
    const hide = (/** @type {Event} */ { target }) => {
      if (!(target instanceof Node && panel.contains(target))) panel.hidePopover();
    };
    document.addEventListener("pointerdown", hide, whileOpen);
    document.addEventListener(
      "keydown",
      (key) => {
        if (key.key !== "Escape") return;
        key.stopPropagation();
        panel.hidePopover();
      },
      whileOpen,
    );
  });
}

/** Arrows lead from button to button, around the end. @param {HTMLElement} panel */
function walkedByArrows(panel) {
  panel.addEventListener("keydown", (event) => {
    const buttons = [...panel.querySelectorAll("button:not(:disabled)")].filter((each) => each instanceof HTMLElement);
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined || document.activeElement instanceof HTMLInputElement) return;
    event.preventDefault();
    event.stopPropagation();
    buttons.at(to % buttons.length)?.focus();
  });
}

/** The activation of what is chosen. @param {Store} store @param {Commands} commands @param {() => void} hide @returns {HTMLElement[]} */
function activations(store, commands, hide) {
  const chosen = layersOf(commands.subjects());
  const some = store.spec.value?.layers.some(({ id, activation }) => chosen.includes(id) && activation !== undefined);
  if (!some) return [];
  const select = el("select", { class: "select", id: "do-activation" });
  select.ariaLabel = say("edit.activation");
  select.append(el("option", { value: "" }, say("edit.activation")));
  for (const { value, label } of optionsOf(store.catalog.value?.activations))
    select.append(el("option", { value }, label));
  select.addEventListener("change", () => {
    hide();
    commands.activate(select.value);
  });
  return [select];
}
