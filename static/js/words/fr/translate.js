/** Dates (ou mots) mises sous une autre forme, et où le réseau a regardé. @type {Readonly<Record<keyof typeof import("../en/translate.js").TRANSLATE, string>>} */
export const TRANSLATE = {
  "translate.cut":
    "Cela ne s’est pas terminé : coupé après {count} symbole. | Cela ne s’est pas terminé : coupé après {count} symboles.",
};
