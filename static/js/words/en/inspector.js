/** Why is this number what it is? */
export const INSPECTOR = {
  "inspector.why": "Why?",
  "inspector.which": "Which number",
  "inspector.clear": "Clear the selection (Esc)",
  "inspector.press": "Press {step} and watch one operation after the other.",
  "inspector.click":
    "Then click anything on the stage – a unit, a wire, a bias, the loss – to see why its number is what it is.",
  "inspector.chain": "The chain back to the loss",
  "inspector.missing": "Not computed yet.",
};
