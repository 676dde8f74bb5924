"""Writing without a teacher: greedy and by chance, with what was looked at."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.decoding import Writer, best, drawn, exactly_right, until_end
from engine.errors import SpecError
from engine.limits import Limits
from engine.network import Network, build
from engine.spec import SessionSpec


def translation(*, attention: bool = True, limit: int = 30) -> Network:
    """Number words below 30, a small encoder and decoder."""
    layers: list[dict[str, Any]] = [
        {"id": "embed", "type": "embedding", "tokens": 22, "units": 8},
        {"id": "encoder", "type": "gru", "units": 16, "return_sequences": attention},
        {"id": "decoder", "type": "decoder", "units": 16, "tokens": 25, "cell": "gru", "attention": attention},
    ]
    dataset = {"name": "number_words", "limit": limit, "test_fraction": 0.0}
    spec = {"dataset": dataset, "layers": layers, "loss": "softmax_cross_entropy", "batch_size": 10, "seed": 1}
    optimizer = {"type": "adam", "learning_rate": 0.01}
    return build(SessionSpec.model_validate({**spec, "optimizer": optimizer}), Limits())


def test_what_was_learned_by_heart_is_written_without_a_teacher() -> None:
    """Thirty number words, trained until each is known."""
    network = translation()
    before = exactly_right(network, "train")
    for _ in range(400):
        network.trainer.run_step()

    assert before == 0
    assert exactly_right(network, "train") >= 0.9


def test_the_targets_are_never_looked_at() -> None:
    """Whatever they are, the same is written; and the training plan is left alone."""
    network = translation()
    for _ in range(20):
        network.trainer.run_step()
    params = network.trainer.plan.params.copy()
    writer = Writer(network.graph, network.trainer.plan.params)

    first = writer.write(network.inputs["train"][:5]).tokens
    again = writer.write(network.inputs["train"][:5]).tokens

    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(params, network.trainer.plan.params)


def test_many_are_written_in_pieces_and_each_as_if_alone() -> None:
    """More than fit at once."""
    network = translation(limit=300)
    writer = Writer(network.graph, network.trainer.plan.params)
    inputs = network.inputs["train"]

    np.testing.assert_array_equal(writer.write(inputs).tokens[270:], writer.write(inputs[270:]).tokens)


def test_attention_says_where_it_looked() -> None:
    """Shares of 1 over the real places of what was read."""
    network = translation()
    inputs = network.inputs["train"][:3]
    looked = Writer(network.graph, network.trainer.plan.params).write(inputs).attention

    assert looked is not None
    np.testing.assert_allclose(1, looked.sum(axis=2), rtol=1e-5)
    assert (looked[:, :, inputs[0] == 0][0] == 0).all()
    plain = translation(attention=False)
    assert Writer(plain.graph, plain.trainer.plan.params).write(inputs).attention is None


def test_a_symbol_by_chance_follows_the_scores() -> None:
    """At a low temperature it is the best one, at a high one any."""
    scores = np.tile(np.log([0.7, 0.2, 0.1]), (4000, 1))
    rng = np.random.default_rng(5)

    assert {0} == set(best(scores))
    assert {0} == set(drawn(0.01, rng)(scores))
    assert 0.7 == pytest.approx((drawn(1.0, rng)(scores) == 0).mean(), abs=0.03)


def test_what_follows_the_end_is_not_read() -> None:
    """The end symbol itself neither."""
    assert [3, 1] == until_end(np.array([3, 1, 0, 2]))
    assert [3, 1] == until_end(np.array([3, 1]))


def test_only_a_decoder_writes() -> None:
    """The message says so."""
    spec = {"dataset": {"name": "xor"}, "layers": [{"type": "dense", "units": 1}], "loss": "mse"}
    network = Cursor(SessionSpec.model_validate(spec)).network

    with pytest.raises(SpecError, match="decoder"):
        Writer(network.graph, network.trainer.plan.params)
