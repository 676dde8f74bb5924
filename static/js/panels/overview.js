/**
 * The whole network, small, with what is seen of it: where one is when it is larger than the view. A drag moves the view.
 *
 * @import { Outlook } from "../types.js"
 * @import { Store } from "../state/store.js"
 * @import { CreateStage } from "./stage.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { watch } from "./lifetime.js";
import { inks, sharp } from "./tokens.js";

const SIZE = { width: 168, height: 92 };

/** @typedef {ReturnType<CreateStage>} Stage */

/** @param {Store} store @param {() => Stage | null} stageOf @returns {HTMLElement} */
export function overview(store, stageOf) {
  const canvas = el("canvas", { class: "overview", attributes: { role: "img" } });
  const goTo = (/** @type {PointerEvent} */ event) => {
    if (event.buttons === 0) return;
    const scale = scaleOf(store.outlook.peek());
    stageOf()?.centre({ x: event.offsetX / scale, y: event.offsetY / scale });
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    goTo(event);
  });
  canvas.addEventListener("pointermove", goTo);
  watch(() => {
    void [store.look.value, store.graph.value];
    const outlook = store.outlook.value;
    canvas.setAttribute("aria-label", said(outlook));
    paint(canvas, outlook, stageOf()?.plan() ?? []);
  });
  return canvas;
}

/** @param {Outlook} outlook */
function scaleOf({ whole }) {
  return Math.min(SIZE.width / whole.width, SIZE.height / whole.height);
}

/** Its text twin: how much is seen, and which layers. @param {Outlook} outlook @returns {string} */
function said({ layers, percent }) {
  return say("overview.aria", { percent, layers: layers.join(", ") || say("overview.none") });
}

/** @param {HTMLCanvasElement} canvas @param {Outlook} outlook @param {readonly import("../types.js").Area[]} plan */
function paint(canvas, outlook, plan) {
  const { whole, sight } = outlook;
  const scale = scaleOf(outlook);
  const [width, height] = [whole.width * scale, whole.height * scale];
  Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  const ctx = sharp(canvas, width, height);
  if (!ctx) return;
  const ink = inks();
  ctx.fillStyle = ink("ink3");
  for (const { x, y, width: w, height: h } of plan)
    ctx.fillRect(x * scale, y * scale, Math.max(2, w * scale), Math.max(2, h * scale));
  const [left, top] = [Math.max(1, sight.x * scale), Math.max(1, sight.y * scale)];
  const right = Math.min(width - 1, (sight.x + sight.width) * scale);
  const bottom = Math.min(height - 1, (sight.y + sight.height) * scale);
  ctx.strokeStyle = ink("ink");
  ctx.lineWidth = 2;
  ctx.strokeRect(left, top, Math.max(3, right - left), Math.max(3, bottom - top));
}
