/** An example of one's own, drawn, typed or measured. */
export const TRY = {
  "try.clear": "Clear",
  "try.which": "Which class to imagine",
  "try.imagine": "Imagine a",
  "try.excites": "What excites {name} most",
  "try.climbed": "From noise, {steps} steps up its score: from {first} to {last}.",
  "try.pad": "Draw a digit: by pointer, or with the arrow keys and space, which paints a pixel. Backspace clears.",
  "try.given": "What the network is given: {size} × {size} pixels",
  "try.given.matters": "What the network is given: {size} × {size} pixels, and how much each of them matters",
  "try.title": "Try it yourself",
  "try.nothing": "nothing",
  "try.says": "The network says {says}.",
  "try.says.sure": "The network says {says}, {share} % sure.",
  "try.loss": "Loss {loss}.",
  "try.type": "Type one",
  "try.unsaid": "I do not say",
  "try.right": "What it is: then there is a loss, and its gradients",
  "try.is": "It is {answer}",
  "try.looks": "what it looks at",
  "try.followed":
    "The stage follows your example. It is in no batch: its values and its gradients are its own, those of the weights are the batch's.",
};
