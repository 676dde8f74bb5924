from typing import Any

from engine.initializers import INITIALIZERS
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from tests.engine.optimizers.reference import PAGE, page


def test_reference_page_is_up_to_date() -> None:
    """The page is what the registries give: otherwise run ``python -m tests.engine.optimizers.reference``."""
    assert page() == PAGE.read_text(encoding="utf-8")


def test_every_entry_is_documented() -> None:
    """Name, formula and summary of each optimizer, schedule and initializer stand in the reference."""
    text = PAGE.read_text(encoding="utf-8")

    entries: list[Any] = [*OPTIMIZERS.values(), *SCHEDULES.values(), *INITIALIZERS.values()]
    for entry in entries:
        assert f"# `{entry.name}`" in text
        assert entry.formula in text
        assert entry.summary in text
