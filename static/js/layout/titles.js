/**
 * What stands above a layer's column: its name, its size and its kind, in as many words as there is room for.
 *
 * @import { Layer } from "../types.js"
 */

import { say } from "../words/say.js";
import { fitted, widthOf } from "./text.js";
import { isImages } from "./tiles.js";

const TITLE = 13.5;
/** Bold type is wider by this. */
const BOLD = 1.14;
/** Right of the outputs there is room for their title. */
const OUTPUT_TITLE = 58;

/** @param {Layer} layer @param {string} role @param {number} given how wide they may be */
export function titles(layer, role, given) {
  const room = Math.max(role === "output" ? OUTPUT_TITLE : 0, given);
  const what = layer.type === "dense" ? (layer.activation ?? "linear") : (layer.activation ?? layer.type);
  const title = role === "input" ? say("layers.inputs") : layer.id;
  const name = what.replace(/_/g, " ");
  const abouts = isImages(layer)
    ? imageTitles(layer)
    : role === "input"
      ? [say("scene.numbers", { n: layer.units })]
      : [`${layer.units} · ${name}`, `${layer.units} ${name}`];
  const wanted = abouts[isImages(layer) ? abouts.length - 1 : 0] ?? "";
  const small = Math.max(widthOf(title, TITLE) * BOLD, widthOf(wanted, TITLE - 1.5)) > room;
  const titleSize = small ? 11.5 : TITLE;
  const fits = abouts.find((about) => widthOf(about, titleSize - 0.5) <= room);
  const subtitle = fits ?? (isImages(layer) ? (wanted ?? "") : String(layer.units));
  return { title: fitted(title, titleSize * BOLD, room), subtitle, titleSize };
}

/** 8 maps · 8×8, as much of it as there is room for. @param {Layer} layer @returns {string[]} */
function imageTitles({ shape: [maps = 1, height = 1, width = 1], activation }) {
  const size = `${height}×${width}`;
  const many = maps === 1 ? say("scene.image", { size }) : say("scene.maps", { maps, size });
  const short = maps === 1 ? [size] : [`${maps} · ${size}`, size];
  return [...(activation && activation !== "linear" ? [`${many} · ${activation}`] : []), many, ...short];
}

/** What meets in a joint: a sum, or one beside the other. @param {Layer} layer @returns {string} */
export function symbolOf(layer) {
  if (layer.inputs.length < 2) return "";
  return layer.type === "add" ? "+" : "‖";
}

/** Sigmoid and softmax speak of probabilities: what chance would give is neither blue nor orange. @param {Layer} layer */
export function neutralOf(layer) {
  if (layer.activation === "sigmoid") return 0.5;
  return layer.activation === "softmax" ? 1 / Math.max(2, layer.units) : 0;
}
