/**
 * The stage as a picture: PNG and SVG.
 *
 * @import { Picture } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { pngOf, svgFileOf } from "../draw/picture.js";
import { titleOf } from "../state/names.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { fileStem, save } from "./files.js";

/** @param {Store} store */
export function picturePart(store) {
  return el(
    "section",
    { class: "share-part", attributes: { "aria-labelledby": "share-picture" } },
    el("h3", { id: "share-picture" }, say("share.picture")),
    el(
      "div",
      { class: "share-row" },
      button(store, "png", pngOf),
      button(store, "svg", async (picture) => svgFileOf(picture, wordsOf(store))),
    ),
  );
}

/** @param {Store} store @param {"png" | "svg"} kind @param {(picture: Picture) => Promise<Blob>} make */
function button(store, kind, make) {
  const act = async () => {
    const picture = store.stage.value?.picture();
    if (picture) save({ name: `${nameOf(store)}.${kind}`, content: await make(picture) });
  };
  return el("button", { class: "btn", type: "button", id: `share-${kind}`, on: { click: act } }, say(`share.${kind}`));
}

/** What a file of this moment is called: the session and where it stands. @param {Store} store */
export function nameOf(store) {
  const { step, op } = store.position.value;
  return `${fileStem(store.spec.value?.name ?? "")}-${step}.${op}`;
}

/** @param {Store} store */
function wordsOf(store) {
  const title = titleOf(store);
  const { step, op } = store.position.value;
  const description = say("share.description", { name: title, step, op, sentence: store.sentence.value });
  return { title, description };
}
