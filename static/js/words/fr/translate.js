/** Dates (ou mots) mises sous une autre forme, et où le réseau a regardé. @type {Readonly<Record<keyof typeof import("../en/translate.js").TRANSLATE, string>>} */
export const TRANSLATE = {
  "translate.cut":
    "Cela ne s’est pas terminé : coupé après {count} symbole. | Cela ne s’est pas terminé : coupé après {count} symboles.",
  "translate.sure": "Il était sûr d’un symbole à {share} en moyenne.",
  "translate.untrained": "Il n’a encore rien appris : laissez-le s’entraîner un moment.",
  "translate.becomes": "« {word} » devient « {written} ».",
  "translate.becomes.nothing": "« {word} » ne devient rien.",
  "translate.title": "Traduire",
  "translate.written": "Symboles écrits",
  "translate.again": "Encore",
  "translate.heat":
    "bas : presque toujours le symbole le plus probable ; 1 : comme le réseau le dit ; plus haut, plus fou",
  "translate.temperature": "Température",
  "translate.chance": "au hasard",
  "translate.stage.title": "Le décodeur y lit ce qu’il a écrit ici, comme si c’était juste",
  "translate.stage": "le suivre sur la scène",
  "translate.looked": ", a surtout regardé {symbol}, symbole {place} sur {count} ({share})",
  "translate.looks.aria": "Où il a regardé : une ligne par symbole écrit, une colonne par symbole lu",
  "translate.looks": "Où il a regardé : ce qu’il a écrit de haut en bas, ce qu’il a lu de gauche à droite.",
};
