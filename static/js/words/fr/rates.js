/** Quel taux d’apprentissage ? @type {Readonly<Record<keyof typeof import("../en/rates.js").RATES, string>>} */
export const RATES = {
  "rates.tab": "Taux d’apprentissage",
  "rates.intro":
    "Un court apprentissage sur une copie, pendant que le taux croît à chaque étape. Rien ne change dans le réseau. Là où la perte baisse le plus vite, le taux est bon ; juste avant qu’elle remonte, il est presque trop grand.",
  "rates.low": "de",
  "rates.high": "à",
  "rates.steps": "étapes",
  "rates.find": "Chercher un taux d’apprentissage",
  "rates.stop": "Arrêter",
  "rates.finding": "Essai de taux d’apprentissage …",
  "rates.stopped": "Arrêté.",
  "rates.chart": "Perte selon le taux d’apprentissage, de {low} à {high} : {words}",
  "rates.axis": "taux d’apprentissage (logarithmique)",
  "rates.loss": "perte",
  "rates.smoothed": "lissée",
  "rates.each": "de chaque lot",
  "rates.found":
    "La perte baisse le plus vite à {steepest} et elle est la plus petite à {smallest}. Conseillé : {suggestion}, le plus petit entre le plus raide et un dixième du plus bas, à un chiffre.",
  "rates.exploded": "À partir de {rate}, elle explose.",
  "rates.flat": "La perte ne baisse jamais : il n’y a plus rien à apprendre d’ici, ou l’intervalle ne convient pas.",
  "rates.present": "maintenant {rate}",
  "rates.suggested": "conseillé {rate}",
  "rates.use": "Utiliser {rate}",
  "rates.used": "Le taux d’apprentissage est maintenant {rate}.",
  "rates.stale": "Les poids ont bougé depuis : chercher de nouveau.",
  "rates.source":
    "Test d’intervalle : L. N. Smith, Cyclical learning rates for training neural networks (2015, WACV 2017).",
  "rates.table": "En tableau",
  "rates.rate": "taux",
};
