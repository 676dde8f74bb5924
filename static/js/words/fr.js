/** Les mots de la page en français ; chaque fichier contient ceux d’une partie de la page. */

import { APPEARANCE } from "./fr/appearance.js";
import { CHARTS } from "./fr/charts.js";
import { DATA } from "./fr/data.js";
import { DESCRIBE } from "./fr/describe.js";
import { DRAWER } from "./fr/drawer.js";
import { EDIT } from "./fr/edit.js";
import { FOOT } from "./fr/foot.js";
import { GALLERY } from "./fr/gallery.js";
import { GRADIENTS } from "./fr/gradients.js";
import { GUIDE } from "./fr/guide.js";
import { HEADER } from "./fr/header.js";
import { HELP } from "./fr/help.js";
import { HISTOGRAMS } from "./fr/histograms.js";
import { INSPECTOR } from "./fr/inspector.js";
import { KEYS } from "./fr/keys.js";
import { LAYERS } from "./fr/layers.js";
import { LINK } from "./fr/link.js";
import { MATRICES } from "./fr/matrices.js";
import { NOTEBOOK } from "./fr/notebook.js";
import { NOTICES } from "./fr/notices.js";
import { NUMBERS } from "./fr/numbers.js";
import { OUTPUT } from "./fr/output.js";
import { OWN } from "./fr/own.js";
import { PREDICTIONS } from "./fr/predictions.js";
import { RATES } from "./fr/rates.js";
import { RIBBON } from "./fr/ribbon.js";
import { RUNS } from "./fr/runs.js";
import { SAMPLES } from "./fr/samples.js";
import { SCENE } from "./fr/scene.js";
import { SHARE } from "./fr/share.js";
import { STAGE } from "./fr/stage.js";
import { TIME } from "./fr/time.js";
import { TIMELINE } from "./fr/timeline.js";
import { TRAINING } from "./fr/training.js";
import { TRANSLATE } from "./fr/translate.js";
import { TRANSPORT } from "./fr/transport.js";
import { TRY } from "./fr/try.js";
import { TUNE } from "./fr/tune.js";
import { TWIN } from "./fr/twin.js";
import { UNDO } from "./fr/undo.js";
import { WHATIF } from "./fr/whatif.js";
import { ZOOM } from "./fr/zoom.js";

/** @import { Key } from "./say.js" */

/** @typedef {Readonly<Record<Key, string>>} Words */

/** @type {Words} */
const WRITTEN = {
  ...APPEARANCE,
  ...UNDO,
  ...EDIT,
  ...TRANSPORT,
  ...GALLERY,
  ...GUIDE,
  ...HEADER,
  ...HELP,
  ...NUMBERS,
  ...LAYERS,
  ...KEYS,
  ...STAGE,
  ...TWIN,
  ...CHARTS,
  ...INSPECTOR,
  ...DATA,
  ...NOTICES,
  ...TRAINING,
  ...SAMPLES,
  ...TRANSLATE,
  ...GRADIENTS,
  ...DRAWER,
  ...DESCRIBE,
  ...FOOT,
  ...TIME,
  ...SCENE,
  ...OUTPUT,
  ...TRY,
  ...NOTEBOOK,
  ...MATRICES,
  ...RIBBON,
  ...OWN,
  ...TUNE,
  ...LINK,
  ...SHARE,
  ...ZOOM,
  ...WHATIF,
  ...TIMELINE,
  ...PREDICTIONS,
  ...RATES,
  ...HISTOGRAMS,
  ...RUNS,
};

/** Une espace insécable devant la ponctuation double et dans les guillemets : la ligne n’y est pas coupée. @param {string} words */
const typeset = (words) => words.replaceAll("« ", "«\u00a0").replace(/ (?=[:;!?»])/g, "\u00a0");

export const FR = /** @type {Words} */ (
  Object.fromEntries(Object.entries(WRITTEN).map(([key, words]) => [key, typeset(words)]))
);
