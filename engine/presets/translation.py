"""Sequence to sequence: number words from English to French."""

from engine.presets.preset import Told, adam

_ENGLISH, _FRENCH, UNITS, EMBEDDING = 22, 25, 64, 16

TRANSLATION = Told(
    "translation",
    "sequences",
    "Number words, English to French",
    "ninety-seven becomes quatre-vingt-dix-sept: an encoder reads, a decoder writes, attention looks back.",
    "The encoder reads the English letters, the decoder writes the French ones, each from its state, from the letter "
    "before and from a look at all that was read. In training a teacher gives it the true letter before; on its own "
    "it reads what it has written. French counts by scores from 70 to 99, and the network finds that out from "
    "examples: of the numbers that it has never seen more than 99 of 100 come out without a single wrong letter. What "
    "it gets wrong are the shortest, of which it has seen so few. Watch the weights of the attention move along the "
    "word.",
).about(
    dataset={"name": "number_words"},
    layers=[
        {"id": "letters", "type": "embedding", "tokens": _ENGLISH, "units": EMBEDDING},
        {"id": "encoder", "type": "lstm", "units": UNITS, "return_sequences": True},
        {
            "id": "decoder",
            "type": "decoder",
            "units": UNITS,
            "tokens": _FRENCH,
            "embedding": EMBEDDING,
            "cell": "lstm",
            "attention": True,
        },
    ],
    loss="softmax_cross_entropy",
    optimizer=adam(
        0.01,
        schedule={"type": "cosine", "steps": 705, "end_factor": 0.02},
        clip={"type": "norm", "limit": 1.0},
    ),
    batch_size=32,
)
