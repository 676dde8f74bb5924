/** What is said when an address is opened. */
export const LINK = {
  "link.bad.part": "Its part “{name}” is damaged: perhaps the address was cut off when it was copied.",
  "link.bad.place": "“{at}” is no place: expected step.operation, such as 12.3.",
  "link.bad.view": "What the address says of “{name}” cannot be read; it was left out.",
  "link.bad.override": "The address’s value of “{name}” makes no sense for this network; it was left out.",
  "link.bad.control": "The address hides or shows “{name}”, but the page has no part of that name.",
  "link.out": "Open in Deltaflow",
  "link.not.opened": "This link could not be opened, so a new session was.",
  "link.walking": "Computing the way again: step {here} of {step} …",
  "link.stopped":
    "The link leads to step {step}, but the way was computed to step {here} only: it takes too long, or ends there.",
  "link.differs":
    "This server computes other numbers than the one where the link was made: the place is the same, the weights are not.",
  "link.view.gone": "Something that the link looks at is not in this network; it was left out.",
};
