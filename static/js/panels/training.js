/**
 * How the network learns: loss, optimizer, rate, batch, seed, penalty.
 *
 * @import { CatalogEntry } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { replaceOptions } from "../state/edits.js";
import { say } from "../words/say.js";
import { el, section } from "./dom.js";
import { nextNice, nextWhole, numberField, readNumber, row, selectField } from "./fields.js";
import { words } from "./format.js";

/** @param {Store} store @param {Actions} actions */
export function trainingPanel(store, actions) {
  const more = el("details", { class: "more" }, el("summary", null, say("training.rare")), ...rare(store, actions));
  const rows = [
    choice(store, actions, say("charts.loss"), "loss", "losses"),
    choice(store, actions, say("training.optimizer"), "optimizer", "optimizers"),
    ...numbers(store, actions),
  ];
  return section(say("training.title"), null, el("div", { class: "rows" }, ...rows), more);
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
    label: say("training.rate.aria"),
    value: () => store.spec.value?.optimizer.learning_rate ?? "",
    next: nextNice,
    onCommit: (value) => actions.patch({ optimizer: { learning_rate: value } }, ["optimizer", "learning_rate"]),
    disabled,
  });
  const batch = numberField({
    label: say("training.batch.aria"),
    value: () => {
      const size = store.spec.value?.batch_size ?? "";
      return size === "full" ? say("training.batch.full") : size;
    },
    expected: (typed) => say("training.batch.number", { typed }),
    parse: (typed) => (isFull(typed.trim()) ? rowsOf(store) : readNumber(typed)),
    next: (value, by) => nextWhole(1, rowsOf(store))(value, by),
    onCommit: (value) => actions.patch({ batch_size: value >= rowsOf(store) ? "full" : value }, ["batch_size"]),
    disabled,
  });
  const seed = numberField({
    label: say("training.seed.aria"),
    value: () => store.spec.value?.seed ?? "",
    next: nextWhole(0),
    onCommit: (value) => actions.patch({ seed: value }, ["seed"]),
    disabled,
  });
  batch.control.title = say("training.batch.title");
  seed.control.title = say("training.seed.title");
  return [
    row(store, say("training.rate"), rate.control, ["optimizer", "learning_rate"], rate.shown),
    row(store, say("training.batch"), batch.control, ["batch_size"], batch.shown),
    row(store, say("training.seed"), seed.control, ["seed"], seed.shown),
  ];
}

/** In the reader's words, or as specs have it. @param {string} typed */
function isFull(typed) {
  return [say("training.batch.full"), "full"].includes(typed.toLowerCase());
}

/** @param {Store} store */
function rowsOf(store) {
  return store.dataset.value?.train.count ?? 1;
}

/** @param {Store} store @param {Actions} actions @returns {HTMLElement[]} */
function rare(store, actions) {
  return [
    penalty(store, actions, "l1", say("training.l1")),
    penalty(store, actions, "l2", say("training.l2")),
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
      { value: "false", label: say("training.weights") },
      { value: "true", label: say("training.both") },
    ],
    value: () => String(store.spec.value?.regularization.include_biases ?? false),
    onChange: (value) => actions.patch({ regularization: { include_biases: value === "true" } }, ["regularization"]),
    disabled: () => !store.owner.value,
  });
  return row(store, say("training.penalised"), select, ["regularization", "include_biases"]);
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
  return row(store, say("training.schedule"), select, ["optimizer", "schedule"]);
}

/** @param {Store} store @param {Actions} actions */
function clip(store, actions) {
  const now = () => /** @type {{ type: string } | null} */ (store.spec.value?.optimizer.clip ?? null);
  const select = selectField({
    options: () => [
      { value: "none", label: say("training.clip.off") },
      { value: "value", label: say("training.clip.value") },
      { value: "norm", label: say("training.clip.norm") },
    ],
    value: () => now()?.type ?? "none",
    onChange: (type) =>
      actions.patch({ optimizer: { clip: type === "none" ? null : { type } } }, ["optimizer", "clip"]),
    disabled: () => !store.owner.value,
  });
  return row(store, say("training.clip"), select, ["optimizer", "clip"]);
}
