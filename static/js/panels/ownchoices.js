/**
 * What can be chosen of how a table is read.
 *
 * @import { Table } from "../state/owndata.js"
 */

import { say } from "../words/say.js";

/** @type {readonly (readonly [string, string])[]} */
export const DELIMITERS = [
  [",", say("own.comma")],
  [";", say("own.semicolon")],
  ["\t", say("own.tab")],
  ["|", say("own.bar")],
];
/** @type {readonly (readonly [string, string])[]} */
export const DECIMALS = [
  [".", say("own.point")],
  [",", say("own.mark.comma")],
];
/** @type {readonly (readonly [string, string])[]} */
export const HEADERS = [
  ["true", say("own.header.yes")],
  ["false", say("own.header.no")],
];
/** @type {readonly (readonly [string, string])[]} */
export const MISSING = [
  ["drop", say("own.drop.rows")],
  ["mean", say("own.mean")],
];

/** Words can be nothing but classes. @param {Table} table @returns {readonly (readonly [string, string])[]} */
export function tasksOf({ columns, target }) {
  const kind = columns.find(({ name }) => name === target)?.kind;
  /** @type {readonly (readonly [string, string])[]} */
  const tasks = [["classification", say("own.class")]];
  return kind === "category" ? tasks : [...tasks, ["regression", say("own.number")]];
}
