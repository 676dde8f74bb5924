/** Exemples qui sont des images ou des textes. @type {Readonly<Record<keyof typeof import("../en/samples.js").SAMPLES, string>>} */
export const SAMPLES = {
  "samples.aria": "Exemples d’apprentissage",
  "samples.range": "{first}–{last} sur {count}",
  "samples.range.part": "{first}–{last} des {shown} premiers sur {count}",
  "samples.click": "{name} : cliquez pour le suivre",
  "samples.follow": "Suivre l’exemple {n}, {name}",
  "samples.class": "{name}",
  "samples.earlier": "Exemples précédents",
  "samples.further": "Exemples suivants",
  "samples.followed": "La scène suit l’exemple {n}.",
  "samples.followed.class": "La scène suit l’exemple {n}, {label}.",
  "samples.sequence": "séquence {index} · {steps} pas",
  "samples.find": "trouver …",
  "samples.find.aria": "Trouver un exemple par son texte",
};
