from typing import Any

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.direct import under
from tests.engine.ops.harness import directional_error, run_forward, run_vjp
from tests.engine.ops.test_max_pool2d import VARIANTS, numbers

AVG = OPS["avg_pool2d"]


def test_value_and_gradient_worked_by_hand() -> None:
    """The mean of 1, 2, 3 and 6 is 3; each gets a quarter of what comes back."""
    assert [[[[3]]]] == run_forward(AVG, [[[[1, 2], [3, 6]]]]).tolist()
    assert [[[[2, 2], [2, 2]]]] == run_vjp(AVG, "x", [[[[8]]]], [[[[1, 2], [3, 6]]]]).tolist()


def test_padding_counts_as_zeros() -> None:
    """One number of four under the window: a quarter of it."""
    padded = {"size": (2, 2), "stride": (2, 2), "padding": ((1, 1), (1, 1))}

    assert [[[[1, 2], [3, 4]]]] == run_forward(AVG, [[[[4, 8], [12, 16]]]], **padded).tolist()


@pytest.mark.parametrize("options", VARIANTS, ids=str)
def test_every_variant_is_what_the_definition_says(options: dict[str, Any]) -> None:
    """Overlapping windows get their shares added; gradients in a random direction."""
    x = numbers()
    y = run_forward(AVG, x, **options)
    for n, i, j in np.ndindex(len(y), *y.shape[2:]):
        window = np.nan_to_num(under(x[n], i, j, options["size"], options["stride"], options["padding"], (1, 1)))
        np.testing.assert_allclose(window.mean(axis=(1, 2)), y[n, :, i, j], rtol=1e-12, atol=1e-12)

    assert directional_error(AVG, (x,), np.random.default_rng(1), **options) < 1e-6
