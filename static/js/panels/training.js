/**
 * How the network learns: loss, optimizer, rate, batch, seed, penalty.
 *
 * @import { CatalogEntry } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { replaceOptions } from "../state/edits.js";
import { el, section } from "./dom.js";
import { nextNice, nextWhole, numberField, readNumber, row, selectField } from "./fields.js";
import { words } from "./format.js";

/** @param {Store} store @param {Actions} actions */
export function trainingPanel(store, actions) {
  const more = el(
    "details",
    { class: "more" },
    el("summary", null, "Penalty, schedule, clipping"),
    ...rare(store, actions),
  );
  const rows = [
    choice(store, actions, "Loss", "loss", "losses"),
    choice(store, actions, "Optimizer", "optimizer", "optimizers"),
    ...numbers(store, actions),
  ];
  return section("Training", null, el("div", { class: "rows" }, ...rows), more);
}

/** @param {readonly CatalogEntry[] | undefined} entries */
export function optionsOf(entries) {
  return (entries ?? []).map(({ name, summary }) => ({ value: name, label: words(name), title: summary }));
}

/**
 * @param {Store} store
 * @param {Actions} actions
 * @param {string} label
 * @param {"loss" | "optimizer"} member
 * @param {"losses" | "optimizers"} list
 */
function choice(store, actions, label, member, list) {
  const select = selectField({
    options: () => optionsOf(store.catalog.value?.[list]),
    value: () => store.spec.value?.[member].type ?? "",
    onChange: (type) => {
      const old = store.spec.value?.[member];
      if (!old) return false;
      const kept =
        member === "optimizer" ? { learning_rate: old.learning_rate, schedule: old.schedule, clip: old.clip } : {};
      return actions.patch({ [member]: replaceOptions(old, { ...kept, type }) }, [member]);
    },
    disabled: () => !store.owner.value,
  });
  return row(store, label, select, [member]);
}

/** @param {Store} store @param {Actions} actions */
function numbers(store, actions) {
  const disabled = () => !store.owner.value;
  const rate = numberField({
    label: "learning rate",
    value: () => store.spec.value?.optimizer.learning_rate ?? "",
    next: nextNice,
    onCommit: (value) => actions.patch({ optimizer: { learning_rate: value } }, ["optimizer", "learning_rate"]),
    disabled,
  });
  const batch = numberField({
    label: "batch size",
    value: () => store.spec.value?.batch_size ?? "",
    parse: (typed) => (typed.trim() === "full" ? rowsOf(store) : readNumber(typed)),
    next: (value, by) => nextWhole(1, rowsOf(store))(value, by),
    onCommit: (value) => actions.patch({ batch_size: value >= rowsOf(store) ? "full" : value }, ["batch_size"]),
    disabled,
  });
  const seed = numberField({
    label: "seed",
    value: () => store.spec.value?.seed ?? "",
    next: nextWhole(0),
    onCommit: (value) => actions.patch({ seed: value }, ["seed"]),
    disabled,
  });
  batch.control.title = "Examples in one step; 1 learns after every example, “full” looks at all of them first";
  seed.control.title = "The same seed gives the same weights, the same order and the same numbers";
  return [
    row(store, "Learning rate", rate.control, ["optimizer", "learning_rate"], rate.shown),
    row(store, "Batch size", batch.control, ["batch_size"], batch.shown),
    row(store, "Seed", seed.control, ["seed"], seed.shown),
  ];
}

/** @param {Store} store */
function rowsOf(store) {
  return store.dataset.value?.train.count ?? 1;
}

/** @param {Store} store @param {Actions} actions @returns {HTMLElement[]} */
function rare(store, actions) {
  return [
    penalty(store, actions, "l1", "L1 penalty"),
    penalty(store, actions, "l2", "L2 penalty"),
    biases(store, actions),
    schedule(store, actions),
    clip(store, actions),
  ];
}

/** @param {Store} store @param {Actions} actions @param {"l1" | "l2"} name @param {string} label */
function penalty(store, actions, name, label) {
  const { control, shown } = numberField({
    label,
    value: () => store.spec.value?.regularization[name] ?? "",
    next: nextNice,
    onCommit: (value) => actions.patch({ regularization: { [name]: value } }, ["regularization", name]),
    disabled: () => !store.owner.value,
  });
  return row(store, label, control, ["regularization", name], shown);
}

/** @param {Store} store @param {Actions} actions */
function biases(store, actions) {
  const select = selectField({
    options: () => [
      { value: "false", label: "weights only" },
      { value: "true", label: "weights and biases" },
    ],
    value: () => String(store.spec.value?.regularization.include_biases ?? false),
    onChange: (value) => actions.patch({ regularization: { include_biases: value === "true" } }, ["regularization"]),
    disabled: () => !store.owner.value,
  });
  return row(store, "Penalty on", select, ["regularization", "include_biases"]);
}

/** @param {Store} store @param {Actions} actions */
function schedule(store, actions) {
  /** @returns {import("../wire.js").Options} */
  const now = () => /** @type {any} */ (store.spec.value?.optimizer.schedule) ?? { type: "constant" };
  const select = selectField({
    options: () => optionsOf(store.catalog.value?.schedules),
    value: () => now().type,
    onChange: (type) =>
      actions.patch({ optimizer: { schedule: replaceOptions(now(), { type }) } }, ["optimizer", "schedule"]),
    disabled: () => !store.owner.value,
  });
  return row(store, "Schedule", select, ["optimizer", "schedule"]);
}

/** @param {Store} store @param {Actions} actions */
function clip(store, actions) {
  const now = () => /** @type {{ type: string } | null} */ (store.spec.value?.optimizer.clip ?? null);
  const select = selectField({
    options: () => [
      { value: "none", label: "off" },
      { value: "value", label: "each entry to ±1" },
      { value: "norm", label: "norm to 1" },
    ],
    value: () => now()?.type ?? "none",
    onChange: (type) =>
      actions.patch({ optimizer: { clip: type === "none" ? null : { type } } }, ["optimizer", "clip"]),
    disabled: () => !store.owner.value,
  });
  return row(store, "Clip gradients", select, ["optimizer", "clip"]);
}
