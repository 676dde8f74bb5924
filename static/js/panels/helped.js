/**
 * A question mark beside a panel's heading.
 *
 * @import { Topic } from "./contexthelp.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { lazily } from "./lazily.js";
import { popover } from "./popover.js";

const contextHelp = lazily(() => import("./contexthelp.js"));

/**
 * @template {HTMLElement} E
 * @param {Topic} topic
 * @param {E} panel
 * @returns {E}
 */
export function helped(topic, panel) {
  const heading = panel.querySelector(".head h2");
  const label = say("help.about", { name: heading?.textContent ?? "" });
  const button = el("button", { class: "what", type: "button", ariaLabel: label, title: label }, "?");
  heading?.after(
    button,
    popover(button, label, () => contextHelp.now()?.contextHelp(topic) ?? [], "", contextHelp),
  );
  return panel;
}
