/** Help beside the panels. */
export const HELP = {
  "help.about": "About: {name}",
  "help.more": "More in the documentation",
  "help.data":
    "What the network learns from. Each dot is an example, its shape and colour its class; the ring marks the one that the stage follows. Choose other data, other features, or bring your own.",
  "help.training":
    "How it learns: what is minimised, and how a gradient becomes a step. The learning rate is the length of the step; a batch is how many examples share one.",
  "help.loss":
    "The loss over the examples it learns from (solid), and over those it never sees (dashed). A gap that grows is overfitting. Click the curve to go to that step.",
  "help.gradients":
    "How much of the loss’s gradient arrives at each layer, on a scale of powers of ten, from the output down. Bars that shrink layer by layer are a vanishing gradient, bars that grow an exploding one.",
  "help.time": "How the gradient of the loss shrinks or grows on its way back through the time steps.",
  "help.matrices": "Weights and tables of rows as images: blue is positive, orange negative.",
  "help.output":
    "What the network answers everywhere in the plane, and for the examples. The paler the colour, the less sure it is.",
  "help.try": "An example of your own: the stage follows it, and its numbers are explained like any others.",
  "help.inspector":
    "Why the selected number is what it is: the formula, the same with its numbers, its terms, and the chain back to the loss. Every part can be clicked; every gradient can be checked.",
};
