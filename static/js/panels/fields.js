/**
 * Labelled controls that follow a signal, commit on Enter or blur, and show the server's objection beside themselves.
 *
 * @import { FieldProblem } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Child } from "./dom.js"
 */

import { standsBeside } from "../state/objected.js";
import { say } from "../words/say.js";
import { el, setAttributes } from "./dom.js";
import { watch } from "./lifetime.js";

/** @typedef {readonly (string | number)[]} Loc */
/** @typedef {Readonly<{ value: string, label: string, title?: string }>} Option */

let nextId = 1;

/** @param {string} stem @returns {string} */
export function freshId(stem) {
  return `${stem}-${nextId++}`;
}

/**
 * Does the problem concern this field? The server's loc may have more parts (body, the kind of layer …).
 *
 * @param {Loc} problem
 * @param {Loc} field
 * @returns {boolean}
 */
export function concerns(problem, field) {
  if (field.length === 0 || problem.length === 0) return false;
  let at = 0;
  for (const part of problem) if (at < field.length && String(part) === String(field[at])) at += 1;
  return at === field.length;
}

/**
 * Is the problem about this very field, and not about one inside it?
 *
 * @param {Loc} problem
 * @param {Loc} field
 * @returns {boolean}
 */
export function isAbout(problem, field) {
  return String(problem.at(-1)) === String(field.at(-1)) && concerns(problem, field);
}

/**
 * Marks the control, and says why, while the server objects to what it holds.
 *
 * @param {Store} store
 * @param {HTMLElement} control
 * @param {() => Loc} loc
 * @param {(problem: Loc, field: Loc) => boolean} [matches]
 * @returns {HTMLElement} where the objection stands
 */
export function objection(store, control, loc, matches = concerns) {
  const id = freshId("objection");
  const place = el("p", { class: "objection", id, hidden: true, attributes: { role: "alert" } });
  watch(() => {
    const problem = store.problems.value.find((each) => matches(each.loc, loc()));
    place.hidden = !problem;
    place.textContent = problem ? plainly(problem) : "";
    control.toggleAttribute("aria-invalid", Boolean(problem));
    if (problem) setAttributes(control, { "aria-invalid": "true", "aria-describedby": id });
    if (problem && place.checkVisibility?.()) standsBeside(problem);
  });
  return place;
}

/** Beside the field, its path need not be repeated. @param {FieldProblem} problem */
function plainly({ loc, msg }) {
  const path = `${loc.join(".")}: `;
  return msg.startsWith(path) ? msg.slice(path.length) : msg;
}

/**
 * A row: label at the left, control at the right, objection below.
 *
 * @param {Store} store
 * @param {string} label
 * @param {HTMLElement} control the element that is labelled
 * @param {Loc} loc
 * @param {Child} [shown] what stands in the row, if it is more than the control
 * @returns {HTMLElement}
 */
export function row(store, label, control, loc, shown = control) {
  if (!control.id) control.id = freshId("field");
  const name = el("label", { htmlFor: control.id }, label);
  control.addEventListener("retyped", (event) => {
    retold(store, loc, /** @type {CustomEvent<Retyped>} */ (event).detail.wrong);
  });
  return el(
    "div",
    { class: "row", data: { control: nameOf(loc) } },
    name,
    shown,
    objection(store, control, () => loc, isAbout),
  );
}

/** What is wrong with this field is something else now, or nothing. @param {Store} store @param {Loc} loc @param {string} wrong "": nothing */
export function retold(store, loc, wrong) {
  const others = store.problems.value.filter((each) => !isAbout(each.loc, loc));
  store.problems.value = wrong ? [...others, { loc, msg: wrong }] : others;
}

/** The number that was typed; null if it is none, which is objected to at the field. @param {Store} store @param {Loc} loc @param {string} typed */
export function typedNumber(store, loc, typed) {
  const value = readNumber(typed);
  const fine = Number.isFinite(value);
  retold(store, loc, fine ? "" : noNumber(typed));
  return fine ? value : null;
}

/** What hides it: data.noise, training.learning_rate. @param {Loc} loc */
function nameOf(loc) {
  return `${loc[0] === "dataset" ? "data" : loc[0] === "layers" ? "layers" : "training"}.${loc.at(-1)}`;
}

/**
 * @param {Object} given
 * @param {() => readonly Option[]} given.options
 * @param {() => string} given.value
 * @param {(value: string) => unknown} given.onChange
 * @param {string} [given.label] where no <label> stands beside it
 * @param {() => boolean} [given.disabled]
 */
export function selectField({ options, value, onChange, label, disabled = () => false }) {
  const select = el("select", { class: "select" });
  if (label) select.ariaLabel = label;
  watch(() => {
    const offered = options();
    const now = value();
    const all = offered.some((option) => option.value === now) ? offered : [{ value: now, label: now }, ...offered];
    select.replaceChildren(
      ...all.map((option) => el("option", { value: option.value, title: option.title ?? "" }, option.label)),
    );
    select.value = now;
    select.disabled = disabled();
  });
  select.addEventListener("change", async () => {
    if ((await onChange(select.value)) === false) select.value = value();
  });
  return select;
}

/** What was typed is another text now; `wrong`: why it is no number, "" if it is one. @typedef {Readonly<{ wrong: string }>} Retyped */

/**
 * @typedef {Object} NumberGiven
 * @property {() => number | string} value
 * @property {(value: number) => unknown} onCommit false: not accepted
 * @property {(value: number, by: 1 | -1) => number} next what + and − and the arrow keys do
 * @property {string} label
 * @property {() => boolean} [disabled]
 * @property {(text: string) => number} [parse]
 * @property {(typed: string) => string} [expected] what to say of a text that is no number
 */

/**
 * A typed number with − and +. What is typed is sent on Enter or when the field is left; a refused value stays to be mended.
 *
 * @param {NumberGiven} given
 * @returns {{ control: HTMLInputElement, shown: HTMLElement }}
 */
export function numberField({
  value,
  onCommit,
  next,
  label,
  disabled = never,
  parse = readNumber,
  expected = noNumber,
}) {
  const control = el("input", {
    class: "number",
    type: "text",
    inputMode: "decimal",
    autocomplete: "off",
    ariaLabel: label,
  });
  const fewer = stepButton("−", say("training.less", { label }), () => move(-1));
  const more = stepButton("+", say("training.more", { label }), () => move(1));
  watch(() => {
    control.value = shortest(value());
    for (const each of [control, fewer, more]) each.disabled = disabled();
  });
  /** @param {1 | -1} by */
  function move(by) {
    const now = parse(control.value);
    if (Number.isFinite(now)) commit(next(now, by));
  }
  /** @param {number} wanted */
  function commit(wanted) {
    const typed = control.value.trim();
    const wrong = Number.isFinite(wanted) || typed === "" ? "" : expected(typed);
    control.dispatchEvent(new CustomEvent("retyped", { detail: { wrong } }));
    if (wrong) return;
    if (typed === "") control.value = shortest(value());
    else {
      if (String(wanted) !== String(value())) onCommit(wanted);
      control.value = shortest(wanted);
    }
  }
  control.addEventListener("change", () => commit(parse(control.value)));
  control.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? 1 : -1);
  });
  return { control, shown: el("div", { class: "stepper" }, fewer, control, more) };
}

const never = () => false;

/** @param {string} typed */
export function noNumber(typed) {
  return say("inspector.number", { typed });
}

/** As it fits into a field: 1e9 and not ten digits of which the last are cut off. @param {number | string} value */
export function shortest(value) {
  const whole = String(value);
  if (typeof value !== "number" || whole.length < 8) return whole;
  const power = value.toExponential().replace("e+", "e");
  return power.length < whole.length ? power : whole;
}

/** @param {string} sign @param {string} label @param {() => void} act */
function stepButton(sign, label, act) {
  return el("button", { class: "tiny", type: "button", ariaLabel: label, tabIndex: -1, on: { click: act } }, sign);
}

/** A comma is a decimal point too, a typographic minus a minus. @param {string} text @returns {number} */
export function readNumber(text) {
  const trimmed = text.trim().replace("−", "-").replace(",", ".");
  return trimmed === "" ? Number.NaN : Number(trimmed);
}

/**
 * 1, 2, 5, 10 …: the next such number above or below.
 *
 * @param {number} value
 * @param {1 | -1} by
 * @returns {number}
 */
export function nextNice(value, by) {
  if (value <= 0) return by > 0 ? 1e-4 : 0;
  const power = Math.floor(Math.log10(value) + 1e-9);
  const steps = [power - 1, power, power + 1].flatMap((p) => [1, 2, 5].map((digit) => Number(`${digit}e${p}`)));
  const found = by > 0 ? steps.find((step) => step > value * 1.001) : steps.findLast((step) => step < value * 0.999);
  return found ?? value;
}

/** One more or one less, within bounds. @param {number} least @param {number} [most] */
export function nextWhole(least, most = Number.POSITIVE_INFINITY) {
  return (/** @type {number} */ value, /** @type {1 | -1} */ by) =>
    Math.min(most, Math.max(least, Math.round(value) + by));
}

/**
 * A slider with its number beside it; it commits when it is let go.
 *
 * @param {Object} given
 * @param {string} given.label
 * @param {number} given.min
 * @param {number} given.max
 * @param {number} given.step
 * @param {() => number} given.value
 * @param {(value: number) => string} given.show
 * @param {(value: number) => unknown} given.onCommit
 * @param {() => boolean} [given.disabled]
 */
export function sliderField({ label, min, max, step, value, show, onCommit, disabled = () => false }) {
  const control = el("input", {
    type: "range",
    class: "slider",
    min: String(min),
    max: String(max),
    step: String(step),
    ariaLabel: label,
  });
  const shown = el("output", { class: "mono" });
  const tell = () => {
    shown.textContent = show(Number(control.value));
    control.ariaValueText = shown.textContent;
  };
  watch(() => {
    control.value = String(value());
    control.disabled = disabled();
    tell();
  });
  control.addEventListener("input", tell);
  control.addEventListener("change", () => onCommit(Number(control.value)));
  return { control, shown: el("div", { class: "slider-box" }, control, shown) };
}
