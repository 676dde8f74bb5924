/** Texts and tunes that the network writes. */
export const TUNE = {
  "tune.metre": "no metre",
  "tune.bars": "There are no bars yet.",
  "tune.fit": "{right} of {count} bars fit {metre}.",
  "tune.odd":
    "{right} of {count} bars fit {metre}; the one that does not: orange. | {right} of {count} bars fit {metre}; the {n} that do not: orange.",
  "tune.problem": "{first}.",
  "tune.problems": "{first}, and more.",
  "tune.title": "Tune",
  "tune.write": "Write one",
  "tune.prime": "It begins with",
  "tune.heat": "0 takes the likeliest character; higher is wilder",
  "tune.stop": "Stop",
  "tune.play": "Play it",
  "tune.train": "Train for a while, then let it write.",
  "tune.ended": "It has ended it itself.",
  "tune.cut": "Cut after {count} characters.",
  "tune.sure": "It was {share} % sure of a character on average.",
};
