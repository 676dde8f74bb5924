/** Ce qui, de la perte, parvient à chaque couche. @type {Readonly<Record<keyof typeof import("../en/gradients.js").GRADIENTS, string>>} */
export const GRADIENTS = {
  "gradients.dead": "{count} unité morte | {count} unités mortes",
};
