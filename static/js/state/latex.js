/**
 * A derivation as LaTeX: the question, the formula, the same with its numbers, the terms, the chain back to the loss.
 *
 * What the server says in TeX (formulas, symbols, substituted numbers) is taken as it is; its words are escaped.
 *
 * @import { Explanation, Factor, Term } from "../wire.js"
 */

import { say } from "../words/say.js";

/** What means something to TeX in words. @type {Readonly<Record<string, string>>} */
const SPECIAL = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Signs that pdfLaTeX knows in mathematics only. @type {Readonly<Record<string, string>>} */
const SIGNS = {
  ...{ "∂": "\\partial", "∇": "\\nabla", "∞": "\\infty", "−": "-", "×": "\\times", "·": "\\cdot", "≈": "\\approx" },
  ...{ "→": "\\to", "←": "\\leftarrow", "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "√": "\\surd", Σ: "\\Sigma" },
  ...{ "∑": "\\sum", "∏": "\\prod", Δ: "\\Delta", α: "\\alpha", β: "\\beta", γ: "\\gamma", ε: "\\varepsilon" },
  ...{ η: "\\eta", λ: "\\lambda", μ: "\\mu", σ: "\\sigma", ŷ: "\\hat{y}", "²": "^{2}", "½": "\\tfrac{1}{2}" },
  ...{ ᵀ: "^{\\top}", "⊙": "\\odot", "′": "'", "‖": "\\|", "…": "\\ldots" },
  ...{ ₜ: "_{t}", "₋": "_{-}", "₀": "_{0}", "₁": "_{1}", "₂": "_{2}", ᵢ: "_{i}", "°": "^{\\circ}" },
};

/** Words for TeX; neighbouring signs are one piece of mathematics. @param {string} words */
export function escaped(words) {
  const letters = [...words];
  const isSign = (/** @type {number} */ at) => Object.hasOwn(SIGNS, letters[at] ?? "");
  const written = letters.map((letter, at) => {
    if (!isSign(at)) return SPECIAL[letter] ?? letter;
    return `${isSign(at - 1) ? "{}" : "$"}${SIGNS[letter]}${isSign(at + 1) ? "" : "$"}`;
  });
  return written.join("");
}

/** A number in mathematics, with as many digits as are true of a float32. @param {number | null} value */
export function number(value) {
  if (value === null) return "\\text{--}";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "\\text{NaN}" : `${value < 0 ? "-" : ""}\\infty`;
  const [mantissa = "0", exponent] = String(Number(value.toPrecision(6))).split("e");
  return exponent ? `${mantissa} \\cdot 10^{${Number(exponent)}}` : mantissa;
}

/**
 * A fragment for a document that uses amsmath.
 *
 * @param {Explanation} explanation
 * @param {string} origin where it comes from: in a comment
 * @returns {string}
 */
export function latexOf(explanation, origin) {
  const { question, formula, substituted, value, computed, reason, text, terms, details, chain } = explanation;
  const parts = [
    `% ${say("share.latex.from", { origin: origin.replace(/\s+/g, " ") })}`,
    "% \\usepackage{amsmath}",
    `\\paragraph{${escaped(question)}}`,
    escaped(text),
    displayed(formula),
  ];
  // A sentence that tells the reason says it all.
  const why = reason && text.includes(reason) ? "" : `${say("inspector.missing")} ${reason ?? ""}`.trim();
  if (!computed) return lines([...parts, escaped(why)]);
  return lines([
    ...parts,
    ...(substituted ? [displayed(substituted)] : [displayed(`= ${number(value)}`)]),
    ...(terms.length > 0 ? [termsTable(explanation)] : []),
    ...(details.length > 0 ? [detailsTable(details)] : []),
    ...(chain.length > 0 ? [chainTable(chain)] : []),
  ]);
}

/**
 * The fragment as a document that compiles by itself.
 *
 * @param {Explanation} explanation
 * @param {string} origin
 */
export function texFileOf(explanation, origin) {
  return lines([
    "\\documentclass{article}",
    "\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n\\usepackage{amsmath}",
    "\\begin{document}",
    latexOf(explanation, origin).trimEnd(),
    "\\end{document}",
  ]);
}

/** @param {readonly string[]} parts */
function lines(parts) {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** @param {string} tex */
function displayed(tex) {
  return tex ? `\\[\n  ${mathematics(tex)}\n\\]` : "";
}

/** The server's TeX, which may hold signs that KaTeX alone knows. @param {string} tex */
function mathematics(tex) {
  return [...tex].map((letter) => (SIGNS[letter] ? `${SIGNS[letter]} ` : letter)).join("");
}

/** @param {readonly string[]} columns @param {readonly (readonly string[])[]} rows @param {readonly string[]} [last] */
function table(columns, rows, last = []) {
  const body = [...rows, ...(last.length ? [last] : [])].map((cells, at) => {
    const rule = last.length && at === rows.length ? "\\hline\n  " : "";
    return `  ${rule}${cells.join(" & ")} \\\\`;
  });
  return ["\\begin{center}", `\\begin{tabular}{${columns.join("")}}`, ...body, "\\end{tabular}", "\\end{center}"].join(
    "\n",
  );
}

/** @param {Explanation} explanation */
function termsTable({ terms, combine, scale, value }) {
  const rows = terms.map((term) => [escaped(term.label), factors(term), `$${number(term.value)}$`]);
  const scaled = scale === 1 ? "" : ` $${SIGNS["×"]} ${number(scale)}$`;
  const names = /** @type {Record<string, string>} */ ({
    sum: say("inspector.sum"),
    product: say("inspector.product"),
    function: say("inspector.together"),
  });
  return table(["l", "l", "r"], rows, [`${escaped(names[combine] ?? combine)}${scaled}`, "", `$${number(value)}$`]);
}

/** @param {Term} term */
function factors({ factors }) {
  const shown = factors.map((/** @type {Factor} */ { value }) => {
    const written = number(value);
    return written.startsWith("-") ? `(${written})` : written;
  });
  return shown.length ? `$${shown.join(" \\cdot ")}$` : "";
}

/** @param {Explanation["details"]} details */
function detailsTable(details) {
  const rows = details.map(({ name, symbol, value }) => [
    escaped(name.replaceAll("_", " ")),
    `$${mathematics(symbol)}$`,
    `$${number(value)}$`,
  ]);
  return `${escaped(say("inspector.optimizer"))}\n${table(["l", "l", "r"], rows)}`;
}

/** @param {Explanation["chain"]} chain */
function chainTable(chain) {
  const rows = chain.map(({ label, value, role, sum }) => [
    escaped(label),
    escaped([role, sum].filter(Boolean).join(" ")),
    `$${number(value)}$`,
  ]);
  return `${escaped(say("inspector.chain"))}\n${table(["l", "l", "r"], rows)}`;
}
