/**
 * An embedding's tokens in the plane in which they differ most: what is used alike comes to stand together.
 *
 * @import { Projection } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { signal } from "@preact/signals-core";
import { visible } from "../scene/tokens.js";
import { throttle } from "../state/throttle.js";
import { say } from "../words/say.js";
import { el, follow, sentence, svg } from "./dom.js";
import { watch } from "./lifetime.js";

const EVERY_MS = 700;
const [WIDTH, HEIGHT, EDGE] = [206, 150, 9];

/** @param {Store} store @param {Actions} actions @param {string} parameter */
export function projectionFigure(store, actions, parameter) {
  const found = signal(/** @type {Projection | null} */ (null));
  const ask = throttle(async () => {
    found.value = await actions.projection(parameter).catch(() => null);
  }, EVERY_MS);
  watch(() => {
    void [store.position.value.step, store.spec.value];
    ask();
  });
  return follow(el("figure", { class: "matrix-pair" }), () => (found.value ? drawn(parameter, found.value) : []));
}

/** @param {string} parameter @param {Projection} projection */
function drawn(parameter, { points, tokens, explained }) {
  const words = `${inWords(explained)} ${nearestPair(points, tokens)}`;
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plane", role: "img", "aria-label": words });
  const most = Math.max(1e-9, ...points.flat().map(Math.abs));
  const marks = points.map(([x = 0, y = 0], at) =>
    svg(
      "text",
      {
        x: (WIDTH / 2 + (x / most) * (WIDTH / 2 - EDGE)).toFixed(1),
        y: (HEIGHT / 2 - (y / most) * (HEIGHT / 2 - EDGE)).toFixed(1),
      },
      visible(tokens[at] ?? String(at)),
    ),
  );
  picture.append(...marks);
  return [
    el("figcaption", null, ...sentence("matrices.plane", { name: el("b", null, parameter) })),
    picture,
    el("p", { class: "say" }, words),
  ];
}

/** @param {readonly number[]} explained */
function inWords([first = 0, second = 0]) {
  return say("matrices.axes", { first: Math.round(100 * first), second: Math.round(100 * second) });
}

/**
 * Which two stand closest.
 *
 * @param {readonly (readonly number[])[]} points
 * @param {readonly string[]} tokens
 */
export function nearestPair(points, tokens) {
  let least = Number.POSITIVE_INFINITY;
  /** @type {readonly [number, number] | null} */
  let pair = null;
  for (const [i, [x = 0, y = 0]] of points.entries())
    for (let j = 0; j < i; j += 1) {
      const distance = Math.hypot(x - (points[j]?.[0] ?? 0), y - (points[j]?.[1] ?? 0));
      if (distance >= least) continue;
      [least, pair] = [distance, [j, i]];
    }
  if (!pair) return "";
  const [one, other] = pair.map((at) => visible(tokens[at] ?? String(at)));
  return say("matrices.closest", { one: one ?? "", other: other ?? "" });
}
