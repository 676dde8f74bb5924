/**
 * What can be done with what is selected on the stage: one list, for the menu and for the keys.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Chosen } from "../state/chosen.js"
 * @import { LayerSpec, Patch, Spec } from "../wire.js"
 */

import { layersOf, subjects, unitsOf } from "../state/chosen.js";
import * as edits from "../state/layeredits.js";
import { parameterOf } from "../state/select.js";
import { notify } from "../state/toasts.js";
import { say } from "../words/say.js";

/** @typedef {Readonly<{ id: string, label: string, keys?: string, run: () => unknown, disabled?: boolean }>} Command */

/** What was copied last here: a page that may not read the clipboard pastes this. */
let kept = "";

/** @param {Store} store @param {Actions} actions */
export function createCommands(store, actions) {
  const spec = () => /** @type {Spec} */ (store.spec.value);
  const now = () => subjects(store.chosen.value, store.selection.value);
  const layers = () => edits.movable(spec(), layersOf(now()));
  /** @param {Patch} patch @param {string} [id] of the layer that an objection is about */
  const patch = (patch, id = "") => {
    const at = spec().layers.findIndex((layer) => layer.id === id);
    return actions.patch(patch, at < 0 ? ["layers"] : ["layers", at]);
  };
  /** @param {(layer: LayerSpec) => Partial<LayerSpec>} change @param {readonly string[]} ids */
  const change = (change, ids) => patch(edits.changeLayers(spec(), ids, change), ids[0]);
  /** @param {number | null} value */
  const clamp = (value) => {
    const units = unitsOf(now());
    return change((layer) => edits.clampUnits(layer, units.get(layer.id) ?? [], value), [...units.keys()]);
  };

  /** Names of what will be copied, and the text; null if it is nothing. */
  function copy() {
    const ids = layers();
    if (!ids.length) {
      if (now().length) notify(store, "info", say("edit.output.stays"));
      return null;
    }
    kept = edits.copyText(spec(), ids);
    notify(store, "info", say("edit.copied", { names: ids.join(", ") }));
    return kept;
  }

  /** @param {string} text */
  function paste(text) {
    const fragment = edits.copied(text || kept);
    if (!fragment) return notify(store, "info", say("edit.nothing"));
    const last = layersOf(now()).at(-1);
    const at = spec().layers.findIndex(({ id }) => id === last);
    const end = spec().layers.length - 1;
    return patch(edits.pasteLayers(spec(), fragment, at < 0 || at >= end ? end : at + 1));
  }

  return {
    copy,
    paste,
    subjects: now,
    remove: () => {
      const ids = layers();
      return ids.length ? patch(edits.removeLayers(spec(), ids)) : notify(store, "info", say("edit.output.stays"));
    },
    duplicate: () => layers().length > 0 && patch(edits.duplicateLayers(spec(), layers())),
    all: () => actions.choose(spec().layers.map(({ id }) => ({ layer: id, unit: null }))),
    /** @param {string} activation */
    activate: (activation) =>
      change(({ activation: has }) => (has === undefined ? {} : { activation }), layersOf(now())),
    /** @param {boolean} trainable */
    learn: (trainable) => change(() => ({ trainable }), layersOf(now())),
    clamp,
    /** @param {1 | -1} by */
    widen: (by) => {
      const [id = ""] = layersOf(now());
      const width = edits.widthOf(spec(), id);
      return width && width.value + by > 0 && patch(edits.widenLayer(spec(), id, width.value + by), id);
    },
    zero: () => {
      const selection = store.selection.value;
      if (selection?.kind !== "weight" && selection?.kind !== "bias" && selection?.kind !== "kernel") return false;
      const [name, index] = parameterOf(selection);
      return actions.setParameter(name, 0, index);
    },
    /** @param {string} from @param {string} to @returns {unknown} */
    lead: (from, to) => {
      const made = store.graph.value && edits.skip(spec(), store.graph.value, from, to);
      if (!made) return false;
      return "patch" in made ? patch(made.patch, to) : notify(store, "warning", say(made.reason, made.values));
    },
    /** @param {string} layer @param {string} source */
    unwire: (layer, source) => patch(edits.removeWire(spec(), layer, source), layer),
  };
}

/** @typedef {ReturnType<typeof createCommands>} Commands */

/**
 * What fits to what is selected, in the order of a menu.
 *
 * @param {Store} store
 * @param {Commands} commands
 * @param {Readonly<{ rename: (layer: string) => unknown, hold: () => unknown, lead: (layer: string) => unknown }>} asks what needs another word
 * @returns {readonly Command[]}
 */
export function commandsFor(store, commands, asks) {
  const chosen = commands.subjects();
  const kind = store.selection.value?.kind;
  const units = unitsOf(chosen);
  const weight = !store.chosen.value.length && (kind === "weight" || kind === "bias" || kind === "kernel");
  return [
    ...(weight ? [{ id: "zero", label: say("edit.zero"), run: commands.zero }] : []),
    ...(units.size ? unitCommands(commands, asks) : []),
    ...(chosen.length ? layerCommands(store, chosen, commands, asks) : []),
    { id: "paste", label: say("edit.paste"), keys: "Ctrl+V", run: () => commands.paste("") },
    { id: "all", label: say("edit.all"), keys: "Ctrl+A", run: commands.all },
  ];
}

/** @param {Commands} commands @param {{ hold: () => unknown }} asks @returns {readonly Command[]} */
function unitCommands(commands, { hold }) {
  return [
    { id: "kill", label: say("edit.kill"), run: () => commands.clamp(0) },
    { id: "hold", label: say("edit.hold"), run: hold },
    { id: "release", label: say("edit.release"), run: () => commands.clamp(null) },
  ];
}

/** @param {Store} store @param {readonly Chosen[]} chosen @param {Commands} commands @param {{ rename: (layer: string) => unknown, lead: (layer: string) => unknown }} asks @returns {readonly Command[]} */
function layerCommands(store, chosen, commands, { rename, lead }) {
  const spec = /** @type {Spec} */ (store.spec.value);
  const [first = "", ...others] = layersOf(chosen);
  const there = spec.layers.filter(({ id }) => chosen.some(({ layer }) => layer === id));
  const stays = edits.movable(spec, layersOf(chosen)).length === 0;
  const frozen = there.every(({ trainable }) => trainable === false);
  const single = others.length === 0 && there.length === 1;
  const wide = single && edits.widthOf(spec, first) !== null;
  return [
    ...(single ? [{ id: "rename", label: say("edit.rename"), keys: "F2", run: () => rename(first) }] : []),
    ...(single && !stays ? [{ id: "lead", label: say("edit.skip"), run: () => lead(first) }] : []),
    ...(wide ? [{ id: "widen", label: say("edit.widen"), run: () => commands.widen(1) }] : []),
    ...(wide ? [{ id: "narrow", label: say("edit.narrow"), run: () => commands.widen(-1) }] : []),
    frozen && there.length
      ? { id: "thaw", label: say("edit.thaw"), run: () => commands.learn(true) }
      : { id: "freeze", label: say("edit.freeze"), run: () => commands.learn(false), disabled: !there.length },
    {
      id: "copy",
      label: say("edit.copy"),
      keys: "Ctrl+C",
      run: () => writeClipboard(commands.copy()),
      disabled: stays,
    },
    { id: "duplicate", label: say("edit.duplicate"), keys: "Ctrl+D", run: commands.duplicate, disabled: stays },
    { id: "delete", label: say("edit.delete"), keys: "Del", run: commands.remove, disabled: stays },
  ];
}

/** @param {string | null} text */
function writeClipboard(text) {
  if (text) navigator.clipboard?.writeText(text).catch(() => {}); // it is kept here too
}
