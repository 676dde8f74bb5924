"""Lines, points in the plane and fruit: what a weight, a unit and a hidden layer do."""

from engine.presets.preset import Entry, Preset, Told, adam, dense, hidden

_ONE = dense(1, "sigmoid")
_XS = [-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0]

LINE = Told(
    "line",
    "points",
    "A straight line",
    "y = m x + c: one weight, one bias, nine points.",
    "The smallest network there is. Its weight W is the slope m and its bias b is the height c of a line, and the "
    "nine points lie on y = 2x + 1. A first guess is wrong everywhere; the loss says by how much, and the two "
    "gradients say which way to turn and to lift the line. Step through it: after some fifty steps W is 2 and b is 1. "
    "Every larger network does the same with more numbers.",
).about(
    dataset={"inline": {"inputs": [[x] for x in _XS], "targets": [[2 * x + 1] for x in _XS], "columns": ["x"]}},
    layers=[dense(1)],
    loss="mse",
    optimizer={"type": "sgd", "learning_rate": 0.1},
    batch_size="full",
)

MAZUR = Told(
    "mazur",
    "points",
    "A worked example",
    "2-2-2 sigmoid units, one example, weights given: every number can be worked out by hand.",
    "Matt Mazur's step-by-step backpropagation example (2015). The loss begins at 0.298371109; after one step the "
    "weight from the first hidden to the first output unit, his w5, is 0.35891648. He keeps the biases fixed; here "
    "they are trained too, which does not change the first step's weights.",
).about(
    dtype="float64",
    dataset={"inline": {"inputs": [[0.05, 0.10]], "targets": [[0.01, 0.99]], "columns": ["i1", "i2"]}},
    layers=[dense(2, "sigmoid", "hidden1"), dense(2, "sigmoid")],
    loss="half_squared_error",
    optimizer={"type": "sgd", "learning_rate": 0.5},
    batch_size=1,
    parameters={
        "hidden1.W": [[0.15, 0.25], [0.20, 0.30]],
        "hidden1.b": [0.35, 0.35],
        "output.W": [[0.40, 0.50], [0.45, 0.55]],
        "output.b": [0.60, 0.60],
    },
)


def _fruit(told: Told, varieties: str, layers: list[Entry]) -> Preset:
    features = ["width", "color_score"]
    return told.about(
        dataset={"name": "fruit", "varieties": varieties, "features": features, "test_fraction": 0.0},
        layers=layers,
        loss="binary_cross_entropy",
        optimizer=adam(0.05),
        batch_size="full",
    )


FRUIT = (
    _fruit(
        Told(
            "fruit_line",
            "points",
            "Red apples and oranges",
            "30 fruits and no hidden layer: one line is enough.",
            "Red apples have a high colour score, oranges a lower one. A single unit draws one line, and with these "
            "30 fruits one line is all it takes. Watch it turn into place.",
        ),
        "red",
        [_ONE],
    ),
    _fruit(
        Told(
            "fruit_line_fails",
            "points",
            "Where a line fails",
            "All 38 fruits and no hidden layer: the line ends at a coin toss.",
            "With the pale apples among them there are apples on both sides of the oranges. Whatever the line gains "
            "on one side it loses on the other, so training pulls it flat: half of the fruits right, and a loss next "
            "to ln 2 = 0.693, which is what guessing costs. Add a hidden layer and look again.",
        ),
        "all",
        [_ONE],
    ),
    _fruit(
        Told(
            "fruit",
            "points",
            "Apples and oranges",
            "All 38 fruits, six tanh units: every one is told right.",
            "Oranges lie between pale and red apples, so one line cannot part them. Six hidden units draw six lines, "
            "and the output joins them: after some sixty steps all 38 fruits are on their own side.",
        ),
        "all",
        [*hidden(6), _ONE],
    ),
)


def _points(told: Told, layers: list[Entry], learning_rate: float, **data: float) -> Preset:
    return told.about(
        dataset={"name": told.name, **data},
        layers=[*layers, _ONE],
        loss="binary_cross_entropy",
        optimizer=adam(learning_rate),
        batch_size=10,
    )


PLANE = (
    _points(
        Told(
            "xor",
            "points",
            "XOR",
            "Same sign or not: the smallest task that needs a hidden layer.",
            "Neither x1 nor x2 alone says anything about the class, only both together do. Four hidden units cut the "
            "plane, and the output puts the pieces together.",
        ),
        hidden(4),
        0.03,
    ),
    _points(
        Told(
            "circle",
            "points",
            "Circle",
            "A disc inside a ring: a few lines become a fence.",
            "No line goes round a disc, but four of them do. Add x1^2 and x2^2 to the features and a single unit "
            "suffices: what is a circle in x is a line in x^2.",
        ),
        hidden(4),
        0.03,
    ),
    _points(
        Told(
            "moons",
            "points",
            "Two moons",
            "Two half-moons that reach into each other.",
            "A line gets most of it right; bending it gets the rest. See which hidden units make the bend.",
        ),
        hidden(6),
        0.03,
    ),
    _points(
        Told(
            "spiral",
            "points",
            "Spiral",
            "Two arms wound around each other: the hard one.",
            "Two hidden layers of 16 need about 3,000 steps until the border winds along both arms. Give it sin(x1) "
            "and sin(x2) as features, or more noise, and compare train with test loss.",
        ),
        hidden(16, 16, activation="relu"),
        0.01,
        size=300,
        noise=0.05,
    ),
)
