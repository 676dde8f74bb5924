"""Twenty layers, plain and with skip connections: where does the gradient go?"""

from engine.presets.preset import Entry, Preset, Told, adam, dense

LAYERS, UNITS = 20, 8
#: Small first weights: a layer passes on about half of the gradient that it gets.
_SMALL = {"type": "normal", "std": 0.2}


def _hidden(place: int, reads: str) -> list[Entry]:
    return [{**dense(UNITS, "tanh", f"hidden{place}"), "initializer": _SMALL, "inputs": [reads]}]


def _plain() -> list[Entry]:
    """hidden1 to hidden19 in a row, and the output."""
    layers = [entry for place in range(1, LAYERS) for entry in _hidden(place, f"hidden{place - 1}")]
    return [{**layers[0], "inputs": None}, *layers[1:], dense(1, "sigmoid")]


def _skip() -> list[Entry]:
    """The same, but what reads hidden_k reads hidden_k + all that came before it."""
    layers: list[Entry] = [{**_hidden(1, "input")[0], "inputs": None}]
    before = "hidden1"
    for place in range(2, LAYERS):
        layers += _hidden(place, before)
        layers.append({"id": f"add{place}", "type": "add", "inputs": [before, f"hidden{place}"]})
        before = f"add{place}"
    return [*layers, dense(1, "sigmoid")]


def _deep(told: Told, layers: list[Entry]) -> Preset:
    return told.about(
        dataset={"name": "spiral", "size": 300, "noise": 0.05},
        layers=layers,
        loss="binary_cross_entropy",
        optimizer=adam(0.003),
        batch_size=10,
    )


DEEP = (
    _deep(
        Told(
            "deep_plain",
            "deep",
            "Twenty layers",
            "The spiral with 20 layers in a row: deeper is not better, nothing is learned.",
            "Each layer multiplies the gradient by its weights, and these are small: after one step back about half "
            "is left, after nineteen a hundred-thousandth. Look at the gradient norms by layer: hidden1 gets next to "
            "nothing, and forward the input fades in the same way, so the output sees the same for every point. The "
            "loss stays at ln 2 = 0.693, a coin toss. Then open the same network with skip connections.",
        ),
        _plain(),
    ),
    _deep(
        Told(
            "deep_skip",
            "deep",
            "Twenty layers with skips",
            "The same 20 layers, each added to what it reads: the spiral is learned.",
            "The same weights to begin with, and one wire more around each layer: its output is added to its input. "
            "Backward an addition hands the whole gradient on to both sides, so hidden1 gets as much as hidden19, "
            "whatever the weights in between. The loss falls at once, and more than 95 of 100 points are told right.",
        ),
        _skip(),
    ),
)
