/** Dates (or words) put into another form, and where the network looked. */
export const TRANSLATE = {
  "translate.cut":
    "It did not come to an end: cut after {count} symbol. | It did not come to an end: cut after {count} symbols.",
};
