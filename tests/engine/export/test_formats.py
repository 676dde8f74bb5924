"""What all formats have in common."""

import pytest

from engine.export import FORMATS
from engine.layers import LAYERS
from tests.engine.export.sessions import NETWORKS


def test_every_layer_is_in_a_network_that_is_exported() -> None:
    """So that each is written in every format, and compared with the engine."""
    layers = {layer.spec.type for make in NETWORKS.values() for layer in make().network.graph.layers.values()}

    assert set(LAYERS) == layers, "add it to a network in tests/engine/export/sessions.py"


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_described(name: str) -> None:
    """Name, suffix, media type, and a sentence for people."""
    entry = FORMATS[name]

    assert name == entry.name
    assert entry.suffix.isalnum()
    assert "/" in entry.media_type
    assert entry.summary.endswith(".")
