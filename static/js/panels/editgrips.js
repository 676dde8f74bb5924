/**
 * The handles of layers, wires and weights: small buttons over the canvas, there for the layer that one is at.
 *
 * @import { LayerBox, Point } from "../types.js"
 * @import { Bench, Placed } from "./editor.js"
 */

import { toScreen } from "../layout/camera.js";
import { columnOf, layerAt } from "../layout/grips.js";
import { layersOf, subjects } from "../state/chosen.js";
import { looseWires, skip, widenLayer, widthOf } from "../state/layeredits.js";
import { say } from "../words/say.js";
import { el, svg } from "./dom.js";
import { drag } from "./editdrag.js";
import { weightGrip } from "./editweight.js";
import { watch } from "./lifetime.js";

/** So many CSS pixels are a unit. */
const PER_UNIT = 14;
const WIDEST = 512;
/** From a column to its handles. */
const AWAY = 16;
/** From the stage's edge, in pixels. */
const EDGE = 18;
/** Half of a number above or below a unit: a handle stands beside it. */
const NUMBER = 36;

/** @typedef {Readonly<{ node: HTMLElement, at: (box: LayerBox, placed: Placed) => Point | null }>} Grip */

/** @param {Bench} bench @returns {HTMLElement[]} */
export function createGrips(bench) {
  const { store, canvas, placed } = bench;
  const group = el("div", { class: "grips" });
  /** @type {Map<string, Grip[]>} */
  let grips = new Map();
  /** @type {string | null} */
  let near = null;

  function place() {
    const shown = placed();
    const lens = store.lens.peek() !== null;
    const there = new Set([near, ...layersOf(subjects(store.chosen.peek(), store.selection.peek()))]);
    for (const [id, each] of grips) {
      const box = lens ? undefined : shown?.layout.layers.find((candidate) => candidate.id === id);
      for (const { node, at } of each) {
        const point = box && shown && at(box, shown);
        node.hidden = !point;
        node.classList.toggle("near", there.has(id));
        if (!point || !shown) continue;
        const { x, y } = toScreen(shown.camera, point);
        node.style.left = `${x}px`;
        node.style.top = `${y}px`;
      }
    }
  }

  watch(() => {
    const [spec, graph] = [store.spec.value, store.graph.value];
    const focused = group.contains(document.activeElement) ? document.activeElement?.id : "";
    const ids = spec && graph ? spec.layers.filter(({ type }) => type !== "input").map(({ id }) => id) : [];
    grips = new Map(ids.map((id) => [id, gripsOf(bench, id)]));
    group.replaceChildren(...[...grips.values()].flat().map(({ node }) => node));
    if (focused) document.getElementById(focused)?.focus();
    place();
  });
  watch(() => {
    void [store.outlook.value, store.graph.value, store.selection.value, store.chosen.value, store.lens.value];
    void store.frame.value;
    const frame = requestAnimationFrame(place);
    return () => cancelAnimationFrame(frame);
  });
  const stage = canvas.parentElement;
  const hover = (/** @type {PointerEvent} */ event) => {
    const [shown, at] = [placed(), bench.pointOf(event)];
    if (!shown || !at || event.buttons) return;
    const box = layerAt(shown.layout, at)?.id ?? (near && isClose(shown, near, at) ? near : null);
    if (box === near) return;
    near = box;
    place();
  };
  stage?.addEventListener("pointermove", hover);
  watch(() => () => stage?.removeEventListener("pointermove", hover));
  return [group, weightGrip(bench)];
}

/** Still at the layer, on the way to one of its handles. @param {Placed} shown @param {string} id @param {Point} at */
function isClose({ layout, camera }, id, at) {
  const box = layout.layers.find((each) => each.id === id);
  if (!box) return false;
  const area = columnOf(box);
  const reach = 46 / camera.scale;
  const [dx, dy] = [
    Math.max(area.x - at.x, 0, at.x - area.x - area.width),
    Math.max(area.y - at.y, 0, at.y - area.y - area.height),
  ];
  return Math.hypot(dx, dy) < reach;
}

/** @param {Bench} bench @param {string} id @returns {Grip[]} */
function gripsOf(bench, id) {
  const spec = bench.store.spec.peek();
  if (!spec) return [];
  const last = spec.layers.at(-1)?.id === id;
  return [
    ...(widthOf(spec, id) ? [widthGrip(bench, id)] : []),
    ...(last ? [] : [outputGrip(bench, id)]),
    ...looseWires(spec, id).map((source, at) => wireGrip(bench, id, source, at)),
  ];
}

/** Drag down: more units. @param {Bench} bench @param {string} id @returns {Grip} */
function widthGrip(bench, id) {
  const { store, actions, layer } = bench;
  const spec = () => /** @type {import("../wire.js").Spec} */ (store.spec.peek());
  const width = () => widthOf(spec(), id)?.value ?? 1;
  const node = el(
    "button",
    { class: "grip width", type: "button", id: `width-${id}`, title: say("edit.width.title", { layer: id }) },
    "⇕",
  );
  const label = el("output", { class: "grip-label" });
  node.setAttribute("role", "slider");
  node.setAttribute("aria-label", say("edit.width", { layer: id }));
  node.setAttribute("aria-valuemin", "1");
  node.setAttribute("aria-valuemax", String(WIDEST));
  const say_ = (/** @type {number} */ value) => {
    node.setAttribute("aria-valuenow", String(value));
    label.textContent = say("edit.width.now", { value, n: value });
  };
  say_(width());
  /** @param {number} value */
  const set = (value) => {
    const at = spec().layers.findIndex((each) => each.id === id);
    if (value !== width()) actions.patch(widenLayer(spec(), id, value), ["layers", at]);
  };
  drag(node, {
    begin: () => {
      layer.append(label);
      label.style.left = `calc(${node.style.left} + 18px)`;
    },
    move: (_, dy) => {
      const value = Math.min(WIDEST, Math.max(1, width() + Math.round(dy / PER_UNIT)));
      say_(value);
      // The hand may leave the stage; the handle and what it says stay where they are seen.
      const top = Number.parseFloat(node.style.top);
      const seen = Math.max(EDGE, Math.min(top + dy, layer.clientHeight - EDGE));
      label.style.top = `${seen}px`;
      node.style.translate = `0 ${seen - top}px`;
      return value;
    },
    end: (value, kept) => {
      node.style.translate = "";
      label.remove();
      if (kept && value !== undefined) set(value);
      else say_(width());
    },
  });
  node.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 8, PageDown: -8 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    set(Math.min(WIDEST, Math.max(1, width() + by)));
  });
  return { node, at: (box, { camera }) => ({ x: box.x, y: box.bottom + AWAY / camera.scale }) };
}

/** Drag to a later layer: a skip. @param {Bench} bench @param {string} id @returns {Grip} */
function outputGrip(bench, id) {
  const { menu, layer } = bench;
  const node = el(
    "button",
    { class: "grip output", type: "button", id: `lead-from-${id}`, title: say("edit.output.title") },
    "↷",
  );
  node.setAttribute("aria-label", say("edit.output", { layer: id }));
  const path = svg("path", { class: "edit-wire" });
  const picture = svg("svg", { class: "edit-wires", "aria-hidden": "true" }, path);
  const label = el("output", { class: "grip-label" });
  drag(node, {
    begin: () => layer.append(picture, label),
    move: (dx, dy, event) => {
      const [x, y] = [Number.parseFloat(node.style.left), Number.parseFloat(node.style.top)];
      path.setAttribute("d", `M${x} ${y}C${x + dx / 2} ${y} ${x + dx / 2} ${y + dy} ${x + dx} ${y + dy}`);
      label.style.left = `${x + dx + 14}px`;
      label.style.top = `${y + dy}px`;
      const found = targetOf(bench, id, event);
      path.classList.toggle("refused", found.why !== "");
      label.classList.toggle("refused", found.why !== "");
      label.textContent = found.why || `${id} → ${found.to}`;
      return found;
    },
    end: (found, kept) => {
      picture.remove();
      label.remove();
      if (kept && found?.to && !found.why) bench.commands.lead(id, found.to);
    },
    press: () => menu.lead(id, cornerOf(node)),
  });
  return {
    node,
    at: (box, { camera }) => ({
      x: box.x + Math.max(columnOf(box).width / 2, NUMBER) + AWAY / camera.scale,
      y: box.top,
    }),
  };
}

/** @param {HTMLElement} node */
function cornerOf(node) {
  const { right, bottom } = node.getBoundingClientRect();
  return { x: right, y: bottom };
}

/** Where a wire would end, and why it may not. @param {Bench} bench @param {string} from @param {PointerEvent} event @returns {{ to: string, why: string }} */
function targetOf({ store, placed, pointOf }, from, event) {
  const [shown, at, spec, graph] = [placed(), pointOf(event), store.spec.peek(), store.graph.peek()];
  const to = (shown && at && layerAt(shown.layout, at)?.id) || "";
  if (!to || to === from || !spec || !graph) return { to: "", why: say("edit.skip.drop") };
  const attempt = skip(spec, graph, from, to);
  return { to, why: "patch" in attempt ? "" : say(attempt.reason, attempt.values) };
}

/** The end of a wire into a joint: drag it away to remove it. @param {Bench} bench @param {string} id @param {string} source @param {number} place @returns {Grip} */
function wireGrip({ commands, layer }, id, source, place) {
  const node = el(
    "button",
    { class: "grip wire", type: "button", id: `wire-${id}-${source}`, title: say("edit.wire.title") },
    "◂",
  );
  node.setAttribute("aria-label", say("edit.wire", { source, layer: id }));
  const label = el("output", { class: "grip-label refused" }, say("edit.wire.removed"));
  drag(node, {
    begin: () => {},
    move: (dx, dy) => {
      node.style.translate = [dx, dy].map((by) => `${by}px`).join(" ");
      const away = Math.hypot(dx, dy) > 36;
      label.style.left = `calc(${node.style.left} + ${dx + 16}px)`;
      label.style.top = `calc(${node.style.top} + ${dy}px)`;
      if (away) layer.append(label);
      else label.remove();
      return away;
    },
    end: (away, kept) => {
      node.style.translate = "";
      label.remove();
      if (kept && away) commands.unwire(id, source);
    },
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    event.stopPropagation();
    commands.unwire(id, source);
  });
  return {
    node,
    at: (box, { camera }) => ({
      x: columnOf(box).x - AWAY / camera.scale,
      y: box.top + (place * 2 * AWAY) / camera.scale,
    }),
  };
}
