/** A handle in the hand: pointer, pen or finger; Esc lets it go where it was. */

const STILL = 3;

/**
 * @template V
 * @typedef {Object} Dragged
 * @property {(event: PointerEvent) => void} begin
 * @property {(dx: number, dy: number, event: PointerEvent) => V} move in CSS pixels from where it was taken
 * @property {(value: V | undefined, kept: boolean) => void} end `kept`: false if it was let go by Esc or taken away
 * @property {() => void} [press] it was pressed, not dragged: by the pointer or by Enter
 */

/**
 * @template V
 * @param {HTMLElement} node
 * @param {Dragged<V>} how
 */
export function drag(node, { begin, move, end, press }) {
  let dragged = false;
  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const from = { x: event.clientX, y: event.clientY };
    const ended = new AbortController();
    const { signal } = ended;
    /** @type {V | undefined} */
    let value;
    dragged = false;
    node.setPointerCapture(event.pointerId);
    node.addEventListener(
      "pointermove",
      (now) => {
        const [dx, dy] = [now.clientX - from.x, now.clientY - from.y];
        if (!dragged && Math.hypot(dx, dy) < STILL) return;
        if (!dragged) {
          node.classList.add("held");
          begin(now);
        }
        dragged = true;
        value = move(dx, dy, now);
      },
      { signal },
    );
    const finish = (/** @type {boolean} */ kept) => {
      ended.abort();
      node.classList.remove("held");
      if (dragged) end(value, kept);
    };
    node.addEventListener("pointerup", () => finish(true), { signal });
    node.addEventListener("pointercancel", () => finish(false), { signal });
    document.addEventListener(
      "keydown",
      (key) => {
        if (key.key !== "Escape") return;
        key.stopPropagation();
        finish(false);
      },
      { signal, capture: true },
    );
  });
  node.addEventListener("click", () => {
    if (!dragged) press?.();
    dragged = false;
  });
}
