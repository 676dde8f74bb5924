/**
 * What is scrolled sideways says so: it fades at the edge behind which there is more.
 */

/** Less than this (px) is a rounding, not something hidden. */
const SLACK = 2;

/** @param {HTMLElement} node @returns {() => void} look again, after its content has changed */
export function fadingEdges(node) {
  const look = () => {
    const left = node.scrollLeft > SLACK;
    const right = node.scrollLeft + node.clientWidth < node.scrollWidth - SLACK;
    node.classList.toggle("more-left", left);
    node.classList.toggle("more-right", right);
  };
  node.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(node);
  return look;
}
