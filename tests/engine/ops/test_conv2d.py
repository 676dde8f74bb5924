from typing import Any

import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS, correlation
from tests.engine.ops.direct import convolution
from tests.engine.ops.harness import directional_error, run_forward, run_vjp

CONV2D = OPS["conv2d"]

X = [[[[1, 2, 3], [4, 5, 6], [7, 8, 9]]]]
KERNEL = [[[[1, 0], [0, -2]]]]
B = [10]
DZ = [[[[1, 2], [0, 3]]]]

VARIANTS: list[dict[str, Any]] = [
    {},
    {"stride": (2, 1)},
    {"stride": (3, 2), "padding": ((1, 2), (0, 1))},
    {"padding": ((2, 2), (3, 3))},
    {"dilation": (2, 3), "padding": ((1, 0), (2, 1))},
    {"groups": 2},
    {"groups": 4, "stride": (2, 2), "padding": ((1, 1), (1, 1)), "dilation": (1, 2)},
]
every_variant = pytest.mark.parametrize("options", VARIANTS, ids=str)


def arrays(options: dict[str, Any], seed: int = 0) -> tuple[Any, Any, Any]:
    """Three examples of 4 channels, 8 filters of 3 × 2."""
    rng = np.random.default_rng(seed)
    kernel = rng.normal(size=(8, 4 // options.get("groups", 1), 3, 2))
    return rng.normal(size=(3, 4, 7, 8)), kernel, rng.normal(size=8)


def test_value_worked_by_hand() -> None:
    """1·1 − 2·5 + 10 = 1 in the corner: the kernel is not flipped."""
    assert [[[[1, 0], [-2, -3]]]] == run_forward(CONV2D, X, KERNEL, B).tolist()


def test_gradients_worked_by_hand() -> None:
    """dkernel = what each entry saw times what came back; dx: 5 lies under kernel[1,1] first and kernel[0,0] last."""
    assert [[[[1 + 4 + 15, 2 + 6 + 18], [4 + 10 + 24, 5 + 12 + 27]]]] == run_vjp(
        CONV2D, "kernel", DZ, X, KERNEL, B
    ).tolist()
    assert [[[[1, 2, 0], [0, 3 - 2, -4], [0, 0, -6]]]] == run_vjp(CONV2D, "x", DZ, X, KERNEL, B).tolist()
    assert [6] == run_vjp(CONV2D, "b", DZ, X, KERNEL, B).tolist()


@every_variant
def test_every_variant_is_what_the_definition_says(options: dict[str, Any]) -> None:
    """Stride, padding, dilation and groups, against one sum for each number."""
    x, kernel, b = arrays(options)
    shape = CONV2D.shape(x.shape, kernel.shape, b.shape, **options)

    expected = convolution(x, kernel, shape, **options) + b[:, None, None]

    np.testing.assert_allclose(run_forward(CONV2D, x, kernel, b, **options), expected, rtol=1e-12, atol=1e-12)


@every_variant
def test_every_variant_has_right_gradients(options: dict[str, Any]) -> None:
    """In a random direction."""
    assert directional_error(CONV2D, arrays(options), np.random.default_rng(1), **options) < 1e-6


@every_variant
def test_a_large_batch_in_portions_is_what_it_is_at_once(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Values and gradients, whatever the portions' size."""
    x, kernel, b = arrays(options)
    z = run_forward(CONV2D, x, kernel, b, **options)
    names = ("x", "kernel", "b")
    whole = [run_vjp(CONV2D, name, np.cos(z), x, kernel, b, **options) for name in names]
    correlation.layout.cache_clear()
    monkeypatch.setattr(correlation, "MOST_PATCHES", 1)

    np.testing.assert_allclose(run_forward(CONV2D, x, kernel, b, **options), z, rtol=1e-12, atol=1e-12)
    for name, gradient in zip(names, whole, strict=True):
        again = run_vjp(CONV2D, name, np.cos(z), x, kernel, b, **options)
        np.testing.assert_allclose(again, gradient, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("x", "kernel", "options", "expected"),
    [
        ((4, 3), (2, 1, 3, 3), {}, ("N", "C", "H", "W")),
        ((4, 1, 2, 5), (2, 1, 3, 3), {}, ("N", 1, "at least 3", "at least 3")),
        ((4, 1, 4, 4), (2, 1, 3, 3), {"dilation": (2, 1)}, ("N", 1, "at least 5", "at least 3")),
        ((4, 3, 4, 4), (2, 1, 3, 3), {"groups": 2}, ("N", "a multiple of 2", 4, 4)),
        ((4, 3, 4, 4), (2, 1, 3, 3), {}, (2, 3, 3, 3)),
    ],
)
def test_impossible_shapes_are_refused(x: Any, kernel: Any, options: Any, expected: Any) -> None:
    """With what would have been possible."""
    with pytest.raises(ShapeMismatch) as refusal:
        CONV2D.shape(x, kernel, kernel[:1], **options)

    assert expected == refusal.value.expected
    assert refusal.value.actual in {x, kernel}
