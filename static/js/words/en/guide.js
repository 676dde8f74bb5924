/** Help, the palette of commands and the first minute. */
export const GUIDE = {
  "guide.help": "Help",
  "guide.help.title": "A tour, all commands, every key, the documentation",
  "guide.search": "Search",
  "guide.search.title": "Search everything that can be done here",
  "guide.docs": "Documentation",
  "guide.api": "REST API",
  "guide.gallery": "Gallery of every scene",
  "guide.palette": "Commands",
  "guide.palette.placeholder": "What do you want to do? Also: step 120, example 7, hidden1.W[1, 2]",
  "guide.palette.results": "Commands that fit",
  "guide.palette.none": "Nothing is called so.",
  "guide.palette.count": "{n} command fits | {n} commands fit",
  "guide.palette.go": "Go to: {name}",
  "guide.palette.press": "Press: {name}",
  "guide.palette.begin": "Begin: {name}",
  "guide.palette.seek": "Go to step {step}",
  "guide.palette.example": "Follow example {example}",
  "guide.palette.why": "Why is {name} what it is?",
  "guide.close": "Close",
  "guide.next": "Next",
  "guide.back": "Back",
  "guide.skip": "Skip the tour",
  "guide.done": "Done",
  "guide.stop": "Stop {at} of {of}",
  "guide.tour": "The first minute",
  "guide.step.title": "One operation at a time",
  "guide.step":
    "This network guesses whether a fruit is an apple or an orange. Press Step (or →): one operation runs, and the numbers that it made appear. They are the network’s own.",
  "guide.ribbon.title": "A whole step is this strip",
  "guide.ribbon":
    "Values flow forward, the loss says how wrong they are, gradients flow back, and the update moves every weight. Drag here to be at any of these operations, also backwards.",
  "guide.stage.title": "Ask any number why",
  "guide.stage":
    "Click a wire, a unit or the loss. Wheel or pinch to come closer, down to the one multiplication and sum.",
  "guide.why.title": "The answer, at your level",
  "guide.why":
    "Formula, the same with its numbers, and the chain back to the loss; each part can be clicked. Choose Kid to PhD at the top, or check the gradient against the honest slow way.",
  "guide.edit.title": "Change anything",
  "guide.edit":
    "Add units and layers while it learns; press play, and watch the loss. Search (Ctrl K) knows everything that can be done, and Help has this tour.",
};
