/** Au fil du temps : les bandes des séquences et ce qu’on en dit. @type {Readonly<Record<keyof typeof import("../en/time.js").TIME, string>>} */
export const TIME = {
  "time.back": "le gradient remonte le temps : {done} pas de temps sur {steps}",
  "time.forward": "le temps va vers la droite : {done} pas de temps calculés sur {steps}",
  "time.legend": "cases : unités de l’exemple suivi · barres : taille du gradient, en puissances de dix",
  "time.legend.gates":
    "cases : unités de l’exemple suivi · portes : bleu = ouverte · barres : taille du gradient, en puissances de dix",
  "time.cells": "cases : unités",
  "time.cells.gates": "cases : unités · portes : bleu = ouverte",
  "time.hidden": "caché h",
  "time.cell": "cellule c",
  "time.input": "entrée i",
  "time.forget": "oubli f",
  "time.candidate": "candidat g",
  "time.output": "sortie o",
  "time.looks": "regarde",
  "time.reset": "remise à 0",
  "time.update": "mise à jour",
  "time.proposal": "candidat",
  "time.wanted": "attendu",
  "time.says": "dit",
  "time.tokens": "symboles",
  "time.both": "{units} · {what} · deux sens",
};
