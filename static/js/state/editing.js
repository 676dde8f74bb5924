/**
 * Changes of the network and of its weights, by hand: over REST, because an edit can be wrong, and the answer says where.
 *
 * @import { Patch } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Store } from "./store.js"
 */

import { messageOf, ProblemError } from "../net/problem.js";
import { queryOf } from "../net/rest.js";
import { say } from "../words/say.js";
import { dragging } from "./dragging.js";
import { areBeside } from "./objected.js";
import { applyEvent } from "./reduce.js";
import { during, notify } from "./toasts.js";

/** @typedef {readonly (string | number)[]} Loc the field that an edit came from */

let gestures = 0;

/** A name for edits that are undone together. */
function gestureName() {
  gestures += 1;
  return `${Date.now().toString(36)}.${gestures}`;
}

/** @param {Store} store @param {Rest} rest */
export function editing(store, rest) {
  const base = () => `/sessions/${store.access.value?.id}`;
  /**
   * @param {string} words what is under way
   * @param {() => Promise<unknown>} work
   * @param {Loc} loc
   * @param {Patch} [patch] what is asked for, if it is another spec
   * @returns {Promise<boolean>} whether it was accepted
   */
  async function edit(words, work, loc, patch = {}) {
    store.problems.value = [];
    try {
      applyAnswer(store, await during(store, words, work));
      store.moves.value += 1;
      return true;
    } catch (error) {
      refuse(store, error, loc, patch);
      return false;
    }
  }
  /** @param {Patch} patch @param {string} [gesture] */
  const send = (patch, gesture) => rest.patch(`${base()}/spec${queryOf({ gesture })}`, patch);
  return {
    /**
     * Other data: what was learned from the old ones is of no use, so the weights begin anew. Both are undone at once.
     *
     * @param {Patch} patch
     */
    changeData: async (patch) => {
      const gesture = gestureName();
      const rebuilt = await edit(say("notices.rebuilding"), () => send(patch, gesture), ["dataset"], patch);
      return rebuilt && edit(say("notices.beginning"), () => rest.post(`${base()}/reset`, { gesture }), ["dataset"]);
    },
    /** @param {Patch} patch @param {Loc} [loc] @param {string} [gesture] */
    patch: (patch, loc = [], gesture = undefined) =>
      edit(say("notices.rebuilding"), () => send(patch, gesture), loc, patch),
    /** @param {string} name @param {number} value @param {readonly number[]} index */
    setParameter: (name, value, index) =>
      edit(say("notices.setting"), () => rest.put(`${base()}/parameters/${name}`, { value, index }), ["value"]),
    /** @param {string} layer @param {string} name */
    rename: (layer, name) =>
      edit(say("notices.rebuilding"), () => rest.post(`${base()}/rename`, { layer, name }), ["name"]),
    /** @param {readonly import("./chosen.js").Chosen[]} chosen */
    choose: (chosen) => {
      store.chosen.value = chosen;
    },
    ...dragging(store, rest, gestureName),
    undo: () => edit(say("undo.undoing"), () => rest.post(`${base()}/undo`), []),
    redo: () => edit(say("undo.redoing"), () => rest.post(`${base()}/redo`), []),
  };
}

/**
 * The session tells everybody of the edit by an event; only where no socket hears it does the answer stand in for it.
 *
 * @param {Store} store
 * @param {any} answer
 */
function applyAnswer(store, answer) {
  const heard = store.connection.value.state === "open";
  if (!heard && answer?.spec) applyEvent(store, { type: "edited", ...answer });
  if (store.playing.value && answer?.kept && answer.type !== "undone") notify(store, "good", answer.sentence);
}

/**
 * The server counts the layers that it was asked for; the page shows those that there are. So a layer is found by its name; one
 * that is not there, because it was to be put in, is an objection to the list.
 *
 * @param {Store} store
 * @param {Loc} loc
 * @param {Patch} patch
 * @returns {Loc}
 */
function placeNow(store, loc, patch) {
  const [field, place, ...rest] = loc;
  const asked = /** @type {readonly { id?: string }[] | undefined} */ (patch.layers);
  if (field !== "layers" || typeof place !== "number" || !asked) return loc;
  const at = store.spec.value?.layers.findIndex(({ id }) => id === asked[place]?.id) ?? -1;
  return at < 0 ? ["layers"] : ["layers", at, ...rest];
}

/** @param {Store} store @param {unknown} error @param {Loc} loc @param {Patch} patch */
function refuse(store, error, loc, patch) {
  const fields = error instanceof ProblemError && error.fields.length ? error.fields : [{ loc, msg: messageOf(error) }];
  store.problems.value = fields.map((field) => ({ ...field, loc: placeNow(store, field.loc, patch) }));
  if (areBeside(store.problems.value)) return;
  notify(store, "warning", say("notices.refused", { reason: messageOf(error) }));
}
