"""Long lags: what a plain recurrent network forgets and an LSTM keeps."""

from engine.presets.preset import Entry, Preset, Told, adam, dense

#: Time steps; long enough that what the plain network learns at the end does not reach the beginning.
LENGTH = 60
_RECALL_TOKENS = 11


def _recall(told: Told, recurrent: str) -> Preset:
    return told.about(
        dataset={"name": "recall", "length": LENGTH},
        layers=[
            {"id": "symbols", "type": "one_hot", "tokens": _RECALL_TOKENS},
            {"id": recurrent, "type": recurrent, "units": 8},
            dense(1, "sigmoid"),
        ],
        loss="binary_cross_entropy",
        optimizer=adam(0.01),
        batch_size=16,
    )


def _adding(told: Told, recurrent: str) -> Preset:
    layer: Entry = {"id": recurrent, "type": recurrent, "units": 16}
    return told.about(
        dataset={"name": "adding", "length": LENGTH},
        layers=[layer, dense(1)],
        loss="mse",
        optimizer=adam(0.01, clip={"type": "norm", "limit": 1.0}),
        batch_size=32,
    )


LAGS = (
    _recall(
        Told(
            "recall_rnn",
            "sequences",
            "Remember the first symbol: RNN",
            "A or B, then 60 symbols that say nothing: a plain recurrent network guesses.",
            "To learn that only the first symbol counts, the gradient must come back from the last time step to it. "
            "At each step back it is multiplied by the same weights and by tanh′ < 1: of the gradient at the last "
            "step less than a ten-millionth reaches the first. Look at the gradients of h by time step, from right to "
            "left. The network learns some of the training part by heart, from its last symbols, and guesses on the "
            "test part.",
        ),
        "rnn",
    ),
    _recall(
        Told(
            "recall_lstm",
            "sequences",
            "Remember the first symbol: LSTM",
            "The same task with a cell that keeps: every one is told right.",
            "c_t = f c_{t-1} + i g: along the cell the gradient is multiplied by the forget gate alone, which begins "
            "at about 0.73. At first no more than a thousandth of the gradient of c comes back through 60 steps, but "
            "that is thousands of times what the plain network gets, and enough to learn from: after some hundred "
            "steps the first time step gets as much as the last, and every test example is told right. Compare the "
            "gradients of c by time step before and after.",
        ),
        "lstm",
    ),
    _adding(
        Told(
            "adding_rnn",
            "sequences",
            "The adding problem: RNN",
            "Add the two marked values out of 60: a plain recurrent network does hardly better than guessing.",
            "Two of 60 values are marked, one in each half; the answer is their sum. Always answering 1 has a loss of "
            "1/6 = 0.167, and that is about where this network stays: the mark of the first half is too far back. "
            "Compare the gradients of h by time step with those of the LSTM.",
        ),
        "rnn",
    ),
    _adding(
        Told(
            "adding_lstm",
            "sequences",
            "The adding problem: LSTM",
            "The same 60 values with an LSTM: the loss falls below a hundredth of what guessing costs.",
            "For some hundred steps it, too, only knows the mean. Then the gates learn to open for what is marked and "
            "to keep it, and the loss drops from 0.14 to below 0.001. Look for a unit that does it: its input gate is "
            "open at the two marks and shut elsewhere, and its forget gate stays at 0.99, so that the cell keeps what "
            "was let in.",
        ),
        "lstm",
    ),
)
