"""What the tests of exports share."""

from collections.abc import Iterator

import pytest

from tests.engine.export.running import Elsewhere


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Elsewhere]:
    """Another Python, which knows no Deltaflow."""
    process = Elsewhere()
    yield process
    process.close()
