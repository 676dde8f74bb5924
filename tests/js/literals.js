// Reads a module as far as is needed to know what it says: its literals, and which calls they are given to.

/**
 * A string or a template; in a template, "{}" stands for what is filled in.
 *
 * @typedef {Readonly<{ text: string, from: number, to: number }>} Literal
 */

/** @typedef {Readonly<{ literals: readonly Literal[], code: string }>} Module code: the source, with blanks for comments and texts */

const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y;
const REGEX = /\/(?:\[(?:\\.|[^\]\\\n])*\]|\\.|[^/\\\n[])+\//y;
const PIECE = /(?:[^`\\$]|\\.|\$(?!\{))*/y;
/** After these a slash begins a regular expression and is no division. */
const BEFORE_REGEX = /(?:[(,=:[!&|?{};+>]|\breturn)\s*$/;

/** @param {string} source @returns {Module} */
export function read(source) {
  /** @type {Literal[]} */
  const literals = [];
  let [at, code] = [0, ""];
  const next = (/** @type {RegExp} */ pattern) => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0] ?? "";
  };
  const hide = (/** @type {string} */ text) => {
    code += " ".repeat(text.length);
    at += text.length;
  };

  function template() {
    const from = at;
    let text = "";
    hide("`");
    for (;;) {
      const piece = next(PIECE);
      text += piece;
      hide(piece);
      if (source[at] === "`") break;
      hide("${");
      run(true);
      hide("}");
      text += "{}";
    }
    hide("`");
    literals.push({ text, from, to: at });
  }

  /** @param {boolean} inside a template's braces, until they close */
  function run(inside) {
    for (let depth = 0; at < source.length; ) {
      const nothing = next(COMMENT) || (BEFORE_REGEX.test(code.slice(-12)) ? next(REGEX) : "");
      const string = next(STRING);
      if (nothing) hide(nothing);
      else if (string) {
        literals.push({ text: string.slice(1, -1), from: at, to: at + string.length });
        hide(string);
      } else if (source[at] === "`") template();
      else {
        if (inside && depth === 0 && source[at] === "}") return;
        depth += Number(source[at] === "{") - Number(source[at] === "}");
        code += source[at];
        at += 1;
      }
    }
  }

  run(false);
  return { literals, code };
}

/**
 * Literals that are arguments of a function by themselves or under a condition: f(x, "this", y ? "and this" : "and that").
 *
 * @param {Module} module
 * @param {string} name of the function
 * @returns {{ literal: Literal, argument: number }[]} with the number of the argument, from 0
 */
export function argumentsOf({ literals, code }, name) {
  const starts = new Map(literals.map((literal) => [literal.from, literal]));
  return [...code.matchAll(new RegExp(`(?<![\\w.])${name}\\(`, "g"))].flatMap((call) => {
    const found = [];
    let [depth, argument] = [1, 0];
    for (let at = call.index + call[0].length; depth > 0 && at < code.length; at += 1) {
      const literal = starts.get(at);
      const sign = code[at] ?? "";
      if (depth === 1 && literal) found.push({ literal, argument });
      // A template's filled-in code is not an argument.
      if (literal) at = literal.to - 1;
      else if ("([{".includes(sign)) depth += 1;
      else if (")]}".includes(sign)) depth -= 1;
      else if (sign === "," && depth === 1) argument += 1;
    }
    return found;
  });
}
