/**
 * Not more often than every `ms`: the first call at once, the last of a burst at its end.
 *
 * @template {unknown[]} A
 * @param {(...given: A) => void} act
 * @param {number} ms
 * @param {(callback: () => void, ms: number) => unknown} [later]
 * @returns {(...given: A) => void}
 */
export function throttle(act, ms, later = (callback, delay) => setTimeout(callback, delay)) {
  /** @type {A | null} */
  let waiting = null;
  let resting = false;
  function rest() {
    resting = true;
    later(() => {
      resting = false;
      if (!waiting) return;
      const given = waiting;
      waiting = null;
      act(...given);
      rest();
    }, ms);
  }
  return (...given) => {
    if (resting) {
      waiting = given;
      return;
    }
    act(...given);
    rest();
  };
}
