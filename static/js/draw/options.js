/**
 * What a stage is told when it is made, and what it tells.
 *
 * @import { Selection } from "../types.js"
 */

/**
 * @typedef {Object} StageOptions
 * @property {(selection: Selection | null) => void} [onSelect] a click, or an arrow key while the canvas has the focus
 * @property {(selection: Selection | null) => void} [onHover]
 * @property {(selection: Selection | null) => void} [onEnlarge] a double click, or Enter while the canvas has the focus
 * @property {(text: string) => void} [onDescribe] what is selected, in words, for an aria-live region
 */
/**
 * What of the dataset the stage needs: the names of inputs and, where there is an output for each, of classes.
 *
 * @typedef {Readonly<{ features?: readonly string[], classes?: readonly string[], tokens?: readonly string[], targetTokens?: readonly string[] }>} Names
 */

export {};
