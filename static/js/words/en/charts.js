/** The loss by step, and where the training stands. */
export const CHARTS = {
  "charts.loss": "Loss",
  "charts.now":
    "Over all examples, with the weights as they are now; the card on the stage has the loss of the batch, before this step’s update",
  "charts.train": "— train {loss}",
  "charts.test": "-- test {loss}",
  "charts.log.title": "Logarithmic scale",
  "charts.log": "log",
  "charts.nothing": "Loss by step: nothing yet",
  "charts.course": "Loss by step: from {first} at step {from} to {last} at step {to}",
};
