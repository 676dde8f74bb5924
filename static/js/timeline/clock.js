/**
 * Many invalidations, one paint per animation frame.
 *
 * @param {(now: number) => void} paint
 * @param {(callback: (now: number) => void) => unknown} schedule requestAnimationFrame, or a test's stand-in
 * @returns {() => void}
 */
export function createPainter(paint, schedule) {
  let scheduled = false;
  return function invalidate() {
    if (scheduled) return;
    scheduled = true;
    schedule((now) => {
      scheduled = false;
      paint(now);
    });
  };
}
