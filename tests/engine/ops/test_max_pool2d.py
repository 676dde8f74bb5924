from typing import Any

import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from engine.ops.windows import NO_PADDING
from tests.engine.ops.direct import max_pooling
from tests.engine.ops.harness import directional_error, run_forward, run_vjp

MAX = OPS["max_pool2d"]

X = [[[[1, 5, 2, 2], [3, 4, 2, 2]]]]
VARIANTS: list[dict[str, Any]] = [
    {"size": (2, 2), "stride": (2, 2), "padding": NO_PADDING},
    {"size": (3, 2), "stride": (1, 1), "padding": NO_PADDING},
    {"size": (3, 3), "stride": (2, 2), "padding": ((1, 1), (1, 1))},
    {"size": (2, 3), "stride": (3, 2), "padding": ((1, 0), (0, 2))},
]
every_variant = pytest.mark.parametrize("options", VARIANTS, ids=str)


def numbers() -> Any:
    """Three examples of 2 channels, no two numbers alike."""
    return np.random.default_rng(0).permuted(np.arange(3 * 2 * 7 * 6) / 10.0).reshape(3, 2, 7, 6) - 12


def test_value_and_gradient_worked_by_hand() -> None:
    """5 wins its window; of four equal numbers the first does. The winner takes all."""
    assert [[[[5, 2]]]] == run_forward(MAX, X).tolist()
    assert [[[[0, 7, 9, 0], [0, 0, 0, 0]]]] == run_vjp(MAX, "x", [[[[7, 9]]]], X).tolist()


def test_a_number_that_wins_several_windows_gets_the_sum() -> None:
    """Overlapping windows: 5 wins the first two."""
    overlapping: dict[str, Any] = {"size": (2, 2), "stride": (1, 1)}

    assert [[[[5, 5, 2]]]] == run_forward(MAX, X, **overlapping).tolist()
    assert [[[[0, 3, 4, 0], [0, 0, 0, 0]]]] == run_vjp(MAX, "x", [[[[1, 2, 4]]]], X, **overlapping).tolist()


def test_padding_never_wins() -> None:
    """Among negative numbers it would, were it 0."""
    padded: dict[str, Any] = {"size": (2, 2), "stride": (2, 2), "padding": ((1, 1), (1, 1))}

    assert [[[[-1, -2], [-3, -4]]]] == run_forward(MAX, [[[[-1, -2], [-3, -4]]]], **padded).tolist()


@every_variant
def test_every_variant_is_what_the_definition_says(options: dict[str, Any]) -> None:
    """One maximum for each number; gradients in a random direction."""
    x = numbers()

    np.testing.assert_array_equal(
        max_pooling(x, MAX.shape(x.shape, **options), **options), run_forward(MAX, x, **options)
    )
    assert directional_error(MAX, (x,), np.random.default_rng(1), **options) < 1e-6


@pytest.mark.parametrize(
    ("x", "expected"), [((4, 3), ("N", "C", "H", "W")), ((4, 1, 1, 5), ("N", 1, "at least 2", "at least 2"))]
)
def test_impossible_shapes_are_refused(x: Any, expected: Any) -> None:
    """With what would have been possible."""
    with pytest.raises(ShapeMismatch) as refusal:
        MAX.shape(x)

    assert expected == refusal.value.expected
