/**
 * The camera over time: where it is, where it flies to, and where it may go. It is told the time whenever something is painted.
 *
 * @import { Area, Camera, Outlook, Point, Selection, Size, StageLayout, Standpoint, Sum } from "../types.js"
 * @import { Placed } from "../layout/zoomed.js"
 */

import {
  between,
  cameraAt,
  fitCamera,
  fitScale,
  held,
  homeCamera,
  isSame,
  limitsOf,
  ORIGIN,
  panned,
  revealing,
  SAME,
  sightOf,
  standpointOf,
  toScreen,
  toStage,
  zoomedAbout,
} from "../layout/camera.js";
import { nearest } from "../layout/levels.js";
import { layersNear, touches } from "../layout/sight.js";
import { cardAt, cardsLookedAt, ROW } from "../layout/sums.js";
import { placed } from "../layout/zoomed.js";
import { cardKey } from "../state/carded.js";
import { toldOf } from "../state/told.js";
import { easeInOut } from "../timeline/easing.js";
import { Player } from "../timeline/player.js";

/** @typedef {typeof import("../layout/cellcards.js")} Cards */

const FLIGHT_MS = 420;

/** At most so many are asked about. */
const MOST = { units: 3, layers: 3 };
/** @type {import("../types.js").Looked} */
const NOTHING = Object.freeze({ units: [], layers: [] });

export class Viewpoint {
  /** @type {Camera} */
  #camera = ORIGIN;
  /** @type {{ from: Camera, to: Camera } | null} */
  #flight = null;
  #player = new Player();
  /** Nobody has moved it: it follows the network's size. */
  #resting = true;
  /** Where a link stands, until somebody moves: the stage may still get its size. @type {Standpoint | null} */
  #stand = null;
  /** @type {StageLayout | null} */
  #layout = null;
  /** @type {Size} */
  #view = { width: 0, height: 0 };
  /** @type {Placed & { of: StageLayout, by: Camera } | null} */
  #placed = null;
  /** How far the rows of cards are scrolled. @type {Map<string, number>} */
  #scrolls = new Map();
  /** What the rows of cards are. @type {import("../layout/sums.js").Rows["told"]} */
  #told = new Map();
  /** What places the card of a cell; it comes when one has gone in. @type {Cards | null} */
  #cards = null;
  /** @type {Selection | null} */
  #selected = null;
  /** Where one has gone in, until one moves aside; in CSS pixels. @type {Point | null} */
  #about = null;

  /** Another network, or another size of the stage. @param {StageLayout | null} layout @param {Size} view */
  arrange(layout, view) {
    [this.#layout, this.#view, this.#flight] = [layout, view, null];
    if (!layout) return;
    const moved = this.#stand ? cameraAt(this.#stand, layout, view) : this.#camera;
    this.#camera = this.#resting ? homeCamera(layout, view) : this.#held(moved);
  }

  /** As a link says, at once. @param {Standpoint} at */
  stand(at) {
    [this.#stand, this.#flight, this.#resting] = [at, null, false];
    if (this.#layout) this.#camera = this.#held(cameraAt(at, this.#layout, this.#view));
    return true;
  }

  camera() {
    return this.#camera;
  }

  /** Where it is, or will be when its flight is over. */
  aim() {
    return this.#flight?.to ?? this.#camera;
  }

  /** @param {number} now @returns {Camera} */
  at(now) {
    if (!this.#flight) return this.#camera;
    const { from, to } = this.#flight;
    this.#camera = between(from, to, easeInOut(this.#player.at(now)));
    if (!this.#player.isMoving()) this.#flight = null;
    return this.#camera;
  }

  isMoving() {
    return this.#flight !== null;
  }

  /** What is drawn and clicked now, and how it lies on the screen. @returns {Placed | null} */
  placed() {
    const [layout, camera] = [this.#layout, this.#camera];
    if (!layout) return null;
    if (this.#placed?.of !== layout || this.#placed.by !== camera)
      this.#placed = { ...this.#place(layout, camera), of: layout, by: camera };
    return this.#placed;
  }

  /** @param {StageLayout} layout @param {Camera} camera @returns {Placed} */
  #place(layout, camera) {
    const rows = { told: this.#told, scrolls: this.#scrolls };
    const found = placed(layout, camera, this.#view, rows);
    if (camera.scale <= 1 || !this.#cards) return found;
    const attention = { selected: this.#selected, at: this.#about ?? this.#middle() };
    return { ...found, layout: this.#cards.withCell(found.layout, this.#view, attention, rows) };
  }

  /** @param {Cards | null} cards */
  supply(cards) {
    [this.#cards, this.#placed] = [cards, null];
  }

  /** What is selected has its card, if one is near enough. @param {Selection | null} selection */
  attend(selection) {
    [this.#selected, this.#placed] = [selection, null];
  }

  /** The sums that are known, by the keys of their cards. @param {ReadonlyMap<string, Sum>} sums */
  count(sums) {
    this.#told = new Map([...sums].flatMap(([key, sum]) => rowsTold(key, toldOf(sum, sum.dz !== null))));
    this.#placed = null;
  }

  /** @param {number} factor @param {Point} about in CSS pixels of the canvas @returns {boolean} whether that has changed anything */
  zoom(factor, about = this.#middle()) {
    this.#about = about;
    return this.#move(zoomedAbout(this.#camera, factor, about, this.#limits()));
  }

  /** The rows of a card that has more than it shows. @param {number} dy in CSS pixels @param {Point} at @returns {boolean} whether there is such a card here */
  scroll(dy, at) {
    const shown = this.placed();
    const card = shown && cardAt(shown.layout, at.x, at.y);
    if (!card || card.count <= card.rows) return false;
    const before = this.#scrolls.get(cardKey(card)) ?? 0;
    this.#scrolls.set(cardKey(card), Math.min(card.count - card.rows, Math.max(0, before + dy / ROW)));
    this.#placed = null;
    return true;
  }

  /** What one is near enough to read. @returns {import("../types.js").Looked} */
  looked() {
    const shown = this.#camera.scale > 1 ? this.placed() : null;
    if (!shown) return NOTHING;
    const units = cardsLookedAt(shown.layout, this.#view, MOST.units).map(cardedOf);
    return { units, layers: layersNear(shown.layout).slice(0, MOST.layers) };
  }

  /** @param {number} dx how far one looks to the right, in CSS pixels @param {number} dy @returns {boolean} */
  pan(dx, dy) {
    this.#about = null;
    return this.#move(panned(this.#camera, dx, dy));
  }

  /** @param {Camera} camera @param {boolean} calm at once @returns {boolean} */
  fly(camera, calm) {
    const to = this.#held(camera);
    if (isSame(to, this.aim())) return false;
    this.#resting = this.#layout !== null && isSame(to, homeCamera(this.#layout, this.#view));
    this.#stand = null;
    this.#flight = calm ? null : { from: this.#camera, to };
    if (calm) this.#camera = to;
    else this.#player.start(FLIGHT_MS);
    return true;
  }

  /** Fly nearer or farther, about the middle. @param {number} factor @param {boolean} calm */
  flyBy(factor, calm, about = this.#middle()) {
    return this.fly(zoomedAbout(this.aim(), factor, about, this.#limits()), calm);
  }

  /** @param {boolean} calm */
  fit(calm) {
    return this.#layout !== null && this.fly(fitCamera(this.#layout, this.#view), calm);
  }

  /** As one looked at first. @param {boolean} calm */
  home(calm) {
    return this.#layout !== null && this.fly(homeCamera(this.#layout, this.#view), calm);
  }

  layout() {
    return this.#layout;
  }

  view() {
    return this.#view;
  }

  /** For those who show it: in percent, and whether there is more than can be seen. @returns {Outlook} */
  outlook() {
    const layout = this.#layout;
    const { scale } = this.#camera;
    const hidden = layout !== null && scale > fitScale(layout, this.#view) * (1 + SAME.scale);
    const deep = layout !== null && this.aim().scale > homeCamera(layout, this.#view).scale * (1 + SAME.scale);
    const sight = sightOf(this.#camera, this.#view);
    const at = this.#resting || !layout ? null : standpointOf(this.aim(), layout, this.#view);
    const whole = { width: layout?.width ?? 1, height: layout?.height ?? 1 };
    return {
      percent: Math.round(100 * scale),
      hidden,
      deep,
      sight,
      whole,
      layers: hidden && layout ? namesIn(layout, sight) : [],
      at,
    };
  }

  /** Look at this point. @param {Point} point of the stage @returns {boolean} */
  centre({ x, y }) {
    const { scale } = this.#camera;
    return this.#move({ x: x - this.#view.width / scale / 2, y: y - this.#view.height / scale / 2, scale });
  }

  /** The least move that brings this into view. @param {Area} area of the stage @param {boolean} calm */
  reveal(area, calm) {
    const resting = this.#resting;
    const moved = this.fly(revealing(this.aim(), area, this.#view), calm);
    this.#resting = resting;
    return moved;
  }

  /** @param {Point} point in CSS pixels of the canvas @returns {Point} of the stage */
  toStage(point) {
    return toStage(this.#camera, point);
  }

  /** @param {Point} point of the stage @returns {Point} in CSS pixels of the canvas */
  toScreen(point) {
    return toScreen(this.#camera, point);
  }

  /** @returns {Point} */
  #middle() {
    return { x: this.#view.width / 2, y: this.#view.height / 2 };
  }

  /** @param {Camera} camera @returns {boolean} */
  #move(camera) {
    const next = this.#held(camera);
    if (isSame(next, this.#camera)) return false;
    [this.#camera, this.#flight, this.#resting, this.#stand] = [next, null, false, null];
    return true;
  }

  #limits() {
    return this.#layout ? limitsOf(this.#layout, this.#view, nearest(this.#layout)) : undefined;
  }

  /** @param {Camera} camera @returns {Camera} */
  #held(camera) {
    return this.#layout ? held(camera, this.#layout, this.#view, nearest(this.#layout)) : camera;
  }
}

/** @param {string} key @param {ReturnType<typeof toldOf>} told @returns {[string, { count: number, back: boolean }][]} */
function rowsTold(key, told) {
  return told?.computed ? [[key, { count: Math.max(1, told.terms.length), back: told.quantity === "gradient" }]] : [];
}

/** @param {import("../types.js").Card} card @returns {import("../types.js").Carded} */
function cardedOf({ layer, unit, cell }) {
  return cell ? { layer, unit, cell } : { layer, unit };
}

/** @param {StageLayout} layout @param {Area} sight @returns {string[]} */
function namesIn({ layers, bands = [] }, sight) {
  const boxes = layers.filter(({ x, top, bottom }) => touches(sight, { x, y: top, width: 0, height: bottom - top }));
  return [...bands.filter((band) => touches(sight, band)).map(({ layer }) => layer), ...boxes.map(({ id }) => id)];
}
