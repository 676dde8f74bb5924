/** Numbers, counts, phases and quantities in words. */
export const NUMBERS = {
  "numbers.examples": "{count} example | {count} examples",
  "numbers.parameters": "{count} parameter | {count} parameters",
  "numbers.value": "value",
  "numbers.gradient": "gradient",
  "numbers.delta": "delta",
  "numbers.missing": "not computed",
  "numbers.about": "≈ {value}",
  "numbers.mean": "≈ {value} (mean of a block)",
  "numbers.mean.units": "≈ {value} (mean of units {from}–{to})",
  "numbers.ready": "step 0 · ready",
  "numbers.done": "{n} step done | {n} steps done",
  "numbers.place": "step {step} · {phase} · op {op} of {count}",
  "numbers.forward": "forward",
  "numbers.loss": "loss",
  "numbers.backward": "backward",
  "numbers.update": "update",
};
