/** Regarder de plus près, et de plus loin. @type {Readonly<Record<keyof typeof import("../en/zoom.js").ZOOM, string>>} */
export const ZOOM = {
  "zoom.aria": "Distance du regard",
  "zoom.in": "Plus près (+)",
  "zoom.out": "Plus loin (−)",
  "zoom.fit": "Le réseau entier (0)",
  "zoom.percent": "{percent} %",
  "zoom.actual": "{percent} % : revenir à la première vue",
  "overview.aria":
    "Le réseau entier : {percent} %, on voit {layers}. Glisser déplace la vue ; Maj et les flèches aussi",
  "overview.none": "aucune couche",
  "sum.forward": "entrée × poids",
  "sum.back": "gradient × poids",
  "sum.first": "depuis la perte",
  "sum.step": "{name} · pas {t} · unité {unit}",
  "sum.pixel": "{layer} · carte {map} · ligne {row}, colonne {column}",
  "sum.pixel.short": "carte {map} · ({row}, {column})",
  "sum.terms": "termes",
  "sum.gradient": "d’où vient son gradient",
  "sum.product": "le produit de",
  "sum.range": "{from}–{to} sur {count}",
  "sum.absent": "pas encore calculé",
};
