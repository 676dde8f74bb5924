/** The page's words in English; each file holds those of one part of the page. */

import { TRANSPORT } from "./en/transport.js";

export const EN = { ...TRANSPORT };
