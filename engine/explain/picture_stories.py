"""The sentences of a picture that learns, at five levels, and which of them a number has."""

from engine.explain.explanation import Index, Level
from engine.explain.view import View
from engine.layers import Node
from engine.words import say


def tell(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    """The story's key and its fields."""
    first = index[0] == 0
    if node.op == "pixels":
        return ("pixel_learned" if first else "pixel_given"), {}
    if node.op == "gram":
        return "gram", {"one": str(index[2] + 1), "other": str(index[3] + 1)}
    what = say("its neighbours") if node.op == "roughness" else say("example {n}", n=node.options["to"] + 1)
    return ("apart" if first else "not_judged"), {"from": what, "weight": f"{node.options['weight']:g}"}


PICTURE_TELLERS = dict.fromkeys(("pixels", "gram", "apart", "roughness"), tell)

#: operation -> what it is called in a sentence
PICTURE_NAMES = {
    "pixels": "the learned picture",
    "gram": "the Gram matrix",
    "apart": "the distance",
    "roughness": "the roughness",
}

_DIFFERENCE = (
    "The further it is off, the more it is to blame.",
    "the gradient of the distance times twice the difference, times the weight over the number of differences",
)
PICTURE_HANDS_BACK: dict[str, tuple[str, str]] = {
    "pixels": (
        "It was painted, not computed: the blame stops here.",
        "the first picture's gradient is its pixels' own",
    ),
    "gram": (
        "It was part of many pairs, so each pair has a say.",
        "each pair of maps hands back its gradient times the other map at this place",
    ),
    "apart": _DIFFERENCE,
    "roughness": _DIFFERENCE,
}

PICTURE_STORIES: dict[str, dict[Level, str]] = {
    "pixel_learned": {
        "kid": "This dot of the picture is what the network paints: {value}.",
        "high_school": "A pixel that is learned, like a weight: it is {value} now.",
        "graduate": "A coordinate of the learned picture, {value}; the input is not read here.",
        "tldr": "learned: {value}.",
        "phd": "The optimisation variable itself, {value}, embedded as the first row of the batch.",
    },
    "pixel_given": {
        "kid": "This picture is given, nobody paints it: {value}.",
        "high_school": "A pixel of a picture to compare with, as it is in the data: {value}.",
        "graduate": "x itself, {value}: only the first picture of the batch is learned.",
        "tldr": "given: {value}.",
        "phd": "The identity on all rows but the first: {value}.",
    },
    "gram": {
        "kid": "Do the patterns {one} and {other} like the same places? That much: {value}.",
        "high_school": "At every place the strengths of map {one} and map {other} are multiplied; their sum over all "
        "numbers of the maps is {value}. Where something is does not matter: that is style.",
        "graduate": "G = F Fᵀ / (C H W), entry ({one}, {other}): {value}.",
        "tldr": "Σ map {one} · map {other} / (C H W) = {value}.",
        "phd": "An uncentred second moment of the features, entry ({one}, {other}), invariant under permutations of "
        "the places: {value}.",
    },
    "apart": {
        "kid": "That is how far the picture is from {from}: {value}.",
        "high_school": "All differences from {from}, squared, their mean times {weight}: {value}.",
        "graduate": "{weight} · mean squared difference from {from} = {value}.",
        "tldr": "{weight} · mean Δ² = {value}.",
        "phd": "A weighted squared Euclidean distance from {from}, normalised by the number of coordinates: {value}.",
    },
    "not_judged": {
        "kid": "This one is only there to compare with: {value}.",
        "high_school": "Only the first example of the batch is judged, so this is {value}.",
        "graduate": "0 for all but the first example: {value}.",
        "tldr": "not judged: {value}.",
        "phd": "The functional depends on this row through the first one alone, so its entry is {value}.",
    },
    "pixel": {
        "kid": "One dot of the picture that is painted: {value}. {kid}",
        "high_school": "A pixel that is learned. It is {value}, started at {start} and has moved by {moved} so far.",
        "graduate": "{what} = {value} = start {start} + all changes since, {moved}.",
        "tldr": "{what} = {value}.",
        "phd": "A coordinate of the optimisation variable: {value}; start {start}, sum of all deltas and edits since "
        "{moved} (the ledger checks it).",
    },
    "gradient_pixel": {
        "kid": "Should this dot be brighter or darker? All that look at it have a say: together {value}. {vote_kid}",
        "high_school": "If this pixel grew by a tiny bit, {minimised} would change by about {value} times that "
        "bit. {vote}",
        "graduate": "d image = the gradient of the first picture{penalty_words} = {value}. {vote}",
        "tldr": "gradient of the picture{penalty_tldr} = {value}.",
        "phd": "The pullback to the input space{penalty_words}: {value}.",
    },
}
