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
  "gradients.lost":
    "Malsain : la perte est de {loss}. Quels que soient les gradients, si loin on n’apprend rien : recommencez, avec un taux d’apprentissage plus petit ou des cibles mises à l’échelle.",
  "gradients.jumping":
    "Explose : la dernière mise à jour était {times} fois plus grande que les poids qu’elle a déplacés. Essayez un taux d’apprentissage plus petit, ou l’écrêtage.",
  "gradients.flat": "Presque plat : il n’y a plus rien à apprendre ici, ou rien ne passe.",
  "gradients.vanished":
    "Disparu : rien de la perte n’atteint {layer}. Les unités en chemin sont saturées ou mortes, ou leurs poids sont nuls : recommencez, avec un taux d’apprentissage plus petit ou d’autres valeurs initiales.",
  "gradients.vanishing": "S’évanouit : {far} entend {times} fois moins que {near}.",
  "gradients.growing": "Grandit en revenant : {far} entend {times} fois plus que {near}.",
  "gradients.one": "Une seule couche apprend, et son gradient arrive aussitôt.",
  "gradients.some.dead":
    "{layer} a {count} unité morte sur {units} : essayez d’autres valeurs initiales, un taux plus petit, ou leaky relu. | {layer} a {count} unités mortes sur {units} : essayez d’autres valeurs initiales, un taux plus petit, ou leaky relu.",
  "gradients.some.saturated":
    "{layer} est saturée : {share} de ses nombres sont là où la courbe est plate, et presque aucun gradient ne passe. De plus petites valeurs initiales aident, ou une normalisation.",
  "gradients.saturated": "{share} saturés",
  "gradients.layer.unknown": "pas calculé",
  "gradients.layer.healthy": "sain",
  "gradients.layer.vanishing": "s’évanouit",
  "gradients.layer.exploding": "explose",
  "gradients.layer.dead": "unités mortes",
  "gradients.layer.saturated": "saturée",
  "gradients.how": "Comment c’est jugé",
  "gradients.how.exploding":
    "‖dW‖ au-dessus de 100, ‖dz‖ plus de 100 fois celle de la couche la plus proche de la perte, une mise à jour plus de 10 fois plus grande que les poids, ou une perte au-dessus de 10 000",
  "gradients.how.vanishing": "‖dz‖ plus de 100 fois plus petite que celle de la couche la plus proche de la perte",
  "gradients.how.dead": "au moins un quart des unités relu valent 0 pour tous les exemples du lot",
  "gradients.how.saturated":
    "au moins la moitié de ses nombres sigmoid et tanh (unités et portes, sur le lot) ont une dérivée locale sous 5 % de la plus grande ; là où la perte absorbe l’activation, cela ne compte pas",
  "gradients.how.healthy": "rien de tout cela",
  "gradients.healthy": "Sain : chaque couche entend la perte à peu près aussi fort.",
};
