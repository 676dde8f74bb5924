"""Every result that the documentation states is reached again, from its seed."""

import pytest

from tests.engine.results import FAILURES, PAGE, RESULTS, Result, right_bars


@pytest.mark.slow
@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.preset)
def test_a_preset_comes_to_what_is_promised(result: Result) -> None:
    """On the whole test part, after so many steps."""
    assert result.holds(result.of(result.train()))


@pytest.mark.slow
def test_bars_of_tunes_that_are_written_have_the_length_of_their_metre() -> None:
    """Nine of ten at least, at a temperature of 0.5."""
    (tunes,) = (result for result in RESULTS if result.preset == "tunes")
    right, bars = right_bars(tunes.train(), temperature=0.5)

    assert bars > 200
    assert right >= 0.9 * bars


@pytest.mark.slow
@pytest.mark.parametrize("result", FAILURES, ids=lambda result: result.preset)
def test_a_preset_that_shows_a_failure_fails(result: Result) -> None:
    """The training goes on without a number that is not finite, and learns next to nothing."""
    cursor = result.train()

    assert cursor.diverged is None
    assert not result.holds(result.of(cursor))


def test_the_page_states_every_result() -> None:
    """With the steps it takes and what a test asks for."""
    first_table = PAGE.read_text(encoding="utf-8").partition("\n## ")[0]
    rows = [line.split("|") for line in first_table.splitlines() if line.startswith("| `")]
    stated = {row[1].strip(" `"): (row[2].partition("(")[0].strip(), row[-2].strip()) for row in rows}

    for result in (*RESULTS, *FAILURES):
        assert (f"{result.steps:,}", result.asked(succeeds=result in RESULTS)) == stated[result.preset]
