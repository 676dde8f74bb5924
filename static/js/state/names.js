/**
 * What columns, inputs and classes are called on the page.
 *
 * @import { Dataset, Graph } from "../types.js"
 */

/** color_score -> color score; x1^2 -> x1²; x1*x2 -> x1·x2. @param {string} name */
export function columnName(name) {
  return name.replace(/_/g, " ").replace(/\^2/g, "²").replace(/\*/g, "·");
}

/**
 * What of the dataset the stage needs.
 *
 * @param {Graph} graph
 * @param {Pick<Dataset, "features" | "classes" | "tokens" | "target_tokens"> | null} dataset
 */
export function namesOf(graph, dataset) {
  const outputs = graph.layers.at(-1)?.units ?? 0;
  const classes = dataset?.classes.length === outputs ? dataset.classes : [];
  const { tokens, target_tokens: targetTokens } = dataset ?? {};
  return { features: dataset?.features.map(columnName) ?? [], classes, tokens, targetTokens };
}
