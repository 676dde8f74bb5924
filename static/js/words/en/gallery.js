/** Every scene of the stage. */
export const GALLERY = {
  "gallery.lead":
    "Every scene of the stage, when its operation begins, half way, and when it has run; drawn from frames of real training.",
  "gallery.missing": "The frames of {name} did not come (status {status})",
};
