/** How wide a part of the page is. */

import { signal } from "@preact/signals-core";

/**
 * In CSS pixels, whenever it changes.
 *
 * @param {Element} node
 * @param {number} [first] until it is laid out
 */
export function widthOf(node, first = 0) {
  const width = signal(first);
  new ResizeObserver(([entry]) => {
    width.value = Math.round(entry?.contentRect.width ?? first);
  }).observe(node);
  return width;
}
