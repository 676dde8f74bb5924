/** Examples that are pictures or texts. */
export const SAMPLES = {
  "samples.aria": "Training examples",
  "samples.range": "{first}–{last} of {count}",
  "samples.range.part": "{first}–{last} of the first {shown} of {count}",
  "samples.click": "{name}: click to follow",
  "samples.follow": "Follow example {n}, {name}",
  "samples.class": "a {name}",
  "samples.earlier": "Earlier examples",
  "samples.further": "Further examples",
  "samples.followed": "The stage follows example {n}.",
  "samples.followed.class": "The stage follows example {n}, a {label}.",
  "samples.sequence": "sequence {index} · {steps} steps",
  "samples.find": "find …",
  "samples.find.aria": "Find an example by its text",
};
