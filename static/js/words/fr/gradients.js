/** Ce qui, de la perte, parvient à chaque couche. @type {Readonly<Record<keyof typeof import("../en/gradients.js").GRADIENTS, string>>} */
export const GRADIENTS = {
  "gradients.dead": "{count} unité morte | {count} unités mortes",
  "gradients.title": "Gradient par couche",
  "gradients.dead.title": "Leur gradient est 0 pour tous les exemples : elles n’apprennent plus",
  "gradients.none": "Aucun gradient n’est encore revenu.",
  "gradients.coming": "Le gradient est en train de revenir.",
  "gradients.exploded": "Explosé : un gradient n’est plus un nombre.",
  "gradients.exploding":
    "Explose : les gradients sont si grands que les poids sautent. Essayez un taux d’apprentissage plus petit, ou l’écrêtage.",
  "gradients.flat": "Presque plat : il n’y a plus rien à apprendre ici, ou rien ne passe.",
  "gradients.vanished":
    "Disparu : rien de la perte n’atteint {layer}. Les unités en chemin sont saturées ou mortes, ou leurs poids sont nuls : recommencez, avec un taux d’apprentissage plus petit ou d’autres valeurs initiales.",
  "gradients.vanishing": "S’évanouit : {far} entend {times} fois moins que {near}.",
  "gradients.growing": "Grandit en revenant : {far} entend {times} fois plus que {near}.",
  "gradients.one": "Une seule couche apprend, et son gradient arrive aussitôt.",
  "gradients.healthy": "Sain : chaque couche entend la perte à peu près aussi fort.",
};
