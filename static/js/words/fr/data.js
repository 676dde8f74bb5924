/** Le jeu de données, ses exemples et ses variables. @type {Readonly<Record<keyof typeof import("../en/data.js").DATA, string>>} */
export const DATA = {
  "data.title": "Données",
  "data.dataset": "Jeu de données",
  "data.test": "test",
  "data.low": "{name} : bas",
  "data.high": "{name} : haut",
  "data.features.aria": "Variables que le réseau voit",
  "data.fewer": "moins",
  "data.more": "plus …",
  "data.more.title": "Carrés, produits et sinus des colonnes",
  "data.least": "Le réseau a besoin d’au moins une variable",
  "data.hide": "Cacher au réseau",
  "data.show": "Montrer au réseau",
  "data.noise": "Bruit",
  "data.points": "Points",
  "data.part": "Part de test",
};
