/** Dates (or words) put into another form, and where the network looked. */
export const TRANSLATE = {
  "translate.cut":
    "It did not come to an end: cut after {count} symbol. | It did not come to an end: cut after {count} symbols.",
  "translate.sure": "It was {share} sure of a symbol on average.",
  "translate.untrained": "It has learned nothing yet: let it train for a while.",
  "translate.becomes": "“{word}” becomes “{written}”.",
  "translate.becomes.nothing": "“{word}” becomes nothing.",
  "translate.title": "Translate",
  "translate.written": "Written symbols",
  "translate.again": "Again",
  "translate.heat": "low: nearly always the likeliest symbol; 1: as the network says; higher is wilder",
  "translate.temperature": "Temperature",
  "translate.chance": "by chance",
  "translate.stage.title": "The decoder reads there what it has written here, as if that were right",
  "translate.stage": "follow it on the stage",
  "translate.looked": ", looked most at {symbol}, symbol {place} of {count} ({share})",
  "translate.looks.aria": "Where it looked: a row for each symbol that was written, a column for each that was read",
  "translate.looks": "Where it looked: what it wrote down, what it read across.",
};
