from engine.errors import MOST_LISTED, UnknownName


def test_an_unknown_name_is_answered_with_those_that_there_are() -> None:
    """The nearest first."""
    error = UnknownName("node", "hiden", ["output", "hidden"])

    assert 'there is no node "hiden"; did you mean "hidden"? Known: hidden, output' == error.message


def test_no_more_names_are_listed_than_one_can_read() -> None:
    """But the nearest of all is found, and the rest is counted."""
    names = [f"lstm.h[{step}]" for step in range(1000)]
    message = UnknownName("node", "lstm.h[998", names).message

    assert 'did you mean "lstm.h[998]"?' in message
    assert message.endswith(f" and {1000 - MOST_LISTED} more")
    assert MOST_LISTED == message.partition("Known: ")[2].count("lstm.h")
