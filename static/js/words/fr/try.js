/** Un exemple à soi, dessiné, tapé ou mesuré. @type {Readonly<Record<keyof typeof import("../en/try.js").TRY, string>>} */
export const TRY = {
  "try.clear": "Effacer",
  "try.which": "Quelle classe imaginer",
  "try.imagine": "Imaginer :",
  "try.excites": "Ce qui excite le plus {name}",
  "try.climbed": "Parti du bruit, {steps} pas vers un score plus haut : de {first} à {last}.",
  "try.pad":
    "Dessinez un chiffre : au pointeur, ou avec les flèches et espace, qui peint un pixel. Retour arrière efface.",
  "try.given": "Ce que le réseau reçoit : {size} × {size} pixels",
  "try.given.matters": "Ce que le réseau reçoit : {size} × {size} pixels, et combien chacun compte",
  "try.title": "À vous d’essayer",
  "try.nothing": "rien",
  "try.says": "Le réseau dit {says}.",
  "try.says.sure": "Le réseau dit {says}, sûr à {share} %.",
  "try.loss": "Perte {loss}.",
  "try.type": "Tapez-en un",
  "try.unsaid": "non précisé",
  "try.right": "Ce que c’est : alors il y a une perte, et ses gradients",
  "try.is": "C’est {answer}",
  "try.looks": "ce qu’il regarde",
  "try.followed":
    "La scène suit votre exemple. Il n’est dans aucun lot : ses valeurs et ses gradients sont les siens, ceux des poids sont ceux du lot.",
};
