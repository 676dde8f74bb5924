/**
 * What can be done with one layer beside its size and activation: move, bias, start values, remove.
 *
 * @import { LayerSpec, Patch } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { changeLayer, moveLayer, removeLayer } from "../state/edits.js";
import { kindOf } from "../state/layerkinds.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { row, selectField } from "./fields.js";
import { words } from "./format.js";
import { schemaRows } from "./schemafields.js";
import { optionsOf } from "./training.js";

/** @param {Store} store @param {Actions} actions @param {LayerSpec} layer @param {boolean} last */
export function layerMenu(store, actions, layer, last) {
  const summary = store.catalog.value?.layers.find(({ name }) => name === layer.type)?.summary ?? "";
  const spec = store.spec.value;
  const at = spec?.layers.indexOf(layer) ?? 0;
  const only = (spec?.layers.filter(({ type }) => type === "dense").length ?? 0) < 2 && layer.type === "dense";
  /** @param {string} label @param {boolean} disabled @param {(spec: import("../wire.js").Spec) => Patch} patch */
  const item = (label, disabled, patch) =>
    menuItem(label, disabled || !store.owner.value, () => spec && actions.patch(patch(spec), ["layers", at]));
  return [
    el("h2", { class: "plain" }, `${layer.id} · ${words(layer.type)}`),
    el("p", { class: "say" }, summary),
    ...(layer.type === "dense" ? denseRows(store, actions, layer) : optionRows(store, actions, layer)),
    el(
      "div",
      { class: "items" },
      item(say("layers.earlier"), at === 0 || last, (now) => moveLayer(now, layer.id, -1)),
      item(say("layers.later"), last || at >= (spec?.layers.length ?? 0) - 2, (now) => moveLayer(now, layer.id, 1)),
      ...(learns(store, layer) ? [item(freezeWords(layer), false, (now) => freeze(now, layer))] : []),
      item(say("layers.remove"), only || last, (now) => removeLayer(now, layer.id)),
    ),
    last && el("p", { class: "say" }, say("layers.last")),
  ];
}

/** Whether it has anything that could be frozen. @param {Store} store @param {LayerSpec} layer */
function learns(store, layer) {
  return store.graph.value?.layers.some(({ id, parameters }) => id === layer.id && parameters.length > 0) ?? false;
}

/** @param {LayerSpec} layer */
function freezeWords({ trainable }) {
  return trainable === false ? say("whatif.thaw") : say("whatif.freeze");
}

/** Or thaw it. @param {import("../wire.js").Spec} spec @param {LayerSpec} layer */
function freeze(spec, { id, trainable }) {
  return changeLayer(spec, id, { trainable: trainable === false });
}

/** @param {string} label @param {boolean} disabled @param {() => unknown} act */
function menuItem(label, disabled, act) {
  const button = el("button", { class: "btn", type: "button", disabled }, label);
  button.addEventListener("click", () => {
    const panel = button.closest("[popover]");
    if (panel instanceof HTMLElement) panel.hidePopover();
    act();
  });
  return button;
}

/** Whatever the catalog says that this kind of layer can be told. @param {Store} store @param {Actions} actions @param {LayerSpec} layer @returns {HTMLElement[]} */
function optionRows(store, actions, layer) {
  if (!kindOf(layer.type)) return [];
  const rows = schemaRows(store, actions, layer);
  return layer.activation === undefined ? rows : [activationRow(store, actions, layer), ...rows];
}

/** @param {Store} store @param {Actions} actions @param {LayerSpec} layer */
function activationRow(store, actions, layer) {
  const select = selectField({
    options: () => optionsOf(store.catalog.value?.activations),
    value: () => layer.activation ?? "linear",
    onChange: (activation) =>
      store.spec.value ? actions.patch(changeLayer(store.spec.value, layer.id, { activation }), ["layers"]) : false,
    disabled: () => !store.owner.value,
  });
  return row(store, say("layers.activation"), select, ["activation"]);
}

/** @param {Store} store @param {Actions} actions @param {LayerSpec} layer @returns {HTMLElement[]} */
function denseRows(store, actions, layer) {
  const disabled = () => !store.owner.value;
  /** @param {Partial<LayerSpec>} change */
  const change = (change) =>
    store.spec.value ? actions.patch(changeLayer(store.spec.value, layer.id, change), ["layers"]) : false;
  const bias = selectField({
    options: () => [
      { value: "true", label: say("layers.bias.with") },
      { value: "false", label: say("layers.bias.without") },
    ],
    value: () => String(layer.use_bias ?? true),
    onChange: (value) => change({ use_bias: value === "true" }),
    disabled,
  });
  const initializer = selectField({
    options: () => [{ value: "", label: say("layers.suits") }, ...optionsOf(store.catalog.value?.initializers)],
    value: () => layer.initializer?.type ?? "",
    onChange: (type) => change({ initializer: type ? { type } : null }),
    disabled,
  });
  return [
    row(store, say("layers.bias"), bias, ["use_bias"]),
    row(store, say("layers.start"), initializer, ["initializer"]),
  ];
}
