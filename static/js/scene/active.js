/**
 * Which time step the running call works at: its column is lit, what it writes is outlined, and what it reads travels there.
 *
 * @import { Band, Beat, DrawCommand, Lane, NodeInfo, Point } from "../types.js"
 * @import { Now } from "./now.js"
 */

import { pointAt } from "../layout/curve.js";
import { stepWidth, stepX } from "../layout/time.js";
import { lead } from "./flow.js";

/** @typedef {Readonly<{ layer: string, block: string, t: number, beat: Beat }>} ActiveStep */
/** @typedef {Readonly<{ block: string, t: number }>} Place */

/** @param {Now} now @returns {ActiveStep | null} */
export function activeStep({ beat }) {
  const place = beat && (beat.kind === "forward" || beat.kind === "vjp") ? placeOf(beat.node) : null;
  return beat && place ? { layer: layerIn(beat.node), ...place, beat } : null;
}

/** @param {string} node @returns {Place | null} */
function placeOf(node) {
  const found = /^(.*)\[(\d+)\]$/.exec(node);
  return found ? { block: found[1] ?? "", t: Number(found[2]) } : null;
}

/** @param {string} node */
function layerIn(node) {
  return node.slice(0, Math.max(0, node.indexOf(".")));
}

/** @param {Now} now @param {Band} band @param {ActiveStep | null} active @returns {DrawCommand[]} */
export function highlight(now, band, active) {
  if (!active || active.layer !== band.layer) return [];
  const [first, last] = [band.lanes[0], band.lanes.at(-1)];
  if (!first || !last) return [];
  const ink = active.beat.kind === "forward" ? "forward" : "backward";
  const bottom = last.track.y + last.track.height;
  const column = { x: stepX(first, active.t), y: first.y - 2, width: stepWidth(first), height: bottom - first.y + 2 };
  return [{ kind: "bar", ...column, radius: 2, fill: ink, alpha: now.view.beats.length ? 0.16 : 0.1 }];
}

/** The cell that is written, over everything else. @param {Now} now @returns {DrawCommand[]} */
export function activeCell(now) {
  const active = activeStep(now);
  if (!active) return [];
  const area = areaOf(now, active);
  if (!area) return [];
  const ink = active.beat.kind === "forward" ? "forward" : "backward";
  return [{ kind: "outline", ...area, radius: 3, ink, dash: false, thickness: 2.2 }];
}

/** Where a quantity stands at a step; what has no lane of its own stands for all gates. @param {Now} now @param {Place} place */
function areaOf(now, { block, t }) {
  const lanes = lanesOf(now, block);
  const [first, last] = [lanes[0], lanes.at(-1)];
  if (!first || !last || t < 0 || t >= first.steps) return null;
  return { x: stepX(first, t), y: first.y - 1, width: stepWidth(first), height: last.y + last.height - first.y + 2 };
}

/** @param {Now} now @param {string} block @returns {readonly Lane[]} */
function lanesOf({ view: { layout } }, block) {
  const band = layout.bands?.find(({ layer }) => block.startsWith(`${layer}.`));
  if (!band) return [];
  const own = band.lanes.filter(
    ({ key }) => key === block || key === block.replace(/_new$/, "") || key === block.replace(/\.tanh_c$/, ".c"),
  );
  if (own.length) return own;
  const back = block.startsWith(`${band.layer}.back.`);
  const gates = band.lanes.filter(({ role, key }) => role === "gate" && key.startsWith(`${band.layer}.back.`) === back);
  return gates.length ? gates : band.lanes;
}

/** @param {Now} now @param {Place} place @returns {Point | null} */
function middleOf(now, place) {
  const area = areaOf(now, place);
  return area && { x: area.x + area.width / 2, y: area.y + area.height / 2 };
}

/**
 * What travels at this moment: discs from what is read to what is written, chevrons back from what has read it.
 *
 * @param {Now} now
 * @returns {DrawCommand[]}
 */
export function travellers(now) {
  const active = activeStep(now);
  if (!active || now.p >= 1 || now.p <= 0) return [];
  const to = middleOf(now, active);
  const back = active.beat.kind === "vjp";
  const others = (back ? consumers(now, active) : sources(now, active)).flatMap((place) => middleOf(now, place) ?? []);
  if (!to) return [];
  const at = lead(now.p);
  return others.map((from) => {
    const here = straight(from, to, at);
    if (!back) return { kind: "disc", ...here, r: 4.2, fill: "forward", alpha: 1 };
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    return { kind: "chevron", ...here, size: 5.5, angle, ink: "backward", alpha: 1 };
  });
}

/** @param {Point} from @param {Point} to @param {number} t @returns {Point} */
function straight(from, to, t) {
  if (Math.abs(from.x - to.x) > 4) return pointAt(from, to, t);
  return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}

/** What the node reads, from the pattern of a middle step. @param {Now} now @param {Place} active @returns {Place[]} */
function sources({ view: { layout } }, { block, t }) {
  const node = layout.graph.nodes?.find(({ name }) => name === block);
  return (node?.inputs ?? []).flatMap((input) => relative(input, t));
}

/** What has read the node by this operation. @param {Now} now @param {ActiveStep} active @returns {Place[]} */
function consumers({ view: { layout } }, { block, t, beat }) {
  const readers = layout.graph.nodes?.filter(({ op, layer }) => op === beat.op && layer === beat.layer) ?? [];
  return readers.flatMap((/** @type {NodeInfo} */ { name, inputs }) =>
    inputs.flatMap((input) => {
      const found = /^(.*)\[t([+-]\d+)?\]$/.exec(input);
      return found && found[1] === block ? [{ block: name, t: t - Number(found[2] ?? 0) }] : [];
    }),
  );
}

/** @param {string} input @param {number} t @returns {Place[]} */
function relative(input, t) {
  const found = /^(.*)\[t([+-]\d+)?\]$/.exec(input);
  return found ? [{ block: found[1] ?? "", t: t + Number(found[2] ?? 0) }] : [];
}
