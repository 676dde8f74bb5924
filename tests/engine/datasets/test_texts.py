import numpy as np
import pytest
from pydantic import ValidationError

from engine.datasets import END, PAD, Dataset, decode_tokens
from engine.datasets.bigrams import bigram_accuracy
from engine.datasets.texts import families, tunes
from tests.engine.datasets.harness import loaded


def inputs(data: Dataset, n: int) -> str:
    """A training example as text."""
    return decode_tokens(data.tokens, data.x_train[n])


def pieces(texts: set[str], length: int = 32) -> set[str]:
    """All that stand in a row in a text."""
    return {text[at : at + length] for text in texts for at in range(len(text) - length + 1)}


def test_surnames_are_characters() -> None:
    """Index 0 pads; the length tells where it begins."""
    data = loaded("surnames", test_fraction=0.0)

    assert (5322, 14) == data.x_train.shape
    assert (PAD, "'", "-", *"abcdefghijklmnopqrstuvwxyz") == data.tokens
    assert ("abbott", "English") == (inputs(data, 0), data.classes[data.y_train[0]])
    assert data.lengths_train is not None
    np.testing.assert_array_equal((data.x_train != 0).sum(axis=1), data.lengths_train)


def test_no_surname_is_in_both_parts() -> None:
    """Not even one that two languages have."""
    data = loaded("surnames", seed=5)

    assert set() == set(map(tuple, data.raw_train.tolist())) & set(map(tuple, data.raw_test.tolist()))
    assert 0.23 < len(data.y_test) / 5322 < 0.27


def test_languages_may_be_chosen() -> None:
    """They are the classes, in the order in which they are named."""
    data = loaded("surnames", languages=["Zulu", "Italian"], test_fraction=0.0)

    assert ("Zulu", "Italian") == data.classes
    assert [400, 400] == np.bincount(data.y_train).tolist()
    assert 29 == len(data.tokens)


@pytest.mark.parametrize(
    ("languages", "message"),
    [(["Zulu"], "at least 2"), (["Zulu", "Zulu"], "named twice"), (["Zulu", "Klingon"], "'Italian'")],
)
def test_languages_that_cannot_be_told_apart_are_refused(languages: list[str], message: str) -> None:
    """One, the same twice, or none that there is."""
    with pytest.raises(ValidationError, match=message):
        loaded("surnames", languages=languages)


def test_pairs_of_characters_tell_six_names_of_ten() -> None:
    """What a network must beat; the reference page states it."""
    accuracy = bigram_accuracy(loaded("surnames", seed=0))

    assert 0.614 == pytest.approx(accuracy, abs=5e-4)


def test_a_tune_begins_and_ends_with_the_end_symbol() -> None:
    """Its windows follow each other; the target is the input one step later."""
    data = loaded("tunes", length=128, test_fraction=0.0)
    length = data.lengths_train
    assert length is not None

    assert END == data.tokens[0] == data.target_tokens[0]
    assert (0, 0) == (data.x_train[0, 0], data.y_train[1, length[1] - 1])
    assert tunes()[0] == inputs(data, 0) + inputs(data, 1)
    assert tunes()[0][:128] == decode_tokens(data.target_tokens, data.y_train[0])
    np.testing.assert_array_equal(data.x_train[0, 1:], data.y_train[0, :-1])
    assert data.lengths_train is not None
    np.testing.assert_array_equal(data.lengths_train, data.target_lengths_train)


def test_every_character_of_every_tune_is_a_target_once() -> None:
    """Without overlap, the steps of all windows are the characters and 300 ends."""
    data = loaded("tunes", test_fraction=0.0)
    assert data.lengths_train is not None

    assert sum(map(len, tunes())) + 300 == data.lengths_train.sum()
    assert 300 == (data.x_train[:, 0] == 0).sum()
    assert 39 == len(data.tokens) - 1


def test_windows_may_overlap() -> None:
    """A smaller stride makes more of them; each begins so many characters later."""
    many, few = loaded("tunes", stride=16, test_fraction=0.0), loaded("tunes", test_fraction=0.0)

    assert len(few.x_train) < len(many.x_train)
    np.testing.assert_array_equal(many.x_train[0, 16:], many.x_train[1, :-16])


def test_tunes_of_the_test_part_are_unseen() -> None:
    """Every tune is in one part, with its variants: no 32 characters of notes are in both."""
    data = loaded("tunes", length=256, seed=2)
    train, test = (
        {decode_tokens(data.tokens, ids).split("\n")[-1] for ids in part} for part in (data.x_train, data.x_test)
    )

    assert 294 == len(train) + len(test) == len(set(tunes()))
    assert set() == pieces(train) & pieces(test)
    assert 0.2 < len(test) / 294 < 0.3


def test_families_share_a_piece() -> None:
    """Directly, or through another."""
    assert [0, 0, 2, 0] == families(["abcd", "xbcde", "abxcd", "yycdey"], 3)


def test_number_words_are_translated() -> None:
    """Padded with 0 on both sides; the answer's length counts its ⏎."""
    data = loaded("number_words", test_fraction=0.0)
    source, target = data.lengths_train, data.target_lengths_train
    assert source is not None
    assert target is not None

    assert "one thousand nine hundred eighty-four" == inputs(data, 1984)
    assert "mille neuf cent quatre-vingt-quatre" == decode_tokens(data.target_tokens, data.y_train[1984])
    assert (37, 36) == (source[1984], target[1984])
    assert (PAD, END) == (data.tokens[0], data.target_tokens[0])
    assert (42, 47) == (source.max(), target.max()) == (data.x_train.shape[1], data.y_train.shape[1])


def test_fewer_numbers_have_the_same_tokens() -> None:
    """And take fewer time steps; a quarter is unseen."""
    data, whole = loaded("number_words", limit=100), loaded("number_words")

    assert (75, 25) == (len(data.x_train), len(data.x_test))
    assert data.x_train.shape[1] == len("seventy-seven")
    assert (whole.tokens, whole.target_tokens) == (data.tokens, data.target_tokens)


@pytest.mark.parametrize("name", ["surnames", "tunes", "number_words"])
def test_same_seed_same_split(name: str) -> None:
    """Another seed tests other texts."""
    one, same, other = loaded(name, seed=1), loaded(name, seed=1, shuffle=False), loaded(name, seed=2)

    np.testing.assert_array_equal(one.rows_test, same.rows_test)
    assert not np.array_equal(one.rows_test, other.rows_test)
