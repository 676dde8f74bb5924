/**
 * The palette: kinds of layers to be dragged onto the stage, between two columns; pressed, they go where one is selected.
 *
 * @import { Bench } from "./editor.js"
 * @import { Insertable } from "./layers.js"
 */

import { toScreen } from "../layout/camera.js";
import { gapAt, levelAt } from "../layout/grips.js";
import { layersOf } from "../state/chosen.js";
import { insertLayer } from "../state/edits.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { drag } from "./editdrag.js";
import { insertableAt } from "./layers.js";
import { popover } from "./popover.js";

/** @param {Bench} bench @returns {HTMLElement[]} */
export function palette(bench) {
  const title = say("edit.palette.title");
  const button = el("button", { class: "btn palette-button", type: "button", id: "layer-palette", title });
  button.append(say("edit.palette"));
  /** @type {HTMLElement} */
  const panel = popover(
    button,
    say("edit.palette"),
    () => [
      el("p", { class: "say" }, say("edit.palette.hint")),
      el("div", { class: "chips" }, ...offered(bench).map((kind) => chip(bench, kind, () => panel.hidePopover()))),
    ],
    "palette",
  );
  return [button, panel];
}

/** Whatever fits somewhere. @param {Bench} bench @returns {readonly Insertable[]} */
function offered({ store }) {
  const places = store.spec.value?.layers.map((_, at) => at) ?? [];
  const kinds = places.flatMap((at) => insertableAt(store, at));
  return [...new Map(kinds.map((kind) => [kind.type, kind])).values()];
}

/** @param {Bench} bench @param {Insertable} kind @param {() => void} close @returns {HTMLElement} */
function chip(bench, kind, close) {
  const { store, actions, layer, commands } = bench;
  const node = el(
    "button",
    { class: "chip kind", type: "button", id: `kind-${kind.type}`, title: kind.summary },
    kind.title,
  );
  /** @param {number} at */
  const insert = (at) => {
    const spec = store.spec.peek();
    const fitting = insertableAt(store, at).find(({ type }) => type === kind.type) ?? kind;
    close();
    if (spec) actions.patch(insertLayer(spec, kind.type, at, fitting.options), ["layers", at]);
  };
  const mark = el("div", { class: "edit-gap" });
  const ghost = el("div", { class: "edit-ghost", popover: "manual" }, kind.title);
  drag(node, {
    begin: () => {
      node.closest(".popover")?.classList.add("away");
      layer.append(mark, ghost);
      ghost.showPopover();
    },
    move: (_dx, _dy, event) => {
      ghost.style.left = `${event.clientX + 10}px`;
      ghost.style.top = `${event.clientY + 8}px`;
      const gap = gapUnder(bench, event);
      const fits = gap !== null && insertableAt(store, gap.at).some(({ type }) => type === kind.type);
      mark.hidden = gap === null;
      mark.classList.toggle("refused", !fits);
      if (gap) placeMark(mark, gap, bench);
      return fits ? gap?.at : undefined;
    },
    end: (at, kept) => {
      mark.remove();
      ghost.remove();
      node.closest(".popover")?.classList.remove("away");
      if (kept && at !== undefined) insert(at);
    },
    press: () => {
      const ids = store.spec.peek()?.layers.map(({ id }) => id) ?? [];
      const after = ids.indexOf(layersOf(commands.subjects()).at(-1) ?? "");
      insert(after < 0 || after >= ids.length - 1 ? ids.length - 1 : after + 1);
    },
  });
  return node;
}

/** @param {Bench} bench @param {PointerEvent} event */
function gapUnder({ canvas, placed, pointOf, store }, event) {
  const { left, right, top, bottom } = canvas.getBoundingClientRect();
  const inside = event.clientX > left && event.clientX < right && event.clientY > top && event.clientY < bottom;
  const [shown, at] = [placed(), pointOf(event)];
  const ids =
    store.spec
      .peek()
      ?.layers.filter(({ type }) => type !== "input")
      .map(({ id }) => id) ?? [];
  const gap = inside && shown && at ? (levelAt(shown.layout, ids, at) ?? gapAt(shown.layout, ids, at.x)) : null;
  const first = (store.spec.peek()?.layers.length ?? 0) - ids.length;
  return gap && { ...gap, at: gap.at + first };
}

/** @param {HTMLElement} mark @param {NonNullable<ReturnType<typeof gapUnder>>} gap @param {Bench} bench */
function placeMark(mark, gap, { placed }) {
  const shown = placed();
  if (!shown) return;
  mark.classList.toggle("across", "left" in gap);
  if ("left" in gap) {
    const { x, y } = toScreen(shown.camera, { x: gap.left, y: gap.y });
    mark.style.left = `${x}px`;
    mark.style.top = `${y}px`;
    mark.style.width = `${(gap.right - gap.left) * shown.camera.scale}px`;
    mark.style.height = "";
    return;
  }
  mark.style.width = "";
  const [top, bottom] = [
    toScreen(shown.camera, { x: gap.x, y: gap.top }),
    toScreen(shown.camera, { x: gap.x, y: gap.bottom }),
  ];
  mark.style.left = `${top.x}px`;
  mark.style.top = `${top.y - 14}px`;
  mark.style.height = `${bottom.y - top.y + 28}px`;
}
