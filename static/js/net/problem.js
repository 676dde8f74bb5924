/**
 * What can go wrong between page and server.
 *
 *   Error
 *   ├── ProblemError      the server answered with a problem document (RFC 9457)
 *   └── UnreachableError  there was no answer
 *
 * @import { ProblemDocument, ProblemField } from "../wire.js"
 */

import { say } from "../words/say.js";

export class ProblemError extends Error {
  /** @param {ProblemDocument} problem */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.name = "ProblemError";
    this.status = problem.status;
    this.title = problem.title;
    /** Whether the request had another form than the API takes: such words do not say what they are about. */
    this.malformed = problem.type === "/problems/invalid-request";
    /** @type {readonly ProblemField[]} */
    this.fields = problem.errors ?? [];
  }
}

export class UnreachableError extends Error {
  /** @param {unknown} [cause] */
  constructor(cause) {
    super(say("notices.unreachable"), { cause });
    this.name = "UnreachableError";
  }
}

/**
 * The problem that an answer with an error status carries; proxies answer in HTML, so nothing is taken for granted.
 *
 * @param {Response} response
 * @returns {Promise<ProblemError>}
 */
export async function problemOf(response) {
  const fallback = {
    title: response.statusText || "Error",
    status: response.status,
    detail: `HTTP ${response.status}`,
  };
  try {
    const body = await response.json();
    return new ProblemError({ ...fallback, ...(typeof body === "object" ? body : {}) });
  } catch {
    return new ProblemError(fallback);
  }
}

/**
 * A sentence for people, whatever was thrown.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  if (error instanceof ProblemError) {
    const first = error.fields[0];
    if (!first) return error.message;
    return error.malformed ? named(first) : first.msg;
  }
  return error instanceof Error ? error.message : String(error);
}

/** What is wrong, with the place where it is if the words do not name it. @param {ProblemField} field @returns {string} */
function named({ loc, msg }) {
  const last = loc.at(-1);
  return typeof last !== "string" || msg.includes(last) ? msg : `${loc.join(".")}: ${msg}`;
}
