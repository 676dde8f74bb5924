/** Les mots de la page en français ; chaque fichier contient ceux d’une partie de la page. */

import { CHARTS } from "./fr/charts.js";
import { DATA } from "./fr/data.js";
import { DRAWER } from "./fr/drawer.js";
import { GRADIENTS } from "./fr/gradients.js";
import { HEADER } from "./fr/header.js";
import { INSPECTOR } from "./fr/inspector.js";
import { KEYS } from "./fr/keys.js";
import { LAYERS } from "./fr/layers.js";
import { NOTICES } from "./fr/notices.js";
import { NUMBERS } from "./fr/numbers.js";
import { SAMPLES } from "./fr/samples.js";
import { STAGE } from "./fr/stage.js";
import { TRAINING } from "./fr/training.js";
import { TRANSLATE } from "./fr/translate.js";
import { TRANSPORT } from "./fr/transport.js";
/** @import { Key } from "./say.js" */

/** @type {Readonly<Record<Key, string>>} */
export const FR = {
  ...TRANSPORT,
  ...HEADER,
  ...NUMBERS,
  ...LAYERS,
  ...KEYS,
  ...STAGE,
  ...CHARTS,
  ...INSPECTOR,
  ...DATA,
  ...NOTICES,
  ...TRAINING,
  ...SAMPLES,
  ...TRANSLATE,
  ...GRADIENTS,
  ...DRAWER,
};
