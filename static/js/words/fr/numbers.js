/** Nombres, phases et grandeurs en mots. @type {Readonly<Record<keyof typeof import("../en/numbers.js").NUMBERS, string>>} */
export const NUMBERS = {
  "numbers.examples": "{count} exemple | {count} exemples",
  "numbers.parameters": "{count} paramètre | {count} paramètres",
  "numbers.value": "valeur",
  "numbers.gradient": "gradient",
  "numbers.delta": "delta",
  "numbers.missing": "non calculé",
  "numbers.about": "≈ {value}",
  "numbers.mean": "≈ {value} (moyenne d’un bloc)",
  "numbers.mean.units": "≈ {value} (moyenne des unités {from} à {to})",
  "numbers.ready": "étape 0 · prêt",
  "numbers.done": "{n} étape faite | {n} étapes faites",
  "numbers.place": "étape {step} · {phase} · op {op} sur {count}",
  "numbers.forward": "aller",
  "numbers.loss": "perte",
  "numbers.backward": "retour",
  "numbers.update": "mise à jour",
};
