/** Le rôle de chaque touche. @type {Readonly<Record<keyof typeof import("../en/keys.js").KEYS, string>>} */
export const KEYS = {
  "keys.forward": "un pas en avant",
  "keys.back": "un pas en arrière",
  "keys.play": "jouer, pause",
  "keys.unit": "le pas est une op, une couche, un lot, une époque",
  "keys.example": "suivre un autre exemple",
  "keys.gates": "sur la scène : de porte en porte dans une couche récurrente",
  "keys.fold": "replier la couche récurrente choisie, la déplier",
  "keys.reset": "recommencer avec les mêmes poids",
  "keys.enlarge": "sur la scène : entrer d’un niveau dans ce qui est choisi (carte, couche, unité, somme)",
  "keys.escape": "ressortir d’un niveau ; effacer la sélection",
  "keys.space": "espace",
  "keys.pageup": "PgPréc",
  "keys.pagedown": "PgSuiv",
  "keys.enter": "Entrée",
  "keys.esc": "Échap",
};
