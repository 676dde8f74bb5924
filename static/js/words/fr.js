/** Les mots de la page en français ; chaque fichier contient ceux d’une partie de la page. */

/** @import { Key } from "./say.js" */

import { TRANSPORT } from "./fr/transport.js";

/** @type {Readonly<Record<Key, string>>} */
export const FR = { ...TRANSPORT };
