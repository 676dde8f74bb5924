/** Aide, commandes et première minute. @type {Readonly<Record<keyof typeof import("../en/guide.js").GUIDE, string>>} */
export const GUIDE = {
  "guide.help": "Aide",
  "guide.help.title": "Une visite, toutes les commandes, toutes les touches, la documentation",
  "guide.search": "Chercher",
  "guide.search.title": "Chercher parmi tout ce qu’on peut faire ici",
  "guide.docs": "Documentation",
  "guide.api": "API REST",
  "guide.gallery": "Galerie de toutes les scènes",
  "guide.palette": "Commandes",
  "guide.palette.placeholder": "Que voulez-vous faire ? Aussi : étape 120, exemple 7, hidden1.W[1, 2]",
  "guide.palette.results": "Commandes qui conviennent",
  "guide.palette.none": "Rien ne s’appelle ainsi.",
  "guide.palette.count": "{n} commande convient | {n} commandes conviennent",
  "guide.palette.go": "Aller à : {name}",
  "guide.palette.press": "Appuyer : {name}",
  "guide.palette.begin": "Commencer : {name}",
  "guide.palette.seek": "Aller à l’étape {step}",
  "guide.palette.example": "Suivre l’exemple {example}",
  "guide.palette.why": "Pourquoi {name} vaut-il cela ?",
  "guide.close": "Fermer",
  "guide.next": "Suivant",
  "guide.back": "Précédent",
  "guide.skip": "Passer la visite",
  "guide.done": "Terminé",
  "guide.stop": "Étape {at} sur {of}",
  "guide.tour": "La première minute",
  "guide.step.title": "Une opération à la fois",
  "guide.step":
    "Ce réseau devine si un fruit est une pomme ou une orange. Appuyez sur Avancer (ou →) : une opération s’exécute, et les nombres qu’elle a calculés apparaissent. Ce sont ceux du réseau lui-même.",
  "guide.ribbon.title": "Une étape entière, c’est cette bande",
  "guide.ribbon":
    "Les valeurs avancent, la perte dit combien elles se trompent, les gradients reviennent, et la mise à jour déplace chaque poids. Glissez ici pour aller à n’importe quelle opération, même en arrière.",
  "guide.stage.title": "Demandez pourquoi à chaque nombre",
  "guide.stage":
    "Cliquez sur un fil, une unité ou la perte. Avec la molette ou deux doigts, approchez-vous jusqu’à la seule multiplication et sa somme.",
  "guide.why.title": "La réponse, à votre niveau",
  "guide.why":
    "La formule, la même avec ses nombres, et la chaîne jusqu’à la perte ; chaque partie se clique. Choisissez le niveau en haut, d’enfant à doctorat, ou vérifiez le gradient par la méthode lente et honnête.",
  "guide.edit.title": "Changez tout",
  "guide.edit":
    "Ajoutez des unités et des couches pendant l’apprentissage ; lancez la lecture et regardez la perte. Chercher (Ctrl K) connaît tout ce qu’on peut faire, et l’Aide contient cette visite.",
};
