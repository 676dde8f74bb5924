/** Avancer, jouer, revenir. @type {Readonly<Record<keyof typeof import("../en/transport.js").TRANSPORT, string>>} */
export const TRANSPORT = {
  "transport.aria": "Parcourir l’apprentissage pas à pas",
  "transport.unit.op": "Une opération (touche 1)",
  "transport.unit.layer": "Toutes les opérations d’une couche (touche 2)",
  "transport.unit.batch": "Une étape entière : aller, perte, retour, mise à jour (touche 3)",
  "transport.unit.epoch": "Une fois toutes les données (touche 4)",
  "transport.op": "op",
  "transport.layer": "couche",
  "transport.batch": "lot",
  "transport.epoch": "époque",
  "transport.reset": "Recommencer avec les mêmes poids (R)",
  "transport.step": "Avancer",
  "transport.step.unit": "Avancer : {unit}",
  "transport.back.unit": "Reculer : {unit}",
  "transport.play": "Jouer (espace)",
  "transport.pause": "Pause (espace)",
  "transport.units": "La longueur d’un pas",
  "transport.speed": "vitesse",
  "transport.speed.aria": "Vitesse de lecture",
  "transport.speed.title": "À quelle vitesse l’apprentissage se déroule",
  "transport.speed.max": "aussi vite que possible",
  "transport.speed.rate": "{rate} par seconde",
  "transport.place": "époque {epoch}, lot {batch}, perte {loss}",
  "transport.keys":
    "← et → avancent et reculent, espace joue, ↑ et ↓ changent d’exemple, 1–4 choisissent le pas, R recommence",
  "transport.first":
    "Appuyez sur Avancer : une opération à la fois, les valeurs avancent, la perte apparaît, les gradients reviennent, les poids bougent.",
};
