/**
 * Hold a unit (or a feature map) at a value, kill it, or let it go. It is part of the spec, so it is saved, shared and undone.
 *
 * @import { Graph, Selection } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { heldAt, heldWords } from "../scene/signs.js";
import { changeLayer } from "../state/edits.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { objection, typedNumber } from "./fields.js";

/** @typedef {Readonly<{ layer: string, unit: number, map: boolean }>} Holdable */

/**
 * The unit that is selected, if it can be held: one between input and output.
 *
 * @param {Selection | null} selection
 * @param {Graph | null} graph
 * @returns {Holdable | null}
 */
export function holdable(selection, graph) {
  if (selection?.kind !== "unit" && selection?.kind !== "pixel") return null;
  const layer = graph?.layers.find(({ id }) => id === selection.layer);
  if (!graph || !layer || layer === graph.layers[0] || `${layer.id}.a` === graph.output) return null;
  const map = selection.kind === "pixel";
  return { layer: layer.id, unit: map ? selection.map : selection.unit, map };
}

/** @param {Store} store @param {Actions} actions @param {Holdable} what */
export function holdingTools(store, actions, { layer, unit, map }) {
  const spec = store.spec.value;
  const now = store.graph.value?.layers.find(({ id }) => id === layer);
  const value = heldAt(now, unit);
  const disabled = !store.owner.value;
  const at = spec?.layers.findIndex(({ id }) => id === layer) ?? 0;
  /** @param {number | null} next */
  const hold = (next) => {
    const { [String(unit)]: _, ...others } = now?.clamps ?? {};
    const clamps = next === null ? others : { ...others, [String(unit)]: next };
    if (store.spec.value) actions.patch(changeLayer(store.spec.value, layer, { clamps }), ["layers", at, "clamps"]);
  };
  const input = el("input", {
    class: "number",
    type: "text",
    inputMode: "decimal",
    id: "hold-value",
    autocomplete: "off",
    value: String(value ?? 1),
    ariaLabel: say("whatif.clamp.value"),
    disabled,
  });
  const clamp = () => {
    const typed = typedNumber(store, ["layers", at, "clamps"], input.value);
    if (typed !== null) hold(typed);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") clamp();
  });
  const [killed, clamped] = [value === 0, value !== undefined && value !== 0];
  return el(
    "div",
    {
      class: "holding",
      attributes: { role: "group", "aria-label": map ? say("whatif.holding.map") : say("whatif.holding") },
    },
    value === undefined ? null : el("p", { class: "say", id: "held" }, heldWords(now, unit)),
    el(
      "div",
      { class: "type-row" },
      button("hold-kill", say("whatif.kill"), killed, disabled, () => hold(0), say("whatif.kill.title")),
      button("hold-clamp", say("whatif.clamp"), clamped, disabled, clamp),
      input,
      value === undefined ? null : button("hold-free", say("whatif.free"), false, disabled, () => hold(null)),
    ),
    objection(store, input, () => ["layers", at, "clamps"]),
  );
}

/** @param {string} id @param {string} words @param {boolean} pressed @param {boolean} disabled @param {() => void} click @param {string} [title] */
function button(id, words, pressed, disabled, click, title = words) {
  const node = el("button", { class: "btn", type: "button", id, title, disabled, on: { click } }, words);
  if (id !== "hold-free") node.ariaPressed = String(pressed);
  return node;
}
