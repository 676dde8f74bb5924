/** L’apparence de la page. @type {Readonly<Record<keyof typeof import("../en/appearance.js").APPEARANCE, string>>} */
export const APPEARANCE = {
  "appearance.button": "Apparence",
  "appearance.title": "Couleurs, contraste et langue",
  "appearance.theme": "Couleurs",
  "appearance.contrast": "Contraste",
  "appearance.language": "Langue",
  "appearance.system": "Système",
  "appearance.light": "Claires",
  "appearance.dark": "Sombres",
  "appearance.standard": "Normal",
  "appearance.more": "Élevé",
};
