"""Writing texts, one token after the other."""

from typing import Any

import numpy as np
import pytest

from engine.arrays import Array
from engine.cursor import Cursor
from engine.datasets import load
from engine.errors import LimitExceeded, SpecError
from engine.generating import OneStep, Writer, Written, choose
from engine.patching import validated
from engine.spec import TunesDataset

TOKENS = len(load(TunesDataset(name="tunes"), seed=0).tokens)
SPEC: dict[str, Any] = {
    "seed": 5,
    "dtype": "float64",
    "dataset": {"name": "tunes", "length": 12},
    "layers": [
        {"id": "embed", "type": "embedding", "tokens": 60, "units": 6},
        {"id": "lstm", "type": "lstm", "units": 7, "return_sequences": True},
        {"id": "gru", "type": "gru", "units": 5, "return_sequences": True},
        {"id": "rnn", "type": "rnn", "units": 5, "return_sequences": True},
    ],
    "loss": "softmax_cross_entropy",
    "batch_size": 4,
}


def session(**changes: Any) -> Cursor:
    """Three recurrent layers on tunes; the output has as many units as there are characters."""
    return Cursor(validated({**SPEC, "layers": [*SPEC["layers"], output(TOKENS)], **changes}))


def output(units: int) -> dict[str, Any]:
    """The last layer."""
    return {"id": "output", "type": "dense", "units": units, "activation": "softmax"}


def write(cursor: Cursor, **wish: Any) -> Written:
    """To the end."""
    writer = Writer(cursor.spec, cursor.network.dataset, cursor.plan.params, **wish)
    while not writer.done:
        writer.go_on()
    return writer.report()


def test_step_by_step_says_what_the_whole_sequence_says() -> None:
    """The logits at every place are those of the network that sees all twelve steps at once."""
    cursor = session()
    x: Array = cursor.network.inputs["train"][:1]
    whole = cursor.network.evaluator.forward(x)[cursor.network.graph.scores][0]
    one = OneStep(cursor.spec, cursor.plan.params)

    for _ in range(2):
        one.begin()
        np.testing.assert_allclose(whole, [one.read(int(token)).copy() for token in x[0]], rtol=1e-12)


def test_the_same_seed_writes_the_same_and_cold_is_certain() -> None:
    """Temperature 0 takes the likeliest, whatever the seed."""
    cursor = session()

    assert write(cursor, length=20, seed=1) == write(cursor, length=20, seed=1)
    assert write(cursor, length=20, seed=1).text != write(cursor, length=20, seed=2).text
    cold = write(cursor, prime="M:", length=20, temperature=0.0)
    assert write(cursor, prime="M:", length=20, temperature=0.0, seed=9) == cold
    assert cold.text.startswith("M:")
    assert 20 == len(cold.probabilities)


def test_an_end_ends_it() -> None:
    """Where the network is certain that the text is over, nothing is written."""
    cursor = session()
    cursor.set_parameter("output.b", 100.0, (0,))
    found = write(cursor, prime="M", length=50)

    assert found.ended
    assert "M" == found.text
    assert 1.0 == pytest.approx(found.probabilities[0])


def test_temperature_divides_the_logits() -> None:
    """Logits 0 and ln 9: at temperature 1 the second comes nine times in ten, at ½ 81 times in 82."""
    rng = np.random.default_rng(0)
    logits = np.array([0.0, np.log(9)])
    shares = [np.mean([choose(logits, temperature, rng) for _ in range(4000)]) for temperature in (1.0, 0.5)]

    assert shares[0] == pytest.approx(0.9, abs=0.02)
    assert shares[1] == pytest.approx(81 / 82, abs=0.01)
    assert 1 == choose(logits, 0.0, rng)


def test_what_writes_no_text_is_refused() -> None:
    """Layers that look ahead, data that are no texts, unknown characters, too much."""
    cursor = session()
    with pytest.raises(SpecError, match="vocabulary"):
        write(cursor, prime="é漢")
    with pytest.raises(LimitExceeded):
        write(cursor, length=10_000)
    ahead = [SPEC["layers"][0], {**SPEC["layers"][1], "bidirectional": True}, output(TOKENS)]
    with pytest.raises(SpecError, match="reads backwards"):
        write(session(layers=ahead))
    shared = {"id": "shared", "type": "activation", "function": "softmax", "axis": 0}
    with pytest.raises(SpecError, match="among all time steps"):
        write(session(layers=[*SPEC["layers"], shared, output(TOKENS)]))
    fruit = Cursor(validated({"dataset": {"name": "fruit"}, "layers": [output(2)], "loss": "softmax_cross_entropy"}))
    with pytest.raises(SpecError, match="fruit is no data to write texts from"):
        write(fruit)
