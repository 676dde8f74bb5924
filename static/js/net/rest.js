/**
 * The REST side of the contract: JSON in and out, the bearer token, problem documents as typed errors.
 */

import { LANGUAGE } from "../words/language.js";
import { problemOf, UnreachableError } from "./problem.js";

/** @typedef {ReturnType<typeof createRest>} Rest */

/**
 * @param {Object} options
 * @param {() => string | null} options.token
 * @param {typeof globalThis.fetch} [options.fetch]
 * @param {string} [options.base]
 */
export function createRest({ token, fetch = (...request) => globalThis.fetch(...request), base = "/api/v1" }) {
  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async function request(method, path, body, signal) {
    const response = await send(fetch, base + path, { method, headers: headersOf(token(), body), signal }, body);
    if (!response.ok) throw await problemOf(response);
    return response.status === 204 ? null : response.json();
  }

  return {
    /** @param {string} path @param {AbortSignal} [signal] */
    get: (path, signal) => request("GET", path, undefined, signal),
    /** @param {string} path @param {unknown} [body] @param {AbortSignal} [signal] */
    post: (path, body = {}, signal = undefined) => request("POST", path, body, signal),
    /** @param {string} path @param {unknown} body */
    patch: (path, body) => request("PATCH", path, body),
    /** @param {string} path @param {unknown} body */
    put: (path, body) => request("PUT", path, body),
    /**
     * A file, with the name that the server gives it.
     *
     * @param {string} path
     * @returns {Promise<{ name: string, content: Blob }>}
     */
    file: async (path) => {
      const headers = { ...headersOf(token(), undefined), Accept: "*/*" };
      const response = await send(fetch, base + path, { method: "GET", headers }, undefined);
      if (!response.ok) throw await problemOf(response);
      return { name: nameOf(response.headers.get("Content-Disposition")), content: await response.blob() };
    },
  };
}

/** @param {string | null} disposition such as `attachment; filename="fruit.py"` @returns {string} */
function nameOf(disposition) {
  return disposition?.match(/filename="([^"]+)"/)?.[1] ?? "session";
}

/**
 * @param {typeof globalThis.fetch} fetch
 * @param {string} url
 * @param {RequestInit} init
 * @param {unknown} body
 * @returns {Promise<Response>}
 */
async function send(fetch, url, init, body) {
  try {
    if (body === undefined) return await fetch(url, init);
    return await fetch(url, { ...init, body: body instanceof Blob ? body : JSON.stringify(body) });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new UnreachableError(error);
  }
}

/**
 * @param {string | null} token
 * @param {unknown} body
 * @returns {Record<string, string>}
 */
function headersOf(token, body) {
  return {
    Accept: "application/json",
    "Accept-Language": LANGUAGE,
    ...(body === undefined ? {} : { "Content-Type": body instanceof Blob ? body.type : "application/json" }),
    ...(token ? { Authorization: `Bearer ${token}` } : {}),
  };
}

/**
 * `?a=1&b=2` of what is not null or undefined.
 *
 * @param {Record<string, string | number | null | undefined>} query
 * @returns {string}
 */
export function queryOf(query) {
  const pairs = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return text ? `?${text}` : "";
}
