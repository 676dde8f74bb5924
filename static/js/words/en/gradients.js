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
  "gradients.lost":
    "Not healthy: the loss is {loss}. However the gradients flow, so far out nothing is learned: begin again, with a smaller learning rate or scaled targets.",
  "gradients.jumping":
    "Exploding: the last update was {times} times as large as the weights that it moved. Try a smaller learning rate, or clip.",
  "gradients.flat": "Almost flat: there is nothing left to learn here, or nothing gets through.",
  "gradients.vanished":
    "Vanished: nothing of the loss reaches {layer}. The units on the way are saturated or dead, or their weights are zero: begin again, with a smaller learning rate or other start values.",
  "gradients.vanishing": "Vanishing: {far} hears {times} times less than {near}.",
  "gradients.growing": "Growing backwards: {far} hears {times} times more than {near}.",
  "gradients.one": "One layer learns, and its gradient arrives at once.",
  "gradients.some.dead":
    "{layer} has {count} dead unit of {units}: try another start, a smaller learning rate, or leaky relu. | {layer} has {count} dead units of {units}: try another start, a smaller learning rate, or leaky relu.",
  "gradients.some.saturated":
    "{layer} is saturated: {share} of its numbers lie where the curve is flat, and hardly a gradient passes. Smaller start values help, or a normalisation.",
  "gradients.saturated": "{share} saturated",
  "gradients.layer.unknown": "not computed",
  "gradients.layer.healthy": "healthy",
  "gradients.layer.vanishing": "vanishing",
  "gradients.layer.exploding": "exploding",
  "gradients.layer.dead": "dead units",
  "gradients.layer.saturated": "saturated",
  "gradients.how": "How this is judged",
  "gradients.how.exploding":
    "‖dW‖ above 100, ‖dz‖ more than 100 times that of the layer nearest to the loss, an update more than 10 times as large as the weights, or a loss above 10,000",
  "gradients.how.vanishing": "‖dz‖ more than 100 times smaller than that of the layer nearest to the loss",
  "gradients.how.dead": "a quarter of the relu units or more are 0 for every example of the batch",
  "gradients.how.saturated":
    "half of its sigmoid and tanh numbers or more (units and gates, over the batch) have a local derivative below 5 % of its largest; where the loss swallows the activation it does not count",
  "gradients.how.healthy": "none of these",
  "gradients.healthy": "Healthy: every layer hears the loss at about the same strength.",
};
