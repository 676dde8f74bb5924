/**
 * Everything that a person can do, and the one place from which commands are sent.
 *
 * Motion (step, play, seek …) goes over the socket, edits go over REST: an edit can be wrong, and the answer says where.
 *
 * @import { Lens, Selection, StepUnit } from "../types.js"
 * @import { Confusion, Gradcheck, Query } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Socket } from "../net/socket.js"
 * @import { Store } from "./store.js"
 */

import { batch } from "@preact/signals-core";
import { messageOf } from "../net/problem.js";
import { LANGUAGE } from "../words/language.js";
import { say } from "../words/say.js";
import { editing } from "./editing.js";
import { followLens } from "./lens.js";
import { createOwnData } from "./owndata.js";
import { selectionOf } from "./select.js";
import { studies } from "./studies.js";
import { throttle } from "./throttle.js";
import { during, notify } from "./toasts.js";
import { travel } from "./travel.js";
import { trials } from "./trials.js";
import { namesInFull } from "./watching.js";

const DRAG_MS = 40;
/** Enough for a picture of 170 points width, and within a frame's budget for 64 units. */
const MAP_RESOLUTION = 32;
const LOOK_MS = 250;

/** @typedef {ReturnType<typeof createActions>} Actions */

/**
 * @param {Object} house
 * @param {Store} house.store
 * @param {Rest} house.rest
 * @param {Pick<Socket, "send" | "connect">} house.socket
 */
export function createActions({ store, rest, socket }) {
  const send = sender(store, socket);
  return {
    ...motion(store, send),
    ...travel(store, send),
    ...looking(store, send),
    ...editing(store, rest),
    ...questions(store, rest),
    ...taking(store, rest),
    ...trials(store, rest),
    ...studies(store, rest),
    own: createOwnData(store, rest),
    reconnect: () => socket.connect(),
    /** @param {boolean} visible */
    visible: (visible) => socket.send({ type: "visible", visible }),
  };
}

/**
 * @param {Store} store
 * @param {Pick<Socket, "send">} socket
 */
function sender(store, socket) {
  /** @param {Record<string, unknown>} command */
  return (command) => {
    if (!socket.send(command)) notify(store, "warning", say("notices.moment"));
  };
}

/** @typedef {ReturnType<typeof sender>} Send */

/** @param {Store} store @param {Send} send */
function motion(store, send) {
  /** @param {"forward" | "back"} direction */
  function step(direction, unit = store.unit.value) {
    if (store.playing.value) send({ type: "pause" });
    send({ type: "step", unit, count: 1, direction });
  }
  const play = () => send({ type: "play", unit: store.unit.value, rate: store.rate.value });
  const pause = () => send({ type: "pause" });
  return {
    step,
    play,
    pause,
    toggle: () => (store.playing.value ? pause() : play()),
    /** @param {number | null} seed */
    reset: (seed = null) => send(seed === null ? { type: "reset" } : { type: "reset", seed }),
    seek: throttle((/** @type {number} */ at, /** @type {number} */ op) => {
      if (store.playing.value) pause();
      send({ type: "seek", step: at, op });
    }, DRAG_MS),
    /** @param {number | null} rate */
    setRate: (rate) => {
      store.rate.value = rate;
      if (store.playing.value) play();
    },
    /** @param {StepUnit} unit */
    setUnit: (unit) => {
      store.unit.value = unit;
      if (store.playing.value) play();
    },
  };
}

/** @param {Store} store @param {Send} send */
function looking(store, send) {
  /** Say what the frames of this page shall carry. */
  function watch() {
    const example = store.example.value;
    send({
      type: "watch",
      example,
      heatmaps: true,
      resolution: MAP_RESOLUTION,
      full: namesInFull(store),
      language: LANGUAGE,
    });
  }
  const watchSoon = throttle(watch, LOOK_MS);
  /** @param {number | "own"} example */
  function follow(example) {
    store.example.value = example;
    watch();
  }
  const actions = {
    watch,
    follow,
    /** @param {1 | -1} by */
    nextExample: (by) => {
      const count = store.dataset.value?.train.raw.length ?? 0;
      const now = store.frame.value?.example?.example ?? Number(store.example.value ?? 0);
      if (count) follow(((Number.isNaN(now) ? -by : now) + by + count) % count);
    },
    /** @param {Selection | null} selection */
    select: (selection) =>
      batch(() => {
        store.selection.value = selection;
        store.chosen.value = [];
        store.lens.value = followLens(store.lens.value, selection, store.graph.value);
        store.asked.value = null;
      }),
    /** @param {Lens | null} lens the feature map that takes the whole stage; null: the network again */
    enlarge: (lens) => {
      store.lens.value = lens;
      watch();
    },
    /** What one is near enough to read. @param {import("../types.js").Looked} looked */
    look: (looked) => {
      const others = looked.layers.join() !== store.looked.value.layers.join();
      store.looked.value = looked;
      if (others) watchSoon();
    },
    /** Look from elsewhere. @param {import("./store.js").Journey} to */
    travel: (to) => {
      store.journey.value = { to };
    },
    /** One level out of what one has gone into; at the network, nothing is selected any more. */
    leave: () => {
      if (store.lens.value) return actions.enlarge(null);
      if (store.outlook.value.deep) store.journey.value = { to: "out" };
      else actions.select(null);
    },
    /** The recurrent layer that is selected, or all of them: a summary, or each time step of each gate again. */
    fold: () => {
      const selection = store.selection.value;
      const layer = selection?.kind === "step" ? selection.layer : null;
      store.fold.value = { layer: isRecurrent(store, layer) ? layer : null };
    },
    /** @param {Query} query */
    ask: (query) =>
      batch(() => {
        if (store.graph.value) store.selection.value = selectionOf(query, store.graph.value);
        store.lens.value = followLens(store.lens.value, store.selection.value, store.graph.value);
        store.asked.value = query;
      }),
  };
  return actions;
}

/** @param {Store} store @param {string | null} layer */
function isRecurrent(store, layer) {
  return store.graph.value?.layers.some(({ id, blocks = [] }) => id === layer && blocks.length > 0) ?? false;
}

/**
 * @param {{ analytic: readonly number[], numeric: readonly number[], relative_error: number }} check of one entry
 * @param {number} at_step
 * @returns {Gradcheck}
 */
function firstEntry({ analytic, numeric, relative_error }, at_step) {
  return { analytic: Number([analytic].flat()[0]), numeric: Number([numeric].flat()[0]), relative_error, at_step };
}

/** @param {Store} store @param {Rest} rest */
function taking(store, rest) {
  const base = () => `/sessions/${store.access.value?.id}`;
  return {
    /** How to come back to this point without weights. @returns {Promise<import("../wire.js").Recipe>} */
    recipe: () => rest.get(`${base()}/recipe`),
    /** @returns {Promise<string | null>} the id of a frozen copy of the session; null if that was refused, which is told */
    freeze: async () => {
      try {
        return (await rest.post(`${base()}/share`)).id;
      } catch (error) {
        notify(store, "warning", messageOf(error));
        return null;
      }
    },
    /**
     * The session as a file; null if that is refused, which is told.
     *
     * @param {string} format
     * @returns {Promise<{ name: string, content: Blob } | null>}
     */
    download: async (format) => {
      try {
        return await during(store, say("notices.file"), () =>
          rest.file(`/sessions/${store.access.value?.id}/export/${format}`),
        );
      } catch (error) {
        notify(store, "warning", messageOf(error));
        return null;
      }
    },
  };
}

/** @param {Store} store @param {Rest} rest */
function questions(store, rest) {
  const base = () => `/sessions/${store.access.value?.id}`;
  return {
    /**
     * The analytic and the numeric gradient of one entry of a parameter.
     *
     * @param {string} parameter
     * @param {readonly number[]} index
     * @returns {Promise<Gradcheck>}
     */
    checkGradient: async (parameter, index) => {
      const ask = () => rest.post(`${base()}/gradcheck`, { parameter, index });
      const report = await during(store, say("notices.checking"), ask);
      return firstEntry(report.parameters[parameter], report.at_step);
    },
    /** @param {string} parameter @returns {Promise<import("../wire.js").Projection>} */
    projection: (parameter) => rest.get(`${base()}/projection/${encodeURIComponent(parameter)}`),
    /** @returns {Promise<Confusion | null>} null for regression */
    confusion: async () => (await rest.get(`${base()}/confusion`)).confusion,
  };
}
