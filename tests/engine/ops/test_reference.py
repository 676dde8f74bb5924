from engine.ops import OPS
from tests.engine.ops.reference import PAGE, page


def test_reference_page_is_up_to_date() -> None:
    """The page is what the table gives: otherwise run ``python -m tests.engine.ops.reference``."""
    assert page() == PAGE.read_text(encoding="utf-8")


def test_every_operation_is_documented() -> None:
    """Name, forward formula and each gradient's formula of every operation stand in the reference."""
    text = PAGE.read_text(encoding="utf-8")

    for op in OPS.values():
        assert f"### `{op.name}`" in text
        assert all(formula in text for formula in (op.formula, *(vjp.formula for vjp in op.vjps)))
