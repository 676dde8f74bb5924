"""A text of one's own, translated."""

import numpy as np
import pytest

from engine.datasets.text import END
from engine.decoding import Writer, until_end
from engine.errors import SpecError
from engine.network import Network
from engine.translating import Translated, Translation
from tests.engine.test_decoding import translation


def translate(network: Network, text: str, **wish: float) -> Translated:
    """To the end."""
    errand = Translation(network, text, **wish)  # type: ignore[arg-type]
    while not errand.done:
        errand.go_on()
    report = errand.report()
    assert report is not None
    return report


def test_what_was_learned_is_written_and_ended() -> None:
    """Thirty number words, trained until each is known: the text of the data's own target, and it is sure of it."""
    network = translation()
    for _ in range(400):
        network.trainer.run_step()
    found = translate(network, "seven")

    assert "sept" == found.text
    assert ("s", "e", "p", "t", END) == found.tokens
    assert found.ended
    assert found.probabilities is not None
    assert min(found.probabilities) > 0.5


def test_it_is_what_the_decoder_writes_of_the_data() -> None:
    """An example of the data, typed: the same symbols, and the same looks."""
    network = translation()
    ids = network.dataset.raw_train[3].astype(int)
    found = translate(network, "".join(network.dataset.tokens[k] for k in ids if k))
    written = Writer(network.graph, network.trainer.plan.params).write(network.inputs["train"][3:4])

    assert "".join(network.dataset.target_tokens[k] for k in until_end(written.tokens[0])) == found.text
    assert found.attention is not None
    assert written.attention is not None
    rows, columns = found.attention.weights.shape
    assert (len(found.tokens), np.count_nonzero(ids)) == (rows, columns)
    np.testing.assert_allclose(written.attention[0, :rows, :columns], found.attention.weights, rtol=1e-5)
    np.testing.assert_allclose(1, found.attention.weights.sum(axis=1), rtol=1e-5)


def test_probabilities_are_those_of_a_softmax_at_temperature_1() -> None:
    """Two symbols that matter, logits 0 and ln 3: 1/4 and 3/4, whatever the temperature of the drawing."""
    network = translation()
    parameters = network.trainer.plan.parameters
    parameters["decoder.W_o"][:] = 0
    parameters["decoder.b_o"][:] = -100
    parameters["decoder.b_o"][2:4] = 0, np.log(3)
    drawn = translate(network, "one", temperature=4.0, seed=1)
    likely = {network.dataset.target_tokens[2]: 0.25, network.dataset.target_tokens[3]: 0.75}

    assert set(likely) == set(drawn.tokens)
    assert drawn.probabilities == pytest.approx([likely[token] for token in drawn.tokens])
    assert {network.dataset.target_tokens[3]} == set(translate(network, "one").tokens)
    assert not drawn.ended


def test_without_attention_nothing_was_looked_at() -> None:
    """The decoder has only the encoder's last state."""
    assert translate(translation(attention=False), "two").attention is None


@pytest.mark.parametrize(("text", "words"), [("2", "no '2'"), ("", "1 to"), ("o" * 99, "this one has 99")])
def test_what_is_no_text_of_the_vocabulary_is_refused(text: str, words: str) -> None:
    """Which character, how many there may be."""
    with pytest.raises(SpecError, match=words):
        Translation(translation(), text)
