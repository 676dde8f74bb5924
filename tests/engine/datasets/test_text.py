import numpy as np
import pytest

from engine.datasets import decode_tokens, encode_text
from engine.errors import SpecError
from tests.engine.datasets.harness import loaded


def test_a_text_goes_to_tokens_and_back() -> None:
    """Padded to the network's time steps."""
    data = loaded("surnames")
    ids, length = encode_text(data, "o'neill")

    assert ((14,), 7) == (ids.shape, length)
    assert "o'neill" == decode_tokens(data.tokens, ids)
    assert [0.0] * 7 == ids[7:].tolist()


def test_capitals_and_accents_are_dropped_where_the_vocabulary_has_none() -> None:
    """But kept where it has them."""
    surnames, tunes = loaded("surnames"), loaded("tunes")

    assert "muller" == decode_tokens(surnames.tokens, encode_text(surnames, "Müller")[0])
    assert "K:G" == decode_tokens(tunes.tokens, encode_text(tunes, "K:G")[0])


def test_a_tune_begins_with_the_end_symbol() -> None:
    """As the tunes of the data do."""
    data = loaded("tunes", test_fraction=0.0)
    ids, length = encode_text(data, "M:2/4")

    np.testing.assert_array_equal(data.x_train[0, :6], ids[:6])
    assert 6 == length


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("na3me", r"there is no '3' \(place 2\) in the vocabulary. Known: ' - a b c"),
        ("·", "there is no '·'"),
        ("", "1 to 14 characters is expected, but this one has 0"),
        ("a" * 15, "but this one has 15"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, message: str) -> None:
    """Which character, where, and which there are; how long it may be."""
    with pytest.raises(SpecError, match=message) as caught:
        encode_text(loaded("surnames"), text, ("text",))

    assert ("text",) == caught.value.loc


def test_numbers_have_no_text() -> None:
    """The message names the dataset."""
    with pytest.raises(SpecError, match="digits takes no text"):
        encode_text(loaded("digits"), "seven")


@pytest.mark.parametrize("wrong", [29, -1, 0.5])
def test_a_token_that_there_is_not_is_refused(wrong: float) -> None:
    """With its place."""
    with pytest.raises(SpecError, match=f"tokens are 0 to 28, but at place 1 there is {wrong:g}"):
        decode_tokens(loaded("surnames").tokens, [3, wrong])
