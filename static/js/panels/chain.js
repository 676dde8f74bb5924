/**
 * From the loss back to the number asked about, link by link, each with a question of its own.
 *
 * @import { ChainLink, Explanation } from "../wire.js"
 * @import { Actions } from "../state/actions.js"
 */

import { el } from "./dom.js";
import { number } from "./format.js";

/** @param {Explanation} explanation @param {Actions} actions */
export function chain(explanation, actions) {
  const links = explanation.chain.map((link) => {
    const role = link.node === "loss" ? null : el("span", { class: "role mono" }, link.role);
    const sum = link.sum ? el("span", { class: "role sum mono" }, link.sum) : null;
    return el("li", null, role, sum, chainLink(link, isSame(link, explanation), actions));
  });
  return el("ol", { class: "chain" }, ...links);
}

/** @param {ChainLink} link @param {Explanation} explanation */
function isSame(link, explanation) {
  return link.node === explanation.node && link.quantity === explanation.quantity;
}

/** @param {ChainLink} link @param {boolean} here @param {Actions} actions */
function chainLink(link, here, actions) {
  const pass =
    link.node === "loss" ? "loss" : ({ value: "fwd", gradient: "bwd", delta: "upd" }[link.quantity] ?? "fwd");
  const { node, quantity, index } = link;
  const button = el(
    "button",
    { class: `link-box ${pass}`, type: "button" },
    el("span", { class: "link-name mono" }, link.label),
    el("span", { class: "link-value mono" }, number(link.value, 3)),
  );
  if (here) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => actions.ask({ node, quantity, index }));
  return button;
}
