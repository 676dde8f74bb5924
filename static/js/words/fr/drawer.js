/** Le tiroir sous les commandes, et la matrice de confusion. @type {Readonly<Record<keyof typeof import("../en/drawer.js").DRAWER, string>>} */
export const DRAWER = {
  "drawer.aria": "L’apprentissage, en profondeur",
  "drawer.confusion": "Confusion",
  "drawer.hint": "{tab} : ouvrir sous la scène",
  "drawer.close": "Fermer le tiroir",
  "drawer.resize": "Hauteur du tiroir",
  "drawer.coming": "Un instant …",
  "confusion.none": "Seul un réseau qui distingue des classes peut prendre l’une pour l’autre.",
  "confusion.not.yet": "Les réponses ne sont pas des nombres : il n’y a rien à compter.",
  "confusion.part": "Partie des données",
  "confusion.train": "apprentissage",
  "confusion.test": "test",
  "confusion.shows": "Ce que montrent les cases",
  "confusion.counts": "effectifs",
  "confusion.shares": "parts d’une ligne",
  "confusion.caption":
    "Lignes : ce que c’est. Colonnes : ce que le réseau y voit. Partie {part}, {n} exemple. | Lignes : ce que c’est. Colonnes : ce que le réseau y voit. Partie {part}, {n} exemples.",
  "confusion.recall": "trouvés",
  "confusion.recall.title": "Rappel : parmi ceux qui en sont, la part qui est trouvée",
  "confusion.precision": "justes",
  "confusion.precision.title": "Précision : parmi ceux pris pour cette classe, la part qui en est vraiment",
  "confusion.cell": "{n} {actual} pris pour {guess} | {n} {actual} pris pour {guess}",
  "confusion.cell.show": "{what} : les montrer",
  "confusion.summary": "{right} justes sur {all} ; le hasard, en répondant toujours {common}, en aurait {chance}.",
  "confusion.worst":
    "Le plus souvent, {actual} est pris pour {guess} : {n} fois. | Le plus souvent, {actual} est pris pour {guess} : {n} fois.",
};
