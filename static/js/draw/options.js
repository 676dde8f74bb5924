/**
 * What a stage is told when it is made, and what it tells.
 *
 * @import { Looked, Outlook, Selection } from "../types.js"
 */

/**
 * @typedef {Object} StageOptions
 * @property {(selection: Selection | null) => void} [onSelect] a click, or an arrow key while the canvas has the focus
 * @property {(selection: Selection | null) => void} [onHover]
 * @property {(selection: Selection | null) => void} [onEnlarge] a map that is gone into; null: out of it
 * @property {(outlook: Outlook) => void} [onView] what is seen, after each picture
 * @property {(looked: Looked) => void} [onLook] what one is near enough to read, whenever that is something else
 * @property {(text: string) => void} [onDescribe] what is selected, in words, for an aria-live region
 */
/**
 * What of the dataset the stage needs: the names of inputs and, where there is an output for each, of classes.
 *
 * @typedef {Readonly<{ features?: readonly string[], classes?: readonly string[], tokens?: readonly string[], targetTokens?: readonly string[] }>} Names
 */

/** @type {Required<Names>} */
export const NO_NAMES = Object.freeze({ features: [], classes: [], tokens: [], targetTokens: [] });

/** Tell what is seen, and what one is near enough to read whenever that is something else. @param {StageOptions} options */
export function createReport({ onView, onLook }) {
  let last = "";
  /** @param {import("./viewpoint.js").Viewpoint} viewpoint */
  return (viewpoint) => {
    onView?.(viewpoint.outlook());
    const looked = viewpoint.looked();
    const key = JSON.stringify(looked);
    if (key !== last) onLook?.(looked);
    last = key;
  };
}
