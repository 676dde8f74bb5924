/**
 * Formulas, set by KaTeX. It is fetched with its styles when the first formula is shown, so that the page opens without it.
 * `katex.render` builds nodes; strings of HTML are never made.
 */

import { el } from "./dom.js";

/** @typedef {{ render: (tex: string, element: HTMLElement, options: object) => void }} Katex */

/** @type {Promise<Katex> | null} */
let loading = null;

/** @returns {Promise<Katex>} */
function loadKatex() {
  loading ??= loadStyles("katex").then(async () => {
    const module = await import("katex");
    return /** @type {Katex} */ (module.default);
  });
  return loading;
}

/**
 * Styles that are wanted late; the page names their address in `<meta name="styles-katex">`.
 *
 * @param {string} name
 * @returns {Promise<void>}
 */
export function loadStyles(name) {
  const meta = document.querySelector(`meta[name="styles-${name}"]`);
  if (!(meta instanceof HTMLMetaElement)) return Promise.resolve();
  const there = [...document.styleSheets].some(({ href }) => href === new URL(meta.content, document.baseURI).href);
  if (there) return Promise.resolve();
  return new Promise((done) => {
    const link = el("link", { rel: "stylesheet", href: meta.content });
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => done());
    document.head.append(link);
  });
}

/**
 * A formula; until KaTeX is there (and if it cannot read it) its TeX.
 *
 * @param {string} tex
 * @param {string} [kind]
 * @returns {HTMLElement}
 */
export function formula(tex, kind = "") {
  const place = el("div", { class: `formula ${kind}`, tabIndex: kind.includes("wide") ? 0 : -1 });
  const source = el("code", null, tex);
  place.append(source);
  const shown = kind.includes("wide") ? breakable(tex) : tex;
  loadKatex().then(
    (katex) =>
      katex.render(shown, place, {
        displayMode: false,
        throwOnError: false,
        output: "htmlAndMathml",
        strict: "ignore",
      }),
    () => {},
  );
  return place;
}

/**
 * A long sum between parentheses that grow cannot be broken into lines, and its end would be out of sight.
 *
 * @param {string} tex
 */
function breakable(tex) {
  return tex.replaceAll("\\left(", "(").replaceAll("\\right)", ")");
}
