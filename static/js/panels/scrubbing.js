/**
 * Fingers, mouse and wheel on a line of time: one drags it, two of them (or the wheel) zoom it.
 */

const WHEEL = 0.0022;

/**
 * @param {HTMLElement} node
 * @param {Object} acts x is in pixels from its left edge
 * @param {() => void} acts.begin
 * @param {(x: number) => void} acts.move
 * @param {() => void} acts.end
 * @param {(factor: number, x: number) => void} [acts.zoom]
 * @param {(by: number) => void} [acts.pan]
 */
export function listenToDrags(node, { begin, move, end, zoom, pan }) {
  /** @type {Map<number, number>} */
  const fingers = new Map();
  const at = (/** @type {{ clientX: number }} */ event) => event.clientX - node.getBoundingClientRect().left;

  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    node.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, at(event));
    if (fingers.size === 1) {
      begin();
      move(at(event));
    }
  });
  node.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = [...fingers.values()];
    fingers.set(event.pointerId, at(event));
    if (fingers.size === 1) move(at(event));
    else pinch(before, [...fingers.values()], zoom);
  });
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"]))
    node.addEventListener(type, (event) => {
      if (fingers.delete(event.pointerId) && fingers.size === 0) end();
    });
  node.addEventListener(
    "wheel",
    (event) => {
      if (!zoom) return;
      event.preventDefault();
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) pan?.(sideways);
      else zoom(Math.exp(event.deltaY * WHEEL), at(event));
    },
    { passive: false },
  );
}

/** @param {readonly number[]} before @param {readonly number[]} after @param {((factor: number, x: number) => void) | undefined} zoom */
function pinch([a = 0, b = 0], [c = 0, d = 0], zoom) {
  const [was, is] = [Math.abs(a - b), Math.abs(c - d)];
  if (was > 4 && is > 4) zoom?.(was / is, (c + d) / 2);
}
