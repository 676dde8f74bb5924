/** How the page looks. */
export const APPEARANCE = {
  "appearance.button": "Appearance",
  "appearance.title": "Colours, contrast and language",
  "appearance.theme": "Colours",
  "appearance.contrast": "Contrast",
  "appearance.language": "Language",
  "appearance.system": "System",
  "appearance.light": "Light",
  "appearance.dark": "Dark",
  "appearance.standard": "Standard",
  "appearance.more": "High",
};
