/** Formulas of the documentation: what is written as TeX is set; without this script it can still be read. */

import katex from "katex";

for (const code of document.querySelectorAll("code.language-math")) {
  const block = code.closest("pre") ?? code;
  const place = document.createElement("div");
  place.className = "formula";
  katex.render(code.textContent ?? "", place, { displayMode: true, throwOnError: false });
  block.replaceWith(place);
}
