/**
 * A worker of ours. Where the page trusts only what it made itself (Trusted Types), its address has to be vouched for: it is
 * made of this module's own address, and of no word from outside.
 */

/** @type {{ createScriptURL: (url: string) => unknown } | null} */
let policy = null;

/** @param {"gif"} name a file of js/work @returns {Worker} */
export function startWorker(name) {
  const url = new URL(`../work/${name}.js`, import.meta.url).href;
  const types = Reflect.get(globalThis, "trustedTypes");
  policy ??= types
    ? types.createPolicy("deltaflow-work", { createScriptURL: (/** @type {string} */ own) => own })
    : null;
  const trusted = /** @type {string} */ (policy ? policy.createScriptURL(url) : url);
  return new Worker(trusted, { type: "module" });
}
