/** Textes et airs que le réseau écrit. @type {Readonly<Record<keyof typeof import("../en/tune.js").TUNE, string>>} */
export const TUNE = {
  "tune.metre": "aucune mesure",
  "tune.bars": "Il n’y a pas encore de mesures.",
  "tune.fit": "{right} mesures sur {count} tiennent en {metre}.",
  "tune.odd":
    "{right} mesures sur {count} tiennent en {metre} ; celle qui n’y tient pas : en orange. | {right} mesures sur {count} tiennent en {metre} ; les {n} qui n’y tiennent pas : en orange.",
  "tune.problem": "{first}.",
  "tune.problems": "{first}, et d’autres.",
  "tune.title": "Air",
  "tune.write": "En écrire un",
  "tune.prime": "Il commence par",
  "tune.heat": "0 prend le caractère le plus probable ; plus haut, plus fou",
  "tune.stop": "Arrêter",
  "tune.play": "Le jouer",
  "tune.train": "Entraînez un moment, puis laissez-le écrire.",
  "tune.ended": "Il l’a terminé lui-même.",
  "tune.cut": "Coupé après {count} caractères.",
  "tune.sure": "Il était sûr d’un caractère à {share} % en moyenne.",
};
