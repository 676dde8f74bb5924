/** Looking closer, and from farther away. */
export const ZOOM = {
  "zoom.aria": "How close one looks",
  "zoom.in": "Closer (+)",
  "zoom.out": "Farther (−)",
  "zoom.fit": "The whole network (0)",
  "zoom.percent": "{percent} %",
  "zoom.actual": "{percent} %: back to the first view",
  "overview.aria":
    "The network as a whole: {percent} %, in sight are {layers}. A drag moves the view; so do Shift and the arrow keys",
  "overview.none": "no layers",
  "sum.forward": "input × weight",
  "sum.back": "gradient × weight",
  "sum.first": "from the loss",
  "sum.step": "{name} · step {t} · unit {unit}",
  "sum.pixel": "{layer} · map {map} · row {row}, column {column}",
  "sum.pixel.short": "map {map} · ({row}, {column})",
  "sum.terms": "terms",
  "sum.gradient": "where its gradient comes from",
  "sum.product": "the product of",
  "sum.range": "{from}–{to} of {count}",
  "sum.absent": "not computed yet",
};
