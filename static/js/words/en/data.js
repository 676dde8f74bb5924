/** The dataset, its examples and features. */
export const DATA = {
  "data.title": "Data",
  "data.dataset": "Dataset",
  "data.test": "test",
  "data.low": "low {name}",
  "data.high": "high {name}",
  "data.features.aria": "Features that the network sees",
  "data.fewer": "fewer",
  "data.more": "more …",
  "data.more.title": "Squares, products and sines of columns",
  "data.least": "The network needs at least one feature",
  "data.hide": "Hide this from the network",
  "data.show": "Show this to the network",
  "data.noise": "Noise",
  "data.points": "Points",
  "data.part": "Test part",
};
