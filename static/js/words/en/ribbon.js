/** One step as a strip of operations. */
export const RIBBON = {
  "ribbon.aria": "Operations of this step that have run",
  "ribbon.after": "step {step}: {done} of {count} operations, after {call}, {phase}",
  "ribbon.nothing": "step {step}: {done} of {count} operations, nothing has run",
};
