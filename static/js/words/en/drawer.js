/** The drawer below the transport, and the matrix of who is taken for whom. */
export const DRAWER = {
  "drawer.aria": "What the training does, in depth",
  "drawer.confusion": "Confusion",
  "drawer.hint": "{tab}: open below the stage",
  "drawer.close": "Close the drawer",
  "drawer.resize": "Height of the drawer",
  "drawer.coming": "One moment …",
  "confusion.none": "Only a network that tells classes apart can take one for another.",
  "confusion.not.yet": "The answers are no numbers: there is nothing to count.",
  "confusion.part": "Part of the data",
  "confusion.train": "training",
  "confusion.test": "test",
  "confusion.shows": "What the cells show",
  "confusion.counts": "counts",
  "confusion.shares": "shares of a row",
  "confusion.caption":
    "Rows: what it is. Columns: what the network takes it for. Of the {part} part: {n} example. | Rows: what it is. Columns: what the network takes it for. Of the {part} part: {n} examples.",
  "confusion.recall": "found",
  "confusion.recall.title": "Recall: of those that are it, the share that is found",
  "confusion.precision": "right",
  "confusion.precision.title": "Precision: of those taken for it, the share that is it",
  "confusion.cell": "{n} {actual} taken for {guess} | {n} {actual} taken for {guess}",
  "confusion.cell.show": "{what}: show them",
  "confusion.summary": "{right} of {all} right; chance alone, always saying {common}, would get {chance}.",
  "confusion.worst":
    "Most often, {actual} is taken for {guess}: {n} time. | Most often, {actual} is taken for {guess}: {n} times.",
};
