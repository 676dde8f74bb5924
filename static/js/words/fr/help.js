/** L’aide des panneaux. @type {Readonly<Record<keyof typeof import("../en/help.js").HELP, string>>} */
export const HELP = {
  "help.about": "À propos : {name}",
  "help.more": "Plus dans la documentation",
  "help.data":
    "Ce dont le réseau apprend. Chaque point est un exemple, sa forme et sa couleur sont sa classe ; l’anneau marque celui que suit la scène. Choisissez d’autres données, d’autres variables, ou apportez les vôtres.",
  "help.training":
    "Comment il apprend : ce qui est minimisé, et comment un gradient devient un pas. Le taux d’apprentissage est la longueur du pas ; un lot, le nombre d’exemples qui en partagent un.",
  "help.loss":
    "La perte sur les exemples dont il apprend (trait plein) et sur ceux qu’il ne voit jamais (tirets). Un écart qui grandit est du surapprentissage. Cliquez sur la courbe pour aller à cette étape.",
  "help.gradients":
    "Ce qui arrive du gradient de la perte à chaque couche, en puissances de dix, à partir de la sortie. Des barres qui diminuent de couche en couche : le gradient s’évanouit ; qui grandissent : il explose.",
  "help.time": "Comment le gradient de la perte diminue ou grandit en remontant les pas de temps.",
  "help.matrices": "Poids et tables en images : le bleu est positif, l’orange négatif.",
  "help.output":
    "Ce que le réseau répond partout dans le plan, et pour les exemples. Plus la couleur est pâle, moins il est sûr.",
  "help.try": "Un exemple à vous : la scène le suit, et ses nombres s’expliquent comme tous les autres.",
  "help.inspector":
    "Pourquoi le nombre choisi vaut ce qu’il vaut : la formule, la même avec ses nombres, ses termes, et la chaîne jusqu’à la perte. Chaque partie se clique ; chaque gradient se vérifie.",
};
