/** The page's words in English; each file holds those of one part of the page. */

import { APPEARANCE } from "./en/appearance.js";
import { CHARTS } from "./en/charts.js";
import { DATA } from "./en/data.js";
import { DESCRIBE } from "./en/describe.js";
import { DRAWER } from "./en/drawer.js";
import { EDIT } from "./en/edit.js";
import { FOOT } from "./en/foot.js";
import { GALLERY } from "./en/gallery.js";
import { GRADIENTS } from "./en/gradients.js";
import { GUIDE } from "./en/guide.js";
import { HEADER } from "./en/header.js";
import { HELP } from "./en/help.js";
import { HISTOGRAMS } from "./en/histograms.js";
import { INSPECTOR } from "./en/inspector.js";
import { KEYS } from "./en/keys.js";
import { LAYERS } from "./en/layers.js";
import { LINK } from "./en/link.js";
import { MATRICES } from "./en/matrices.js";
import { NOTEBOOK } from "./en/notebook.js";
import { NOTICES } from "./en/notices.js";
import { NUMBERS } from "./en/numbers.js";
import { OUTPUT } from "./en/output.js";
import { OWN } from "./en/own.js";
import { PREDICTIONS } from "./en/predictions.js";
import { RATES } from "./en/rates.js";
import { RIBBON } from "./en/ribbon.js";
import { RUNS } from "./en/runs.js";
import { SAMPLES } from "./en/samples.js";
import { SCENE } from "./en/scene.js";
import { SHARE } from "./en/share.js";
import { STAGE } from "./en/stage.js";
import { TIME } from "./en/time.js";
import { TIMELINE } from "./en/timeline.js";
import { TRAINING } from "./en/training.js";
import { TRANSLATE } from "./en/translate.js";
import { TRANSPORT } from "./en/transport.js";
import { TRY } from "./en/try.js";
import { TUNE } from "./en/tune.js";
import { TWIN } from "./en/twin.js";
import { UNDO } from "./en/undo.js";
import { WHATIF } from "./en/whatif.js";
import { ZOOM } from "./en/zoom.js";

export const EN = {
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
