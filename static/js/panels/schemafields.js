/**
 * The options of a layer as rows of fields, made from the JSON Schema that the catalog has of it.
 *
 * @import { LayerSpec } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { changeLayer } from "../state/edits.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { nextNice, nextWhole, numberField, row, selectField } from "./fields.js";
import { words } from "./format.js";

/** What has a place of its own, or is no simple value. */
const ELSEWHERE = new Set([
  "id",
  "trainable",
  "clamps",
  "type",
  "inputs",
  "initializer",
  "bias_initializer",
  "activation",
  "units",
  "function",
]);

/** @typedef {Readonly<{ type?: string, enum?: readonly string[], anyOf?: readonly Property[], minimum?: number, maximum?: number, default?: unknown, description?: string }>} Property */
/** @typedef {(value: unknown) => unknown} Change */

/**
 * @param {Store} store
 * @param {LayerSpec} layer
 * @returns {readonly (readonly [string, Property])[]}
 */
export function optionsOfLayer(store, layer) {
  const schema = store.catalog.value?.layers.find(({ name }) => name === layer.type)?.schema;
  const properties = /** @type {Readonly<Record<string, Property>>} */ (schema?.properties ?? {});
  return Object.entries(properties).filter(([name]) => !ELSEWHERE.has(name));
}

/** @param {Store} store @param {Actions} actions @param {LayerSpec} layer @returns {HTMLElement[]} */
export function schemaRows(store, actions, layer) {
  return optionsOfLayer(store, layer).map(([name, property]) => schemaRow(store, actions, layer, name, property));
}

/** @param {Store} store @param {Actions} actions @param {LayerSpec} layer @param {string} name @param {Property} property */
function schemaRow(store, actions, layer, name, property) {
  const at = store.spec.value?.layers.indexOf(layer) ?? 0;
  /** @type {Change} */
  const change = (value) =>
    store.spec.value
      ? actions.patch(changeLayer(store.spec.value, layer.id, { [name]: value }), ["layers", at, name])
      : false;
  const { control, shown } = schemaField(store, layer, name, property, change);
  const line = row(store, capital(words(name)), control, ["layers", at, name], shown);
  line.title = property.description ?? "";
  return line;
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The field for one option: a number, a choice, or a size such as 3 or 3×5.
 *
 * @param {Store} store
 * @param {LayerSpec} layer
 * @param {string} name
 * @param {Property} property
 * @param {Change} change
 * @returns {{ control: HTMLElement, shown: HTMLElement }}
 */
export function schemaField(store, layer, name, property, change) {
  const value = () => /** @type {Record<string, unknown>} */ (layer)[name] ?? property.default ?? null;
  const disabled = () => !store.owner.value;
  const label = say("layers.option.of", { option: words(name), layer: layer.id });
  if (property.anyOf) return sizeField(label, property.anyOf, value, change, disabled);
  if (property.enum || property.type === "boolean") return choiceField(label, property, value, change, disabled);
  const whole = property.type === "integer";
  const next = whole ? nextWhole(property.minimum ?? 0, property.maximum) : nextNice;
  return numberField({ label, value: () => Number(value()), next, onCommit: change, disabled });
}

/** @param {string} label @param {Property} property @param {() => unknown} value @param {Change} change @param {() => boolean} disabled */
function choiceField(label, property, value, change, disabled) {
  const names = property.enum ?? ["true", "false"];
  const options = () =>
    names.map((name) => ({
      value: name,
      label: { true: say("layers.yes"), false: say("layers.no") }[name] ?? words(name),
    }));
  const onChange = (/** @type {string} */ name) => change(property.enum ? name : name === "true");
  const control = selectField({ options, value: () => String(value()), onChange, label, disabled });
  return { control, shown: control };
}

/** @param {string} label @param {readonly Property[]} kinds @param {() => unknown} value @param {Change} change @param {() => boolean} disabled */
function sizeField(label, kinds, value, change, disabled) {
  const choices = kinds.flatMap((kind) => kind.enum ?? []);
  const nullable = kinds.some(({ type }) => type === "null");
  const control = el("input", {
    class: "number wide",
    type: "text",
    autocomplete: "off",
    ariaLabel: label,
    disabled: disabled(),
    value: choices.includes(String(value())) ? "" : sizeText(value()),
    placeholder: choices.length > 0 ? say("layers.or") : nullable ? say("layers.size") : "",
  });
  control.addEventListener("change", () => {
    const wanted = readSize(control.value, choices);
    if (wanted === null && !nullable) return;
    if (sizeText(wanted) !== sizeText(value())) change(wanted);
  });
  if (choices.length === 0) return { control, shown: control };
  const buttons = choices.map((choice) =>
    choiceButton(
      choice,
      () => String(value()) === choice,
      () => change(choice),
      disabled(),
    ),
  );
  return { control, shown: el("div", { class: "size-field" }, ...buttons, control) };
}

/** @param {string} choice @param {() => boolean} pressed @param {() => unknown} act @param {boolean} disabled */
function choiceButton(choice, pressed, act, disabled) {
  const attributes = { "aria-pressed": pressed() };
  return el("button", { class: "chip", type: "button", disabled, attributes, on: { click: act } }, choice);
}

/** 3, 3×5, same; nothing where there is none. @param {unknown} value @returns {string} */
export function sizeText(value) {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.join("×") : String(value);
}

/**
 * What was typed as the server takes it; what it does not understand goes to it as it is, and its objection comes back.
 *
 * @param {string} typed
 * @param {readonly string[]} choices
 * @returns {unknown}
 */
export function readSize(typed, choices) {
  const text = typed.trim().toLowerCase();
  if (text === "") return null;
  if (choices.includes(text)) return text;
  const parts = text.split(/\s*[×x,]\s*/);
  const numbers = parts.map(Number);
  if (numbers.some((x) => Number.isNaN(x))) return text;
  return numbers.length === 1 ? (numbers[0] ?? null) : numbers;
}
