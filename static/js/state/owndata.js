/**
 * Data of one's own: read by the server, brought into the spec as a patch. Nothing here changes the session but `use` and `put`.
 *
 * @import { Patch, Spec } from "../wire.js"
 * @import { Rest } from "../net/rest.js"
 * @import { Store } from "./store.js"
 * @import { Fitting } from "./fitting.js"
 */

import { messageOf } from "../net/problem.js";
import { applyEvent } from "./reduce.js";

/** How a table is to be read; what is left out is guessed. */
/**
 * @typedef {Object} Reading
 * @property {string} [delimiter]
 * @property {"." | ","} [decimal]
 * @property {boolean} [header]
 * @property {Readonly<Record<string, string>>} [kinds]
 * @property {string} [target]
 * @property {"classification" | "regression"} [task]
 * @property {"drop" | "mean"} [missing]
 */
/**
 * @typedef {Readonly<{ name: string, holds: string, kind: string, examples: readonly string[], missing: number,
 *   distinct: number, wrong: number, low: number | null, high: number | null }>} Column
 */
/** @typedef {Readonly<{ line: number, cells: readonly string[] }>} Row */
/** @typedef {Row & Readonly<{ column: string | null, lacks: "cells" | "value" | "number" | "day", got: string }>} BadRow */
/**
 * @typedef {Readonly<{ id: string, delimiter: string, decimal: "." | ",", header: boolean, missing: "drop" | "mean",
 *   columns: readonly Column[], target: string | null, task: "classification" | "regression" | null,
 *   classes: readonly string[], features: number, rows: number, used: number, first: readonly Row[],
 *   bad: readonly BadRow[] }>} Table
 */

/** @typedef {ReturnType<typeof createOwnData>} OwnData */

/** @param {Store} store @param {Rest} rest */
export function createOwnData(store, rest) {
  return {
    /** @param {string} csv @param {Reading} reading @returns {Promise<Table>} */
    read: (csv, reading) => rest.post("/tables", { csv, reading }),
    /** @param {string} id @param {Reading} reading @returns {Promise<Table>} */
    readAgain: (id, reading) => rest.post(`/tables/${id}/read`, reading),
    /**
     * Other examples of the same kind, while it learns: what was learned stays.
     *
     * @param {Patch} patch
     * @returns {Promise<string>} why it was refused, "" if it was not
     */
    put: async (patch) => {
      try {
        const answer = await rest.patch(`/sessions/${store.access.value?.id}/spec`, patch);
        if (store.connection.value.state !== "open") applyEvent(store, { ...answer, type: "edited" });
        return "";
      } catch (error) {
        return messageOf(error);
      }
    },
  };
}

/** What a table's spec says: everything spelled out, so that it means the same for ever. @param {Table} table */
export function tableDataset(table) {
  return {
    table: table.id,
    delimiter: table.delimiter,
    decimal: table.decimal,
    header: table.header,
    kinds: Object.fromEntries(table.columns.map(({ name, kind }) => [name, kind])),
    target: table.target,
    task: table.task,
    missing: table.missing,
  };
}

/**
 * These data in place of the present ones, and a network that fits them.
 *
 * @param {Spec} spec
 * @param {Readonly<Record<string, unknown>>} dataset
 * @param {Fitting} fit
 * @param {string} [name] of the session
 * @returns {Patch}
 */
export function ownPatch(spec, dataset, fit, name = spec.name) {
  const gone = Object.keys(spec.dataset).filter((key) => !(key in dataset));
  return {
    name,
    dataset: { ...Object.fromEntries(gone.map((key) => [key, null])), ...dataset },
    layers: fit.layers,
    loss: fit.loss,
    batch_size: fit.batch,
  };
}
