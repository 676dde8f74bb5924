"""Texts, character by character: surnames and tunes."""

from engine.presets.preset import Entry, Preset, Told, dense

_NAME_TOKENS, _TUNE_TOKENS = 29, 40


def _dropout(identifier: str, rate: float) -> Entry:
    return {"id": identifier, "type": "dropout", "rate": rate}


def _characters(tokens: int, units: int) -> Entry:
    return {"id": "characters", "type": "embedding", "tokens": tokens, "units": units}


def _surnames(told: Told, recurrent: str) -> Preset:
    return told.about(
        dataset={"name": "surnames"},
        layers=[
            _characters(_NAME_TOKENS, 32),
            _dropout("drop1", 0.3),
            {"id": recurrent, "type": recurrent, "units": 64, "bidirectional": True},
            _dropout("drop2", 0.5),
            dense(16, "softmax"),
        ],
        loss="softmax_cross_entropy",
        optimizer={
            "type": "adamw",
            "learning_rate": 0.01,
            "weight_decay": 0.05,
            "schedule": {"type": "cosine", "steps": 1890},
        },
        batch_size=64,
    )


TEXTS = (
    _surnames(
        Told(
            "surnames_lstm",
            "sequences",
            "Surnames: LSTM",
            "In which of 16 languages is a surname common? An LSTM reads it letter by letter, both ways.",
            "Each letter is looked up in a table that is learned, and the LSTM carries a state from letter to letter, "
            "once from the beginning and once from the end; the two last states tell the language. Counting pairs of "
            "letters tells 62 of 100 names rightly: the network must find more than that, and does, because it "
            "remembers. Open a name, see which gate opens at which letter, and in the confusion matrix which "
            "languages are taken for each other. A name does not say who a person is.",
        ),
        "lstm",
    ),
    _surnames(
        Told(
            "surnames_gru",
            "sequences",
            "Surnames: GRU",
            "The same with a GRU: two gates instead of three, and no cell.",
            "h_t = u h_{t-1} + (1 - u) n: one gate says what is kept of the state and what is written anew, the other "
            "how much of the past the new part may see. Three quarters of the LSTM's recurrent weights, and answers "
            "as good. Type your own name, and step back through it letter by letter: which one moved the answer?",
        ),
        "gru",
    ),
    Told(
        "tunes",
        "sequences",
        "Folk tunes",
        "300 dance tunes, character by character: guess the one that comes next.",
        "ABC notation writes a tune as text: letters are notes, | begins a bar. At each of 64 steps the network "
        "guesses the next character from all before it. First it learns which characters are frequent, then that "
        "notes come in groups and bars in lengths. Whoever knows only the three characters before is right 41 times "
        "in 100, the network 54 times. Let it write a tune: at a temperature of 0.5 nearly every bar has the length "
        "that the metre asks, at 1 seven of eight.",
    ).about(
        dataset={"name": "tunes"},
        layers=[
            _characters(_TUNE_TOKENS, 32),
            {"id": "lstm", "type": "lstm", "units": 128, "return_sequences": True},
            _dropout("drop", 0.5),
            dense(_TUNE_TOKENS, "softmax"),
        ],
        loss="softmax_cross_entropy",
        optimizer={
            "type": "adamw",
            "learning_rate": 0.005,
            "weight_decay": 0.05,
            "schedule": {"type": "cosine", "steps": 880, "end_factor": 0.05},
            "clip": {"type": "norm", "limit": 1.0},
        },
        batch_size=16,
    ),
)
