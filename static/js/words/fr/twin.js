/** Ce qui est dessiné, en tableaux. @type {Readonly<Record<keyof typeof import("../en/twin.js").TWIN, string>>} */
export const TWIN = {
  "twin.title": "{name} en tableau",
  "twin.none": "Rien n’est encore calculé.",
  "twin.some": "({shown} sur {n}, également répartis)",
  "twin.cut": "(une partie des {rows} × {columns} nombres, également répartis)",
  "twin.data": "Tous les exemples",
  "twin.example": "exemple",
  "twin.train": "apprentissage",
  "twin.test": "test",
  "twin.target": "cible",
  "twin.step": "étape",
  "twin.loss": "La perte par étape",
  "twin.loss.train": "apprentissage",
  "twin.loss.test": "test",
  "twin.map": "Ce que le réseau répond en divers points du plan",
  "twin.row": "ligne",
};
