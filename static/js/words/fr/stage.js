/** La scène et ce qui s’y trouve. @type {Readonly<Record<keyof typeof import("../en/stage.js").STAGE, string>>} */
export const STAGE = {
  "stage.aria":
    "Le réseau. Les flèches vont de nombre en nombre et les disent, Entrée entre dans ce qui est choisi, plus et moins changent la distance",
  "stage.tables.title": "Tous les nombres de toutes les unités, en tableaux",
  "stage.table": "Tableau",
  "stage.tables.aria": "Le réseau en tableaux",
  "stage.work": "Le réseau au travail",
  "stage.tables": "Tableaux",
  "stage.enlarge": "⤢ Agrandir",
  "stage.enlarge.title": "Agrandir cette carte (Entrée)",
  "stage.network": "← Le réseau",
  "stage.network.title": "Revenir au réseau (Échap)",
  "stage.before": "La carte précédente",
  "stage.next": "La carte suivante",
};
