"""Sentences that the engine has none for."""

from app.shards.words import hand_sentence


def test_an_entry_set_by_hand_is_named_from_one() -> None:
    """Row 0, column 2 is [1, 3], with a true minus sign."""
    expected = "output.W[1, 3] is set to \N{MINUS SIGN}0.75 by hand: step 60 begins again."

    assert expected == hand_sentence("output.W", (0, 2), -0.75, 60)


def test_a_whole_parameter_set_by_hand_is_not_quoted() -> None:
    """Its numbers would fill the page."""
    assert "output.b is set by hand: step 0 begins again." == hand_sentence("output.b", None, [0.0, 1.0], 0)
