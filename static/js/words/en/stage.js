/** The stage and what stands on it. */
export const STAGE = {
  "stage.aria":
    "The network. Arrow keys walk from number to number and say them, Enter goes into what is selected, plus and minus zoom",
  "stage.tables.title": "Every number of every unit, as tables",
  "stage.table": "Table",
  "stage.tables.aria": "The network as tables",
  "stage.work": "The network at work",
  "stage.tables": "Tables",
  "stage.enlarge": "⤢ Enlarge",
  "stage.enlarge.title": "Enlarge this map (Enter)",
  "stage.network": "← The network",
  "stage.network.title": "Back to the network (Esc)",
  "stage.before": "The map before",
  "stage.next": "The next map",
};
