"""Sessions to begin with: each a full description, and the story it tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.spec import SessionSpec


@dataclass(frozen=True)
class Preset:
    """One session to begin with.

    Args:
        name: as in ``POST /sessions {"preset": …}``.
        title: for people.
        summary: one line.
        story: what to look at, and why it happens.
        spec: the session.
        parameters: name -> value, for a preset whose weights are given instead of drawn.
    """

    name: str
    title: str
    summary: str
    story: str
    spec: SessionSpec
    parameters: Mapping[str, list[Any]] = field(default_factory=dict)


def _dense(units: int, activation: str, identifier: str) -> dict[str, Any]:
    return {"id": identifier, "type": "dense", "units": units, "activation": activation}


def _hidden(*units: int, activation: str = "tanh") -> list[dict[str, Any]]:
    return [_dense(count, activation, f"hidden{place}") for place, count in enumerate(units, 1)]


def _preset(name: str, title: str, summary: str, story: str, **spec: Any) -> Preset:
    return Preset(name, title, summary, story, SessionSpec.model_validate({"name": title, "seed": 7, **spec}))


_ONE = _dense(1, "sigmoid", "output")
_THREE = _dense(3, "softmax", "output")
_NUMBER = _dense(1, "linear", "output")


def _adam(learning_rate: float) -> dict[str, Any]:
    return {"type": "adam", "learning_rate": learning_rate}


def _fruit(name: str, title: str, summary: str, story: str, varieties: str, layers: list[dict[str, Any]]) -> Preset:
    return _preset(
        name,
        title,
        summary,
        story,
        dataset={
            "name": "fruit",
            "varieties": varieties,
            "features": ["width", "color_score"],
            "test_fraction": 0.0,
        },
        layers=layers,
        loss="binary_cross_entropy",
        optimizer=_adam(0.05),
        batch_size="full",
    )


def _points(
    name: str, title: str, summary: str, story: str, hidden: list[dict[str, Any]], learning_rate: float, **data: Any
) -> Preset:
    return _preset(
        name,
        title,
        summary,
        story,
        dataset={"name": name, **data},
        layers=[*hidden, _ONE],
        loss="binary_cross_entropy",
        optimizer=_adam(learning_rate),
        batch_size=10,
    )


_FRUIT = (
    _fruit(
        "fruit",
        "Apples and oranges",
        "All 38 fruits, six tanh units: every one is told right.",
        "Oranges lie between pale and red apples, so one line cannot part them. Six hidden units draw six lines, "
        "and the output joins them: after some hundred steps all 38 fruits are on their own side.",
        "all",
        [*_hidden(6), _ONE],
    ),
    _fruit(
        "fruit_line",
        "Red apples and oranges",
        "30 fruits and no hidden layer: one line is enough.",
        "Red apples have a high colour score, oranges a lower one. A single unit draws one line, and with these "
        "30 fruits one line is all it takes. Watch it turn into place.",
        "red",
        [_ONE],
    ),
    _fruit(
        "fruit_line_fails",
        "Where a line fails",
        "All 38 fruits and no hidden layer: the line ends at a coin toss.",
        "With the pale apples among them there are apples on both sides of the oranges. Whatever the line gains "
        "on one side it loses on the other, so training pulls it flat: half of the fruits right, and a loss next "
        "to ln 2 = 0.693, which is what guessing costs. Add a hidden layer and look again.",
        "all",
        [_ONE],
    ),
)

_PLANE = (
    _points(
        "xor",
        "XOR",
        "Same sign or not: the smallest task that needs a hidden layer.",
        "Neither x1 nor x2 alone says anything about the class, only both together do. Four hidden units cut the "
        "plane, and the output puts the pieces together.",
        _hidden(4),
        0.03,
    ),
    _points(
        "circle",
        "Circle",
        "A disc inside a ring: a few lines become a fence.",
        "No line goes round a disc, but four of them do. Add x1^2 and x2^2 to the features and a single unit "
        "suffices: what is a circle in x is a line in x^2.",
        _hidden(4),
        0.03,
    ),
    _points(
        "moons",
        "Two moons",
        "Two half-moons that reach into each other.",
        "A line gets most of it right; bending it gets the rest. See which hidden units make the bend.",
        _hidden(6),
        0.03,
    ),
    _points(
        "spiral",
        "Spiral",
        "Two arms wound around each other: the hard one.",
        "Two hidden layers of 16 need about 3,000 steps until the border winds along both arms. Give it sin(x1) "
        "and sin(x2) as features, or more noise, and compare train with test loss.",
        _hidden(16, 16, activation="relu"),
        0.01,
        size=300,
        noise=0.05,
    ),
)


def _table(
    name: str, title: str, summary: str, story: str, layers: list[dict[str, Any]], loss: str, learning_rate: float
) -> Preset:
    return _preset(
        name,
        title,
        summary,
        story,
        dataset={"name": name},
        layers=layers,
        loss=loss,
        optimizer=_adam(learning_rate),
        batch_size=16,
    )


_TABLES = (
    _table(
        "iris",
        "Iris",
        "Three species of iris from four lengths, softmax over three outputs.",
        "Setosa stands apart at once; versicolor and virginica overlap, so a flower or two stay in doubt. The "
        "confusion matrix shows which.",
        [*_hidden(8), _THREE],
        "softmax_cross_entropy",
        0.02,
    ),
    _table(
        "wine",
        "Wine",
        "Which of three growers made this wine? 13 inputs, three outputs.",
        "Thirteen chemical measures on very different scales: switch standardisation off and see what training "
        "makes of it.",
        [*_hidden(8), _THREE],
        "softmax_cross_entropy",
        0.02,
    ),
    _table(
        "breast_cancer",
        "Breast cancer",
        "Malignant or benign, from 30 measures of cells.",
        "Thirty inputs, many of which say nearly the same. The network soon gets about 98 of 100 right on cases "
        "it has not seen; the confusion matrix says which kind of mistake is left.",
        [*_hidden(8, activation="relu"), _ONE],
        "binary_cross_entropy",
        0.01,
    ),
    _table(
        "diabetes",
        "Diabetes",
        "A number instead of a class: how far a disease has gone in a year.",
        "Inputs and target are standardised, so a loss of 1 is what always answering the mean would cost. About "
        "half of that remains on the test part: the rest is not in these ten measures. Train on and the two "
        "losses part: overfitting.",
        [*_hidden(8, activation="relu"), _NUMBER],
        "mse",
        0.01,
    ),
)

_MAZUR = Preset(
    name="mazur",
    title="A worked example",
    summary="2-2-2 sigmoid units, one example, weights given: every number can be worked out by hand.",
    story="Matt Mazur's step-by-step backpropagation example (2015). The loss begins at 0.298371109; after one step "
    "the weight from the first hidden to the first output unit, his w5, is 0.35891648. He keeps the biases fixed; "
    "here they are trained too, which does not change the first step's weights.",
    spec=SessionSpec.model_validate(
        {
            "name": "A worked example",
            "seed": 7,
            "dtype": "float64",
            "dataset": {"inline": {"inputs": [[0.05, 0.10]], "targets": [[0.01, 0.99]], "columns": ["i1", "i2"]}},
            "layers": [_dense(2, "sigmoid", "hidden1"), _dense(2, "sigmoid", "output")],
            "loss": "half_squared_error",
            "optimizer": {"type": "sgd", "learning_rate": 0.5},
            "batch_size": 1,
        }
    ),
    parameters={
        "hidden1.W": [[0.15, 0.25], [0.20, 0.30]],
        "hidden1.b": [0.35, 0.35],
        "output.W": [[0.40, 0.50], [0.45, 0.55]],
        "output.b": [0.60, 0.60],
    },
)

#: name -> preset
PRESETS: dict[str, Preset] = {preset.name: preset for preset in (*_FRUIT, *_PLANE, *_TABLES, _MAZUR)}
