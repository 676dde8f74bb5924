from engine.layers import LAYERS
from tests.engine.layers.reference import PAGE, page


def test_reference_page_is_up_to_date() -> None:
    """The page is what the registry gives: otherwise run ``python -m tests.engine.layers.reference``."""
    assert page() == PAGE.read_text(encoding="utf-8")


def test_every_layer_is_documented() -> None:
    """Its name and formula stand in the reference."""
    text = PAGE.read_text(encoding="utf-8")

    for layer in LAYERS.values():
        assert f"## `{layer.name}`" in text
        assert layer.formula in text
