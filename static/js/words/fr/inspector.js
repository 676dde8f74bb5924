/** Pourquoi ce nombre est-il ce qu’il est ? @type {Readonly<Record<keyof typeof import("../en/inspector.js").INSPECTOR, string>>} */
export const INSPECTOR = {
  "inspector.why": "Pourquoi ?",
  "inspector.which": "Quel nombre",
  "inspector.clear": "Effacer la sélection (Échap)",
  "inspector.press": "Appuyez sur {step} et regardez les opérations l’une après l’autre.",
  "inspector.click":
    "Puis cliquez sur n’importe quoi sur la scène – une unité, un fil, un biais, la perte – pour voir pourquoi son nombre est ce qu’il est.",
  "inspector.chain": "La chaîne qui remonte à la perte",
  "inspector.missing": "Pas encore calculé.",
};
