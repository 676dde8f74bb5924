/**
 * The network's editor: each layer as a card, from the inputs to the output, with a + wherever one more can stand.
 *
 * @import { LayerSpec, Spec } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { changeLayer, insertLayer } from "../state/edits.js";
import { KINDS, readsImages } from "../state/layerkinds.js";
import { NORMS, sequenceKindsAt } from "../state/sequencekinds.js";
import { shapeKindsAt } from "../state/shapekinds.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { fadingEdges } from "./edges.js";
import { nextNice, nextWhole, numberField, objection, selectField } from "./fields.js";
import { words } from "./format.js";
import { icon } from "./icons.js";
import { lazily } from "./lazily.js";
import { popover } from "./popover.js";
import { optionsOfLayer, schemaField, sizeText } from "./schemafields.js";
import { optionsOf } from "./training.js";

const menus = lazily(() => import("./layermenu.js"));

/** @typedef {Readonly<{ type: string, title: string, summary: string, options?: Readonly<Record<string, unknown>> }>} Insertable */
/** @type {readonly Insertable[]} */
const INSERTABLE = [
  { type: "dense", title: say("layers.dense"), summary: say("layers.dense.summary") },
  { type: "dropout", title: say("layers.dropout"), summary: say("layers.dropout.summary") },
  { type: "activation", title: say("layers.activation"), summary: say("layers.activation.summary") },
  { type: "add", title: say("layers.skip"), summary: say("layers.add.summary") },
  { type: "multiply", title: say("layers.multiply"), summary: say("layers.multiply.summary") },
];

/** @param {Store} store @param {Actions} actions */
export function layersStrip(store, actions) {
  const strip = el("div", {
    class: "strip",
    attributes: { role: "group", "aria-label": say("layers.aria") },
  });
  const look = fadingEdges(strip);
  return follow(strip, () => {
    const spec = store.spec.value;
    queueMicrotask(look);
    return spec ? cards(store, actions, spec) : [];
  });
}

/** @param {Store} store @param {Actions} actions @param {Spec} spec @returns {HTMLElement[]} */
function cards(store, actions, spec) {
  const owner = store.owner.value;
  const built = spec.layers.filter(({ type }) => type !== "input");
  const first = spec.layers.length - built.length;
  const parts = built.flatMap((layer, at) => {
    const last = at === built.length - 1;
    const plus = owner ? adder(store, actions, spec, at + first) : arrow();
    return [plus, card(store, actions, spec, layer, at + first, last)];
  });
  const shape = store.graph.value?.layers[0]?.shape ?? [];
  const features = shape.length === 3 ? shape.slice(1).join("×") : (store.dataset.value?.features.length ?? 0);
  const inputs = el(
    "div",
    { class: "layer fixed" },
    el("b", null, say("layers.inputs")),
    el("span", { class: "mono" }, features || ""),
  );
  return [inputs, ...parts];
}

function arrow() {
  return el("span", { class: "arrow", attributes: { "aria-hidden": "true" } }, "→");
}

/** @param {Store} store @param {Actions} actions @param {Spec} spec @param {number} at */
function adder(store, actions, spec, at) {
  const label = at === 0 ? say("layers.add.first") : say("layers.add.after", { layer: spec.layers[at - 1]?.id ?? "" });
  const button = el(
    "button",
    {
      class: "adder",
      type: "button",
      id: `add-${at}`,
      ariaLabel: label,
      title: label,
    },
    "+",
  );
  const menu = popover(
    button,
    say("layers.add"),
    () => insertableAt(store, at).map((kind) => insertItem(store, actions, kind, at)),
    "menu",
  );
  return el("span", { class: "between" }, button, menu);
}

/** What can stand at this place. @param {Store} store @param {number} at @returns {readonly Insertable[]} */
export function insertableAt(store, at) {
  const spec = store.spec.value;
  if (!spec) return INSERTABLE;
  return [...readersAt(store, spec, at), ...shapeKindsAt(spec, store.graph.value, store.dataset.value, at)];
}

/** What can read what stands before this place; images are no food for a dense layer. @param {Store} store @param {Spec} spec @param {number} at @returns {readonly Insertable[]} */
function readersAt(store, spec, at) {
  const overTime = sequenceKindsAt(spec, store.graph.value, store.dataset.value, at);
  if (overTime) return [...overTime, ...(at === 0 ? [] : INSERTABLE)];
  if (!readsImages(spec, store.graph.value, at)) return at === 0 ? INSERTABLE : [...INSERTABLE, ...NORMS];
  return [...KINDS, ...INSERTABLE.filter(({ type }) => type !== "dense")];
}

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {Insertable} kind
 * @param {number} at
 */
function insertItem(store, actions, kind, at) {
  const item = el(
    "button",
    { class: "story", type: "button" },
    el("b", null, kind.title),
    el("span", null, kind.summary),
  );
  item.addEventListener("click", () => {
    const spec = store.spec.value;
    const panel = item.closest("[popover]");
    if (panel instanceof HTMLElement) panel.hidePopover();
    if (spec) actions.patch(insertLayer(spec, kind.type, at, kind.options), ["layers"]);
  });
  return item;
}

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {Spec} spec
 * @param {LayerSpec} layer
 * @param {number} at
 * @param {boolean} last
 */
function card(store, actions, spec, layer, at, last) {
  const name = el("button", {
    class: "name",
    type: "button",
    id: `layer-${layer.id}`,
    title: say("layers.menu", { layer: layer.id }),
  });
  name.append(layer.id, ...(layer.trainable === false ? [frozen()] : []), el("span", { class: "caret" }, " ▾"));
  const menu = popover(
    name,
    say("layers.layer", { layer: layer.id }),
    () => menus.now()?.layerMenu(store, actions, layer, last) ?? [],
    "menu",
    menus,
  );
  const box = el("div", { class: "layer", data: { type: layer.type } }, name, menu);
  const controls = controlsOf(store, actions, spec, layer);
  box.append(
    ...controls,
    objection(store, box, () => ["layers", at]),
  );
  return box;
}

/** The lock on a card. */
function frozen() {
  const words = say("whatif.frozen");
  return el("span", { class: "frozen", title: words }, icon("lock"), el("span", { class: "sr-only" }, words));
}

/** @param {Store} store @param {Actions} actions @param {Spec} spec @param {LayerSpec} layer @returns {HTMLElement[]} */
function controlsOf(store, actions, spec, layer) {
  /** @param {Partial<LayerSpec>} change */
  const change = (change) =>
    actions.patch(changeLayer(store.spec.value ?? spec, layer.id, change), ["layers", spec.layers.indexOf(layer)]);
  const activations = () => optionsOf(store.catalog.value?.activations);
  const disabled = () => !store.owner.value;
  switch (layer.type) {
    case "dense":
      return [
        units(layer, change, disabled),
        selectField({
          options: activations,
          value: () => layer.activation ?? "linear",
          onChange: (activation) => change({ activation }),
          label: say("layers.activation.of", { layer: layer.id }),
          disabled,
        }),
      ];
    case "activation":
      return [
        selectField({
          options: activations,
          value: () => layer.function ?? "",
          onChange: (name) => change({ function: name }),
          label: say("layers.function.of", { layer: layer.id }),
          disabled,
        }),
      ];
    case "rnn":
    case "lstm":
    case "gru":
    case "embedding":
    case "decoder":
      return [el("span", { class: "mono kind" }, words(layer.type)), units(layer, change, disabled)];
    case "dropout":
      return [rate(layer, change, disabled)];
    case "conv2d":
      return [
        el("span", { class: "mono kind" }, "conv"),
        ...ownOption(store, layer, "filters", change),
        el("span", { class: "mono kind" }, kernelText(layer.kernel)),
      ];
    case "max_pool2d":
    case "avg_pool2d":
    case "upsample":
      return [
        el("span", { class: "mono kind" }, SHORT[layer.type] ?? ""),
        ...ownOption(store, layer, layer.type === "upsample" ? "factor" : "size", change),
      ];
    case "flatten":
    case "global_avg_pool2d":
      return [el("span", { class: "mono kind" }, SHORT[layer.type] ?? "")];
    default:
      return [
        el(
          "span",
          { class: "mono kind" },
          `${words(layer.type)} ${(layer.inputs ?? []).join(layer.type === "multiply" ? " × " : " + ")}`,
        ),
      ];
  }
}

/** · 3×3 @param {LayerSpec["kernel"]} kernel */
function kernelText(kernel) {
  return `· ${typeof kernel === "number" ? `${kernel}×${kernel}` : sizeText(kernel)}`;
}

/** @type {Readonly<Record<string, string>>} */
const SHORT = {
  max_pool2d: say("layers.short.max"),
  avg_pool2d: say("layers.short.mean"),
  upsample: "×",
  flatten: say("layers.short.row"),
  global_avg_pool2d: say("layers.short.maps"),
};

/** The one option that is worth a field on the card. @param {Store} store @param {LayerSpec} layer @param {string} name @param {(change: Partial<LayerSpec>) => unknown} change */
function ownOption(store, layer, name, change) {
  const property = optionsOfLayer(store, layer).find(([each]) => each === name)?.[1];
  if (!property) return [];
  const { control, shown } = schemaField(store, layer, name, property, (value) => change({ [name]: value }));
  control.id = `${name}-${layer.id}`;
  return [shown];
}

/** @param {LayerSpec} layer @param {(change: Partial<LayerSpec>) => unknown} change @param {() => boolean} disabled */
function units(layer, change, disabled) {
  const { control, shown } = numberField({
    label: say("layers.units.of", { layer: layer.id }),
    value: () => layer.units ?? 1,
    next: nextWhole(1, 512),
    onCommit: (units) => change({ units }),
    disabled,
  });
  control.id = `units-${layer.id}`;
  return shown;
}

/** @param {LayerSpec} layer @param {(change: Partial<LayerSpec>) => unknown} change @param {() => boolean} disabled */
function rate(layer, change, disabled) {
  const { control, shown } = numberField({
    label: say("layers.rate.of", { layer: layer.id }),
    value: () => layer.rate ?? 0.5,
    next: (value, by) => (by > 0 ? Math.min(0.9, nextNice(value, 1)) : nextNice(value, -1)),
    onCommit: (rate) => change({ rate }),
    disabled,
  });
  control.id = `rate-${layer.id}`;
  return shown;
}
