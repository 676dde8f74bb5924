/**
 * What goes in: the dataset, its plot, the features that the network sees, and how much is held back for testing.
 *
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { computed, signal } from "@preact/signals-core";
import { holdsImages, holdsSequences } from "../state/contents.js";
import { datasetPatch } from "../state/datasets.js";
import { offeredFeatures, toggleFeature } from "../state/edits.js";
import { columnName } from "../state/names.js";
import { say } from "../words/say.js";
import { el, follow, section } from "./dom.js";
import { objection, row, selectField, sliderField } from "./fields.js";
import { words } from "./format.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { classInk, shapeOf } from "./plot.js";
import { scatter } from "./scatter.js";

const MOST_COLUMNS = 12;
/** Datasets that are not chosen by their name, because they are brought. */
const OWN = new Set(["inline", "table"]);

const images = lazily(() => import("./samples.js"));
const own = lazily(() => import("./owndata.js"));
const sequences = lazily(() => import("./texts.js"));

/** @param {import("../types.js").Dataset | null} dataset */
function exampleKind(dataset) {
  if (holdsImages(dataset)) return "images";
  return holdsSequences(dataset) ? "sequences" : "rows";
}

/** @typedef {Actions & { begin: (from: File) => unknown }} Acts */

/** @param {Store} store @param {Acts} actions */
export function dataPanel(store, actions) {
  const table = el("div", null, scatter(store, actions), legend(store), chips(store, actions));
  const kind = computed(() => exampleKind(store.dataset.value));
  const examples = follow(el("div", { class: "sometimes" }), () => {
    if (kind.value === "images") return [images.now()?.samples(store, actions)];
    return kind.value === "sequences" ? [sequences.now()?.texts(store, actions)] : [];
  });
  watch(() => {
    table.hidden = kind.value !== "rows";
  });
  listenToFiles(store, actions);
  return section(
    say("data.title"),
    picker(store, actions),
    ownButton(store, actions),
    table,
    examples,
    el("div", { class: "rows" }, ...knobs(store, actions)),
  );
}

/** @param {Store} store @param {Actions} actions */
function ownButton(store, actions) {
  const button = el("button", { class: "btn", type: "button", id: "own-data" }, say("own.open"));
  button.addEventListener("click", () => openOwn(store, actions));
  watch(() => {
    button.hidden = !store.owner.value;
  });
  return button;
}

/** @param {Store} store @param {Actions} actions @param {File | null} [file] */
async function openOwn(store, actions, file = null) {
  await own.come();
  own.now()?.openOwnData(store, actions, file);
}

/** What a session is taken along in. */
const SESSION = /\.(json|safetensors)$/i;

/** A table may be dropped anywhere, and a session that was taken along. @param {Store} store @param {Acts} actions */
function listenToFiles(store, actions) {
  const holdsFiles = (/** @type {DragEvent} */ event) =>
    store.owner.value && Boolean(event.dataTransfer?.types.includes("Files"));
  addEventListener("dragover", (event) => {
    if (holdsFiles(event)) event.preventDefault();
    document.documentElement.classList.toggle("dropping", holdsFiles(event));
  });
  addEventListener("dragleave", () => document.documentElement.classList.remove("dropping"));
  addEventListener("drop", (event) => {
    document.documentElement.classList.remove("dropping");
    const [file] = event.dataTransfer?.files ?? [];
    if (!file || !store.owner.value) return;
    event.preventDefault();
    if (SESSION.test(file.name)) actions.begin(file);
    else openOwn(store, actions, file);
  });
}

/** @param {Store} store @param {Actions} actions */
function picker(store, actions) {
  return selectField({
    options: () =>
      (store.catalog.value?.datasets ?? [])
        .filter(({ name }) => !OWN.has(name) || name === store.dataset.value?.name)
        .map(({ name, title, summary }) => ({
          value: name,
          label: OWN.has(name) ? say("own.title") : (title ?? words(name)),
          title: summary,
        })),
    value: () => store.dataset.value?.name ?? "",
    onChange: (name) => {
      const spec = store.spec.value;
      const entry = store.catalog.value?.datasets.find((each) => each.name === name);
      return spec && entry ? actions.changeData(datasetPatch(spec, entry)) : false;
    },
    label: say("data.dataset"),
    disabled: () => !store.owner.value,
  });
}

/** @param {Store} store */
function legend(store) {
  return follow(el("div", { class: "legend" }), () => {
    const dataset = store.dataset.value;
    if (!dataset) return [];
    const classes = dataset.classes.map((name, at) =>
      el(
        "span",
        null,
        el("i", { class: `mark ${shapeOf(at)} ink-${classInk(at)}`, attributes: { "aria-hidden": "true" } }),
        name,
      ),
    );
    if (!classes.length) classes.push(...measured(dataset.target_name));
    return dataset.test.count
      ? [...classes, el("span", null, el("i", { class: "mark circle hollow" }), say("data.test"))]
      : classes;
  });
}

/** A measured target has no classes but a scale. @param {string} name */
function measured(name) {
  const mark = (/** @type {string} */ ink) =>
    el("i", { class: `mark circle ink-${ink}`, attributes: { "aria-hidden": "true" } });
  return [
    el("span", null, mark("neg"), say("data.low", { name })),
    el("span", null, mark("pos"), say("data.high", { name })),
  ];
}

/**
 * Columns as chips; expressions of them too where there are two, else when they are asked for.
 *
 * @param {Store} store
 * @param {Actions} actions
 */
function chips(store, actions) {
  const group = el("div", {
    class: "chips",
    attributes: { role: "group", "aria-label": say("data.features.aria") },
  });
  const all = signal(false);
  const offered = computed(() => {
    const dataset = store.dataset.value;
    return dataset ? chipsOf(dataset, all.value) : [];
  });
  follow(group, () => {
    const on = store.dataset.value?.features ?? [];
    const set = (/** @type {string} */ name) =>
      actions.patch({ dataset: { features: toggleFeature(on, name) } }, ["dataset", "features"]);
    const shown = offered.value.map((name) => chip(store, name, on, () => set(name)));
    return [...shown, moreButton(all, store.dataset.value?.columns.length ?? 0)];
  });
  return el(
    "div",
    null,
    group,
    objection(store, group, () => ["dataset", "features"]),
  );
}

/** @param {import("../types.js").Dataset} dataset @param {boolean} all @returns {readonly string[]} */
function chipsOf({ columns, features }, all) {
  const offered = offeredFeatures(columns, features);
  if (all || columns.length <= 2) return offered;
  return offered.filter((name) => features.includes(name) || columns.indexOf(name) >= 0).slice(0, MOST_COLUMNS);
}

/** @param {import("@preact/signals-core").Signal<boolean>} all @param {number} columns */
function moreButton(all, columns) {
  if (columns <= 2) return null;
  const label = all.value ? say("data.fewer") : say("data.more");
  const act = () => {
    all.value = !all.value;
  };
  return el(
    "button",
    {
      class: "chip quiet",
      type: "button",
      id: "more-features",
      title: say("data.more.title"),
      on: { click: act },
    },
    label,
  );
}

/** @param {Store} store @param {string} name @param {readonly string[]} on @param {() => void} toggle */
function chip(store, name, on, toggle) {
  const pressed = on.includes(name);
  const only = pressed && on.length === 1;
  return el(
    "button",
    {
      class: "chip",
      type: "button",
      id: `feature-${name}`,
      disabled: !store.owner.value || only,
      title: only ? say("data.least") : pressed ? say("data.hide") : say("data.show"),
      attributes: { "aria-pressed": pressed },
      on: { click: toggle },
    },
    columnName(name),
  );
}

/** @param {Store} store @param {Actions} actions @returns {HTMLElement[]} */
function knobs(store, actions) {
  const given = (/** @type {"noise" | "size" | "test_fraction"} */ name) => store.spec.value?.dataset[name];
  const disabled = () => !store.owner.value;
  /** @param {string} name @param {string} label @param {[number, number, number]} bounds @param {(x: number) => string} show */
  const knob = (name, label, [min, max, step], show) => {
    const value = () => Number(given(/** @type {"noise"} */ (name)) ?? min);
    const onCommit = (/** @type {number} */ x) => actions.patch({ dataset: { [name]: x } }, ["dataset", name]);
    const { control, shown } = sliderField({ label, min, max, step, value, show, onCommit, disabled });
    const line = row(store, label, control, ["dataset", name], shown);
    watch(() => {
      line.hidden =
        given(/** @type {"noise"} */ (name)) === undefined || (name === "size" && holdsImages(store.dataset.value));
    });
    return line;
  };
  return [
    knob("noise", say("data.noise"), [0, 0.5, 0.01], (x) => x.toFixed(2)),
    knob("size", say("data.size"), [20, 1000, 20], (x) => String(x)),
    knob("test_fraction", say("data.part"), [0, 0.5, 0.05], (x) => `${Math.round(100 * x)} %`),
  ];
}
