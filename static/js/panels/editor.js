/**
 * Editing on the stage itself: handles that lie over the canvas where its camera shows the layers, and the gestures of the
 * pointer. Handles are buttons and sliders, so that whatever is dragged can be done by keys and by touch as well.
 *
 * @import { Area, Point } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Menu } from "./editmenu.js"
 */

import { toScreen, toStage } from "../layout/camera.js";
import { columnOf, isTitle, layerAt, layersIn } from "../layout/grips.js";
import { chosenOf, layersOf, subjects, toggled } from "../state/chosen.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { createCommands } from "./editcommands.js";
import { createGrips } from "./editgrips.js";
import { listenToEditKeys } from "./editkeys.js";
import { palette } from "./layerpalette.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";

const menus = lazily(() => import("./editmenu.js"));

/** A finger that rests so long (ms) asks for the menu. */
const LONG = 550;
/** Less than this is no drag, in CSS pixels. */
const STILL = 5;

/** What is drawn, and how it lies on the screen. @typedef {NonNullable<ReturnType<NonNullable<Store["stage"]["value"]>["placed"]>>} Placed */
/**
 * @typedef {Object} Bench what the parts of the editor share
 * @property {Store} store
 * @property {Actions} actions
 * @property {ReturnType<typeof createCommands>} commands
 * @property {ReturnType<typeof menuOver>} menu
 * @property {HTMLElement} layer what lies over the canvas
 * @property {HTMLCanvasElement} canvas
 * @property {() => Placed | null} placed
 * @property {(event: { clientX: number, clientY: number }) => Point | null} pointOf where that is on the stage
 * @property {(words: string) => void} tell aloud
 */

/**
 * The menu, which comes when it is first asked for.
 *
 * @param {HTMLElement} layer
 * @param {() => Menu | undefined} make
 */
function menuOver(layer, make) {
  /** @type {Menu | undefined} */
  let made;
  const come = async () => {
    await menus.come();
    if (made) return made;
    made = make();
    if (made) layer.append(made.panel);
    return made;
  };
  return {
    /** @param {Point} at */
    open: async (at) => (await come())?.open(at),
    /** @param {string} name @param {Point} at */
    rename: async (name, at) => (await come())?.rename(name, at),
    /** @param {string} from @param {Point} at */
    lead: async (from, at) => (await come())?.lead(from, at),
  };
}

/** @param {Store} store @param {Actions} actions @param {HTMLCanvasElement} canvas */
export function editor(store, actions, canvas) {
  const layer = el("div", { class: "editor" });
  const heard = el("p", { class: "sr-only", attributes: { role: "status" } });
  const commands = createCommands(store, actions);
  const menu = menuOver(layer, () => menus.now()?.editMenu(store, actions, commands, canvas));
  const placed = () => store.stage.value?.placed() ?? null;
  /** @type {Bench} */
  const bench = {
    ...{ store, actions, commands, menu, layer, canvas, placed },
    pointOf: ({ clientX, clientY }) => {
      const [shown, { left, top }] = [placed(), canvas.getBoundingClientRect()];
      return shown && toStage(shown.camera, { x: clientX - left, y: clientY - top });
    },
    tell: (words) => {
      heard.textContent = words;
    },
  };
  const ended = new AbortController();
  listenToPointer(bench, ended.signal);
  listenToEditKeys(bench, ended.signal);
  layer.append(...createGrips(bench), marks(bench), heard);
  const offer = palette(bench);
  // Beside the layers, where it covers nothing; those are the main run's.
  if (!canvas.closest(".second")) document.querySelector(".middle > .bar")?.append(...offer);
  watch(() => () => {
    ended.abort();
    for (const node of offer) node.remove();
  });
  return layer;
}

/** Outlines of what is selected together. @param {Bench} bench */
function marks({ store, placed, tell }) {
  const group = el("div", { class: "edit-marks", attributes: { "aria-hidden": "true" } });
  watch(() => {
    void [store.outlook.value, store.graph.value, store.frame.value];
    const chosen = store.chosen.value;
    const frame = requestAnimationFrame(() => {
      const shown = placed();
      group.replaceChildren(...(shown ? chosen.flatMap((one) => outlineOf(shown, one) ?? []) : []));
    });
    return () => cancelAnimationFrame(frame);
  });
  watch(() => {
    const names = store.chosen.value.map(({ layer, unit }) =>
      unit === null ? layer : say("edit.unit", { layer, unit: unit + 1 }),
    );
    if (names.length) tell(say("edit.selected", { names: names.join(", ") }));
  });
  return group;
}

/** @param {Placed} shown @param {import("../state/chosen.js").Chosen} chosen */
function outlineOf({ layout, camera }, { layer, unit }) {
  const box = layout.layers.find(({ id }) => id === layer);
  const one = unit === null ? null : box?.units.find((each) => each.unit === unit);
  if (!box) return null;
  const area = one
    ? { x: one.x - one.r - 4, y: one.y - one.r - 4, width: 2 * one.r + 8, height: 2 * one.r + 8 }
    : columnOf(box);
  const mark = el("div", { class: one ? "edit-mark round" : "edit-mark" });
  placeArea(mark, toScreen(camera, area), area, camera.scale);
  return mark;
}

/** @param {HTMLElement} node @param {Point} at @param {Area} area @param {number} scale */
function placeArea(node, at, area, scale) {
  node.style.left = `${at.x}px`;
  node.style.top = `${at.y}px`;
  node.style.width = `${area.width * scale}px`;
  node.style.height = `${area.height * scale}px`;
}

/** @param {Bench} bench @param {AbortSignal} signal */
function listenToPointer(bench, signal) {
  const { canvas, menu } = bench;
  const first = { signal, capture: true };
  canvas.addEventListener("pointerdown", (event) => begin(bench, event), first);
  canvas.addEventListener("click", (event) => click(bench, event), first);
  canvas.addEventListener("dblclick", (event) => retitle(bench, event), first);
  canvas.addEventListener(
    "contextmenu",
    (event) => {
      event.preventDefault();
      if (event.button === 2 || event.clientX || event.clientY) aim(bench, event);
      menu.open({ x: event.clientX, y: event.clientY });
    },
    { signal },
  );
}

/** Shift and a drag: a rubber band. A finger that rests: the menu. @param {Bench} bench @param {PointerEvent} event */
function begin(bench, event) {
  if (event.button !== 0) return;
  if (event.shiftKey) rubberBand(bench, event);
  else if (event.pointerType === "touch") rest(bench, event);
}

/** @param {Bench} bench @param {PointerEvent} event */
function rest({ canvas, menu, ...bench }, event) {
  const from = { x: event.clientX, y: event.clientY };
  const ended = new AbortController();
  const timer = setTimeout(() => {
    ended.abort();
    aim({ canvas, menu, ...bench }, event);
    menu.open(from);
  }, LONG);
  ended.signal.addEventListener("abort", () => clearTimeout(timer));
  const { signal } = ended;
  canvas.addEventListener(
    "pointermove",
    (move) => Math.hypot(move.clientX - from.x, move.clientY - from.y) > STILL && ended.abort(),
    { signal },
  );
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => ended.abort(), { signal });
}

/** What the menu is about: what is under it, unless that is selected already. @param {Bench} bench @param {MouseEvent} event */
function aim(bench, event) {
  const { store, actions } = bench;
  const picked = pickedBy(bench, event);
  const known = picked && subjects(store.chosen.value, store.selection.value);
  if (!picked) return;
  const inside = known?.some(({ layer, unit }) => layer === picked.layer && (unit === null || unit === picked.unit));
  if (inside) return;
  const selection = selectionAt(bench, event);
  if (selection) actions.select(selection);
  else actions.choose([picked]);
}

/** @param {Bench} bench @param {MouseEvent} event */
function selectionAt({ store, canvas }, { clientX, clientY }) {
  const { left, top } = canvas.getBoundingClientRect();
  return store.stage.value?.pick(clientX - left, clientY - top) ?? null;
}

/** @param {Bench} bench @param {MouseEvent} event @returns {import("../state/chosen.js").Chosen | null} */
function pickedBy(bench, event) {
  const [shown, at] = [bench.placed(), bench.pointOf(event)];
  const box = shown && at && layerAt(shown.layout, at);
  return chosenOf(selectionAt(bench, event)) ?? (box ? { layer: box.id, unit: null } : null);
}

/** With Shift or Ctrl, one more, or one less; on a title, the layer. @param {Bench} bench @param {MouseEvent} event */
function click(bench, event) {
  const { store, actions } = bench;
  const several = event.shiftKey || event.ctrlKey || event.metaKey;
  const picked = pickedBy(bench, event);
  const title = titleAt(bench, event);
  if (!(several && picked) && !title) return;
  event.stopImmediatePropagation();
  const one = title ? { layer: title, unit: null } : picked;
  if (one) actions.choose(several ? toggled(subjects(store.chosen.value, store.selection.value), one) : [one]);
}

/** @param {Bench} bench @param {MouseEvent} event @returns {string | null} */
function titleAt(bench, event) {
  const [shown, at] = [bench.placed(), bench.pointOf(event)];
  const box = shown && at && !shown.layout.bands?.length ? layerAt(shown.layout, at) : null;
  return box && at && isTitle(box, at) && box.role !== "input" ? box.id : null;
}

/** A double click on a title: another name. @param {Bench} bench @param {MouseEvent} event */
function retitle(bench, event) {
  const title = titleAt(bench, event);
  if (!title) return;
  event.stopImmediatePropagation();
  bench.menu.rename(title, { x: event.clientX, y: event.clientY });
}

/** @param {Bench} bench @param {PointerEvent} event */
function rubberBand(bench, event) {
  const { canvas, layer, store, actions } = bench;
  const from = { x: event.clientX, y: event.clientY };
  const before = store.chosen.peek();
  const band = el("div", { class: "edit-band" });
  const ended = new AbortController();
  let dragged = false;
  event.stopImmediatePropagation();
  canvas.setPointerCapture(event.pointerId);
  canvas.addEventListener(
    "pointermove",
    (move) => {
      if (!dragged && Math.hypot(move.clientX - from.x, move.clientY - from.y) < STILL) return;
      if (!dragged) layer.append(band);
      dragged = true;
      const [a, b, shown] = [bench.pointOf({ clientX: from.x, clientY: from.y }), bench.pointOf(move), bench.placed()];
      if (!a || !b || !shown) return;
      const area = {
        x: Math.min(a.x, b.x),
        y: Math.min(a.y, b.y),
        width: Math.abs(a.x - b.x),
        height: Math.abs(a.y - b.y),
      };
      placeArea(band, toScreen(shown.camera, area), area, shown.camera.scale);
      const fresh = layersIn(shown.layout, area).filter((id) => !layersOf(before).includes(id));
      actions.choose([...before, ...fresh.map((id) => ({ layer: id, unit: null }))]);
    },
    { signal: ended.signal },
  );
  for (const end of ["pointerup", "pointercancel"])
    canvas.addEventListener(
      end,
      () => {
        ended.abort();
        band.remove();
        if (!dragged) return;
        // The click at its end would take away again what it was let go on: it is caught before it comes to the canvas.
        const caught = new AbortController();
        const options = { capture: true, signal: caught.signal };
        document.addEventListener("click", (click) => click.stopImmediatePropagation(), options);
        setTimeout(() => caught.abort());
      },
      { signal: ended.signal },
    );
}
