/** Toutes les scènes. @type {Readonly<Record<keyof typeof import("../en/gallery.js").GALLERY, string>>} */
export const GALLERY = {
  "gallery.lead":
    "Toutes les scènes : quand l’opération commence, à mi-chemin et quand elle est faite ; dessinées d’après de vrais apprentissages.",
  "gallery.missing": "Les images de {name} ne sont pas arrivées (code {status})",
};
