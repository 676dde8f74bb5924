/** What is drawn, as tables. */
export const TWIN = {
  "twin.title": "{name} as a table",
  "twin.none": "Nothing is computed yet.",
  "twin.some": "({shown} of {n}, evenly spread)",
  "twin.cut": "(of {rows} × {columns} numbers some, evenly spread)",
  "twin.data": "Every example",
  "twin.example": "example",
  "twin.train": "training",
  "twin.test": "test",
  "twin.target": "target",
  "twin.step": "step",
  "twin.loss": "The loss by step",
  "twin.loss.train": "training",
  "twin.loss.test": "test",
  "twin.map": "What the network answers at places of the plane",
  "twin.row": "row",
};
