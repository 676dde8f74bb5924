/** What every key does. */
export const KEYS = {
  "keys.forward": "one step forward",
  "keys.back": "one step back",
  "keys.play": "play, pause",
  "keys.unit": "a step is an op, a layer, a batch, an epoch",
  "keys.example": "follow another example",
  "keys.gates": "on the stage: from gate to gate of a recurrent layer",
  "keys.fold": "fold the selected recurrent layer to a summary, unfold it again",
  "keys.reset": "begin again with the same weights",
  "keys.enlarge": "on the stage: into what is selected, one level (a feature map, a layer, a unit, its sum)",
  "keys.escape": "out again, one level; clear the selection",
  "keys.space": "space",
  "keys.pageup": "PgUp",
  "keys.pagedown": "PgDn",
  "keys.enter": "Enter",
  "keys.esc": "Esc",
};
