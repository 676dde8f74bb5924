/** Une étape comme une suite d’opérations. @type {Readonly<Record<keyof typeof import("../en/ribbon.js").RIBBON, string>>} */
export const RIBBON = {
  "ribbon.aria": "Opérations de cette étape déjà exécutées",
  "ribbon.after": "étape {step} : {done} opérations sur {count}, après {call}, {phase}",
  "ribbon.nothing": "étape {step} : {done} opérations sur {count}, rien n’a été exécuté",
};
