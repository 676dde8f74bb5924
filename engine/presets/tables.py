"""Classic tables: classes and a number from columns of measures."""

from engine.presets.preset import Entry, Preset, Told, adam, dense, hidden


def _table(told: Told, layers: list[Entry], loss: str, learning_rate: float) -> Preset:
    return told.about(
        dataset={"name": told.name}, layers=layers, loss=loss, optimizer=adam(learning_rate), batch_size=16
    )


TABLES = (
    _table(
        Told(
            "iris",
            "tables",
            "Iris",
            "Three species of iris from four lengths, softmax over three outputs.",
            "Setosa stands apart at once; versicolor and virginica overlap, so a flower or two stay in doubt. The "
            "confusion matrix shows which.",
        ),
        [*hidden(8), dense(3, "softmax")],
        "softmax_cross_entropy",
        0.02,
    ),
    _table(
        Told(
            "wine",
            "tables",
            "Wine",
            "Which of three growers made this wine? 13 inputs, three outputs.",
            "Thirteen chemical measures on very different scales: switch standardisation off and see what training "
            "makes of it.",
        ),
        [*hidden(8), dense(3, "softmax")],
        "softmax_cross_entropy",
        0.02,
    ),
    _table(
        Told(
            "breast_cancer",
            "tables",
            "Breast cancer",
            "Malignant or benign, from 30 measures of cells.",
            "Thirty inputs, many of which say nearly the same. The network soon gets about 98 of 100 right on cases "
            "it has not seen; the confusion matrix says which kind of mistake is left.",
        ),
        [*hidden(8, activation="relu"), dense(1, "sigmoid")],
        "binary_cross_entropy",
        0.01,
    ),
    _table(
        Told(
            "diabetes",
            "tables",
            "Diabetes",
            "A number instead of a class: how far a disease has gone in a year.",
            "Inputs and target are standardised, so a loss of 1 is what always answering the mean would cost. About "
            "half of that remains on the test part: the rest is not in these ten measures. Train on and the two "
            "losses part: overfitting.",
        ),
        [*hidden(8, activation="relu"), dense(1)],
        "mse",
        0.01,
    ),
)
