"""A picture that learns: content and style of two others, seen through random filters of three sizes."""

from engine.presets.preset import Entry, Told, adam

#: Sides of the filters, and how much each kind of distance counts.
SIZES = (3, 5, 11)
CONTENT, STYLE, SMOOTH = 1.0, 600.0, 0.3


def _look(side: int) -> list[Entry]:
    """Random filters that stay, what goes together in them, and how far that is from the style's."""
    filters = {
        "id": f"look{side}",
        "type": "conv2d",
        "inputs": ["picture"],
        "filters": 8,
        "kernel": side,
        "activation": "relu",
        "use_bias": False,
        "initializer": "he_normal",
        "trainable": False,
    }
    style = {"id": f"style{side}", "type": "apart", "to": 2, "weight": STYLE}
    return [filters, {"id": f"gram{side}", "type": "gram"}, style]


STYLED = (
    Told(
        "style",
        "images",
        "A cat in coffee colours",
        "The style of one picture mixed into another by backpropagation to the pixels.",
        "Here the weights stay and the picture learns. Random filters of three sizes look at it; their maps shall be "
        "those of the cat (content), and what goes together in them, their Gram matrices, that of the cup of coffee "
        "(style). Press Play: out of noise there comes a cat, painted in the coffee's colours, after some 100 steps. "
        "Change the weights of content and style, or take other pictures.",
    ).about(
        dataset={"name": "pictures", "content": "chelsea", "style": "coffee", "size": 64},
        layers=[
            {"id": "picture", "type": "pixels"},
            *(layer for side in SIZES for layer in _look(side)),
            {"id": "content", "type": "apart", "inputs": ["look5"], "to": 1, "weight": CONTENT},
            {"id": "smooth", "type": "roughness", "inputs": ["picture"], "weight": SMOOTH},
            {"id": "distance", "type": "add", "inputs": [*(f"style{side}" for side in SIZES), "content", "smooth"]},
        ],
        loss="mae",
        optimizer=adam(0.03),
        batch_size=3,
    ),
)
