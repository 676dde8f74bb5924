/**
 * A dialog without a backdrop can stand in the way: it is moved by its head, and by the arrow keys while that has the focus.
 */

const STEP = 24;
/** So much of its head stays within the window. */
const LEFT_IN = 60;
/** @type {Readonly<Record<string, readonly [number, number]>>} */
const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/** @param {HTMLElement} dialog @param {HTMLElement} head @param {string} title how to move it */
export function movable(dialog, head, title) {
  Object.assign(head, { tabIndex: 0, title });
  head.setAttribute("role", "group");
  head.setAttribute("aria-label", title);
  head.classList.add("movable");
  const to = (/** @type {number} */ x, /** @type {number} */ y) => {
    const { width } = dialog.getBoundingClientRect();
    const left = Math.max(LEFT_IN - width, Math.min(innerWidth - LEFT_IN, x));
    const top = Math.max(0, Math.min(innerHeight - LEFT_IN, y));
    Object.assign(dialog.style, { left: `${left}px`, top: `${top}px` });
  };
  head.addEventListener("keydown", (event) => {
    const by = event.target === head ? ARROWS[event.key] : undefined;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const { left, top } = dialog.getBoundingClientRect();
    to(left + by[0], top + by[1]);
  });
  head.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || (event.target instanceof Element && event.target.closest("button"))) return;
    const { left, top } = dialog.getBoundingClientRect();
    const grip = { x: event.clientX - left, y: event.clientY - top };
    head.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ { clientX, clientY }) => to(clientX - grip.x, clientY - grip.y);
    head.addEventListener("pointermove", move);
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"]))
      head.addEventListener(end, () => head.removeEventListener("pointermove", move), { once: true });
  });
  return head;
}
