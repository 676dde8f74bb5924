/** How much of the loss arrives at each layer. */
export const GRADIENTS = {
  "gradients.dead": "{count} dead unit | {count} dead units",
};
