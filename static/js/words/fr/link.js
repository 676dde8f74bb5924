/** Ce qui se dit quand une adresse est ouverte. @type {Readonly<Record<keyof typeof import("../en/link.js").LINK, string>>} */
export const LINK = {
  "link.bad.part": "Sa partie « {name} » est abîmée : l’adresse a peut-être été coupée en la copiant.",
  "link.bad.place": "« {at} » n’est pas un endroit : il faut étape.opération, par exemple 12.3.",
  "link.bad.view": "Ce que l’adresse dit de « {name} » est illisible ; cela a été laissé de côté.",
  "link.bad.override":
    "La valeur de « {name} » dans l’adresse n’a pas de sens pour ce réseau ; elle a été laissée de côté.",
  "link.bad.control": "L’adresse cache ou montre « {name} », mais aucune partie de la page ne porte ce nom.",
  "link.out": "Ouvrir dans Deltaflow",
  "link.not.opened": "Ce lien n’a pas pu être ouvert ; une nouvelle session l’a été à sa place.",
  "link.walking": "Le chemin est recalculé : étape {here} sur {step} …",
  "link.stopped":
    "Le lien mène à l’étape {step}, mais le chemin n’a été calculé que jusqu’à l’étape {here} : il est trop long, ou s’arrête là.",
  "link.differs":
    "Ce serveur calcule d’autres nombres que celui où le lien a été fait : l’endroit est le même, les poids ne le sont pas.",
  "link.view.gone": "Une chose que le lien regarde n’existe pas dans ce réseau ; elle a été laissée de côté.",
};
