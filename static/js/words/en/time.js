/** Over time: the bands of sequences and what is told of them. */
export const TIME = {
  "time.back": "the gradient flows back through time: {done} of {steps} time steps",
  "time.forward": "time runs to the right: {done} of {steps} time steps computed",
  "time.legend": "cells: units of the followed example · bars: size of the gradient, in powers of ten",
  "time.legend.gates":
    "cells: units of the followed example · gates: blue is open · bars: size of the gradient, in powers of ten",
  "time.cells": "cells: units",
  "time.cells.gates": "cells: units · gates: blue is open",
  "time.hidden": "hidden h",
  "time.cell": "cell c",
  "time.input": "input i",
  "time.forget": "forget f",
  "time.candidate": "candidate g",
  "time.output": "output o",
  "time.looks": "looks at",
  "time.reset": "reset",
  "time.update": "update",
  "time.proposal": "candidate",
  "time.wanted": "wanted",
  "time.says": "says",
  "time.tokens": "tokens",
  "time.both": "{units} · {what} · both ways",
};
