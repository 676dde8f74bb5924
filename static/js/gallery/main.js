/**
 * The gallery: every scene of the stage at t = 0, ½ and 1, drawn from golden frames. The designers' workbench.
 *
 * @import { Exhibit, Story } from "./exhibits.js"
 */

import { draw } from "../draw/canvas.js";
import { createImages } from "../draw/images.js";
import { readTheme, watchTheme } from "../draw/theme.js";
import { el } from "../panels/dom.js";
import { LANGUAGE } from "../words/language.js";
import { say } from "../words/say.js";
import { MOMENTS, picture, readStory, viewOf } from "./exhibits.js";

const SIZE = { width: 760, height: 520 };
/** A picture on the page is this much smaller than the stage that it shows. */
const SCALE = 0.6;
const FRACTIONS = { 0: "0", 0.5: "½", 1: "1" };

/** @typedef {() => void} Paint */

/** Pictures that can be seen and are not painted yet: one for each frame of the screen, so that the page scrolls. @type {Set<Paint>} */
const waiting = new Set();
/** How each canvas is painted. @type {WeakMap<Element, Paint>} */
const paints = new WeakMap();
/** @type {Set<Element>} */
const seen = new Set();

function paintNext() {
  const [next] = waiting;
  if (!next) return;
  waiting.delete(next);
  next();
  requestAnimationFrame(paintNext);
}

/** @param {Paint} paint */
function invalidate(paint) {
  waiting.add(paint);
  if (waiting.size === 1) requestAnimationFrame(paintNext);
}

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    const paint = paints.get(target);
    if (isIntersecting) seen.add(target);
    else seen.delete(target);
    if (isIntersecting && paint) invalidate(paint);
  }
});

/** @param {Story} story @param {Exhibit} exhibit @param {0 | 0.5 | 1} t @param {string} title */
function canvasOf(story, exhibit, t, title) {
  const label = `${title}, t = ${FRACTIONS[t]}`;
  const canvas = el("canvas", { class: "exhibit", attributes: { role: "img", "aria-label": label } });
  const images = createImages();
  const ratio = SCALE * devicePixelRatio;
  canvas.width = SIZE.width * ratio;
  canvas.height = SIZE.height * ratio;
  paints.set(canvas, () => {
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, SIZE.width, SIZE.height);
    draw({ ctx, theme: readTheme(canvas), images }, picture(viewOf(story, exhibit, t, SIZE)));
    canvas.dataset.painted = "";
  });
  observer.observe(canvas);
  return el("figure", null, canvas, el("figcaption", null, `t = ${FRACTIONS[t]}`));
}

/** @param {string} name @param {Story} story */
function section(name, story) {
  const rows = story.exhibits.map((exhibit) => {
    const title = `${name}: ${exhibit.name}`;
    const three = MOMENTS.map((t) => canvasOf(story, exhibit, t, title));
    return [
      el("h3", null, exhibit.name),
      el("p", null, exhibit.after.sentence),
      el("div", { class: "moments" }, ...three),
    ];
  });
  return el("section", { attributes: { "aria-label": name } }, el("h2", null, name), ...rows.flat());
}

/** @param {string} url */
async function hang(url) {
  const name = url.split("/").at(-1)?.replace(".msgpack", "") ?? "";
  const place = el("div");
  document.getElementById("stories")?.append(place);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(say("gallery.missing", { name, status: answer.status }));
  place.replaceWith(section(name, readStory(await answer.arrayBuffer())));
}

document.documentElement.lang = LANGUAGE;
document.getElementById("gallery-lead")?.append(say("gallery.lead"));
watchTheme(document.documentElement, () => {
  for (const canvas of seen) {
    const paint = paints.get(canvas);
    if (paint) invalidate(paint);
  }
});
const urls = document.querySelector("meta[name=stories]")?.getAttribute("content")?.split(" ") ?? [];
await Promise.all(urls.map(hang));
