/**
 * DOM by one typed helper. Text is always text: there is no way here to write HTML.
 *
 * @import { Key } from "../words/say.js"
 */

import { untracked } from "@preact/signals-core";
import { say } from "../words/say.js";
import { atEnd, scoped, watch } from "./lifetime.js";

/** Stands in no sentence. */
const MARK = "\u0000";

/** @typedef {Node | string | number | null | undefined | false} Child */
/**
 * @typedef {Object} Extras
 * @property {string} [class]
 * @property {Record<string, string>} [data] data-* attributes
 * @property {Record<string, string | number | boolean>} [attributes] whatever is an attribute only: aria-*, role, for …
 * @property {{ [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void }} [on]
 */
/**
 * @template {keyof HTMLElementTagNameMap} K
 * @typedef {Omit<Partial<HTMLElementTagNameMap[K]>, "style" | "children" | "dataset" | "attributes"> & Extras} Props
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props<K> | null} [props] a property that the element does not have is refused
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = null, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProperty(node, name, value);
  node.append(...children.filter(isChild).map((child) => (child instanceof Node ? child : String(child))));
  return node;
}

/** @param {Child} child @returns {child is Node | string | number} */
function isChild(child) {
  return child !== null && child !== undefined && child !== false;
}

/** @param {HTMLElement} node @param {string} name @param {any} value */
function setProperty(node, name, value) {
  if (name === "class") node.className = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "attributes") setAttributes(node, value);
  else if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
  else if (name in node) Reflect.set(node, name, value);
  else throw new Error(`<${node.tagName.toLowerCase()}> has no property "${name}"`);
}

/**
 * @param {Element} node
 * @param {Record<string, string | number | boolean>} attributes
 */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
}

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/**
 * A sentence with elements in it, each where its `{name}` stands.
 *
 * @param {Key} key
 * @param {Readonly<Record<string, Node | string>>} nodes
 * @returns {(Node | string)[]}
 */
export function sentence(key, nodes) {
  const marked = Object.fromEntries(Object.keys(nodes).map((name) => [name, `${MARK}${name}${MARK}`]));
  const parts = say(key, marked).split(MARK);
  return parts.map((part, at) => (at % 2 ? (nodes[part] ?? part) : part));
}

/**
 * A piece of text that follows its signals.
 *
 * @param {() => string} words
 * @returns {Text}
 */
export function text(words) {
  const node = document.createTextNode("");
  watch(() => {
    node.data = words();
  });
  return node;
}

/**
 * Children that follow their signals. What has the focus keeps it, if its id is still there; what the old children had
 * started ends with them.
 *
 * @template {Element} E
 * @param {E} parent
 * @param {() => readonly Child[]} children
 * @returns {E}
 */
export function follow(parent, children) {
  let end = () => {};
  watch(() => {
    end();
    const [fresh, stop] = scoped(children);
    end = stop;
    keepingFocus(parent, () =>
      parent.replaceChildren(...fresh.filter(isChild).map((child) => (child instanceof Node ? child : String(child)))),
    );
    return () => end();
  });
  return parent;
}

/**
 * A child for each item. The child of an item that stays is left as it is: what is being typed in it is not lost.
 *
 * @template {Element} E
 * @template T
 * @param {E} parent
 * @param {() => readonly T[]} items
 * @param {(item: T) => string} keyOf by which an item is known again
 * @param {(item: T) => Element} build called once for a key; what the child follows, it watches itself
 * @returns {E}
 */
export function followEach(parent, items, keyOf, build) {
  /** @type {ReadonlyMap<string, [child: Element, stop: () => void]>} */
  let built = new Map();
  watch(() => {
    const before = built;
    built = new Map(
      items().map((item) => [keyOf(item), before.get(keyOf(item)) ?? untracked(() => scoped(() => build(item)))]),
    );
    const gone = [...before].filter(([key]) => !built.has(key)).map(([, each]) => each);
    keepingFocus(parent, () => {
      for (const [child, stop] of gone) {
        stop();
        child.remove();
      }
      [...built.values()].forEach(([child], at) => {
        const there = parent.children[at];
        if (there !== child) parent.insertBefore(child, there ?? null);
      });
    });
  });
  atEnd(() => {
    for (const [, stop] of built.values()) stop();
  });
  return parent;
}

/** What has the focus keeps it, if its id is still there afterwards. @param {Element} parent @param {() => void} change */
function keepingFocus(parent, change) {
  const focused = parent.contains(document.activeElement) ? document.activeElement?.id : "";
  change();
  if (focused) document.getElementById(focused)?.focus();
}

/**
 * A section with a heading; what follows the heading stands at its right.
 *
 * @param {string} title
 * @param {Child} aside
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function section(title, aside, ...children) {
  const id = `h-${title.toLowerCase().replace(/\W+/g, "-")}`;
  const head = el("div", { class: "head" }, el("h2", { id }, title), aside);
  return el("section", { class: "panel", attributes: { "aria-labelledby": id } }, head, ...children);
}

/**
 * A class that is there while the condition holds.
 *
 * @template {Element} E
 * @param {E} node
 * @param {string} name
 * @param {() => boolean} condition
 * @returns {E}
 */
export function classWhile(node, name, condition) {
  watch(() => {
    node.classList.toggle(name, condition());
  });
  return node;
}

/** A key as it stands on the keyboard. @param {string} key */
export function kbd(key) {
  return el("kbd", { attributes: { "aria-hidden": "true" } }, key);
}
