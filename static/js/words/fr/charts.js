/** La perte au fil des étapes, et où en est l’apprentissage. @type {Readonly<Record<keyof typeof import("../en/charts.js").CHARTS, string>>} */
export const CHARTS = {
  "charts.loss": "Perte",
  "charts.now":
    "Sur tous les exemples, avec les poids de maintenant ; la carte sur la scène donne la perte du lot, avant la mise à jour de cette étape",
  "charts.train": "— entr. {loss}",
  "charts.test": "-- test {loss}",
  "charts.log.title": "Échelle logarithmique",
  "charts.log": "log",
  "charts.nothing": "Perte par étape : rien encore",
  "charts.course": "Perte par étape : de {first} à l’étape {from} à {last} à l’étape {to}",
};
