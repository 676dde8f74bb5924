/**
 * The second run: its stage, and the strip that says in what the two differ and whether they go together.
 *
 * @import { Beside } from "../state/beside.js"
 * @import { Store } from "../state/store.js"
 */

import { differences } from "../state/beside.js";
import { say } from "../words/say.js";
import { el, text } from "./dom.js";
import { positionText } from "./format.js";
import { watch } from "./lifetime.js";
import { stagePanel } from "./stage.js";

/** @param {Store} main @param {Beside} beside */
export function strip(main, beside) {
  const { store, names, together } = beside;
  const both = el("button", { class: "chip", type: "button", id: "together", title: say("fork.steering") });
  both.addEventListener("click", () => {
    together.value = !together.peek();
  });
  watch(() => {
    both.setAttribute("aria-pressed", String(together.value));
    both.textContent = together.value ? say("fork.together") : say("fork.alone");
  });
  const swap = el(
    "button",
    { class: "chip", type: "button", id: "swap", title: say("fork.swap.title"), on: { click: beside.swap } },
    say("fork.swap"),
  );
  const closing = say("fork.close");
  const close = el("button", { class: "tiny", type: "button", ariaLabel: closing, title: closing }, "×");
  close.id = "close-second";
  close.addEventListener("click", () => {
    beside.close();
    document.getElementById("fork")?.focus();
  });
  return el(
    "div",
    { class: "two-runs", attributes: { role: "group", "aria-label": names.other } },
    run("main", names.main, main, ""),
    el("span", { class: "say", title: say("fork.edits.title") }, say("fork.edits")),
    run("other", names.other, store, " · "),
    el(
      "span",
      { class: "differs" },
      text(() => [differs(main, store), apart(main, store)].filter(Boolean).join(" · ")),
    ),
    el("span", { class: "grow" }),
    both,
    swap,
    close,
  );
}

/** Its name, and where it stands. @param {string} kind @param {string} name @param {Store} store @param {string} before */
function run(kind, name, store, before) {
  const where = el(
    "span",
    { class: "mono" },
    text(() => positionText(store.position.value, store.calls.value)),
  );
  return el("span", { class: `run ${kind}` }, before, el("b", null, name), " ", where);
}

/** Each plays by its own clock: how many steps one of them is ahead. @param {Store} main @param {Store} other */
function apart(main, other) {
  const ahead = other.position.value.step - main.position.value.step;
  if (ahead === 0) return "";
  return say(ahead > 0 ? "fork.ahead" : "fork.behind", { n: Math.abs(ahead) });
}

/** In what the two differ, as seen from the main one. @param {Store} main @param {Store} other */
function differs(main, other) {
  const found = differences(main.spec.value, other.spec.value);
  const edits = JSON.stringify(main.timeline.value?.edits) !== JSON.stringify(other.timeline.value?.edits);
  const words = found.map(({ what, before, after }) =>
    say("fork.change", { what: say(`fork.${what}`), before, after }),
  );
  if (edits) words.push(say("fork.weights"));
  return words.join(", ") || say("fork.same");
}

/** @param {Beside} beside @param {import("./stage.js").CreateStage} create */
export function secondStage({ store, actions, names }, create) {
  const panel = stagePanel(store, actions, create);
  panel.ariaLabel = say("fork.stage");
  panel.append(el("span", { class: "stage-name" }, names.other));
  for (const node of panel.querySelectorAll("#stage, #stage-says, [id^=zoom-]")) node.id += "-second";
  watch(() => () => /** @type {{ destroy?: () => void } | null} */ (store.stage.peek())?.destroy?.());
  return panel;
}
