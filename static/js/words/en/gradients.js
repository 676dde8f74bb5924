/** How much of the loss arrives at each layer. */
export const GRADIENTS = {
  "gradients.dead": "{count} dead unit | {count} dead units",
  "gradients.title": "Gradient by layer",
  "gradients.dead.title": "Their gradient is 0 for every example: they no longer learn",
  "gradients.none": "No gradient has flowed back yet.",
  "gradients.coming": "The gradient is on its way back.",
  "gradients.exploded": "Exploded: a gradient is no longer a number.",
  "gradients.exploding":
    "Exploding: the gradients are so large that the weights jump. Try a smaller learning rate, or clip.",
  "gradients.flat": "Almost flat: there is nothing left to learn here, or nothing gets through.",
  "gradients.vanished":
    "Vanished: nothing of the loss reaches {layer}. The units on the way are saturated or dead, or their weights are zero: begin again, with a smaller learning rate or other start values.",
  "gradients.vanishing": "Vanishing: {far} hears {times} times less than {near}.",
  "gradients.growing": "Growing backwards: {far} hears {times} times more than {near}.",
  "gradients.one": "One layer learns, and its gradient arrives at once.",
  "gradients.healthy": "Healthy: every layer hears the loss at about the same strength.",
};
