/** Matrices et plans en images. @type {Readonly<Record<keyof typeof import("../en/matrices.js").MATRICES, string>>} */
export const MATRICES = {
  "matrices.head": "{layer}, tête {head} : qui regarde qui",
  "matrices.summary": "Les poids et qui regarde qui, en images",
  "matrices.title": "Matrices",
  "matrices.gradient": "gradient de {name}",
  "matrices.about": "{size} · jusqu’à {most} · d jusqu’à {gradient}",
  "matrices.about.missing": "{size} · jusqu’à {most} · gradient non calculé",
  "matrices.missing": "{label} : non calculé",
  "matrices.rows": "lignes : {tokens}",
  "matrices.plane": "{name} · symboles dans le plan",
  "matrices.axes": "Les axes portent {first} % et {second} % de leurs différences.",
  "matrices.closest": "Les plus proches ici : {one} et {other}.",
};
