from typing import Any

import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.direct import convolution
from tests.engine.ops.harness import directional_error, run_forward, run_vjp

CONV1D = OPS["conv1d"]

X = [[[1], [2], [4]]]
KERNEL = [[[1, -1]], [[0, 3]]]
B = [10, 0]
DZ = [[[1, 2], [0, 5]]]
VARIANTS: list[dict[str, Any]] = [
    {},
    {"stride": 2, "padding": (1, 2)},
    {"dilation": 3, "padding": (2, 0)},
    {"groups": 2, "stride": 3},
]


def test_value_worked_by_hand() -> None:
    """1 − 2 + 10 = 9 and 3·2 = 6 at the first step; channels stand last, the kernel is not flipped."""
    assert [[[9, 6], [8, 12]]] == run_forward(CONV1D, X, KERNEL, B).tolist()


def test_gradients_worked_by_hand() -> None:
    """Each entry of a kernel gets what it saw times what came back."""
    assert [[[1, 2]], [[2 + 10, 4 + 20]]] == run_vjp(CONV1D, "kernel", DZ, X, KERNEL, B).tolist()
    assert [[[1], [-1 + 6], [15]]] == run_vjp(CONV1D, "x", DZ, X, KERNEL, B).tolist()
    assert [1, 7] == run_vjp(CONV1D, "b", DZ, X, KERNEL, B).tolist()


@pytest.mark.parametrize("options", VARIANTS, ids=str)
def test_every_variant_is_one_over_images_of_height_1(options: dict[str, Any]) -> None:
    """Stride, padding, dilation and groups, against one sum for each number; gradients in a random direction."""
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=(6, 4 // options.get("groups", 1), 3))
    x, b = rng.normal(size=(3, 9, 4)), rng.normal(size=6)
    plane = {
        "stride": (1, options.get("stride", 1)),
        "padding": ((0, 0), options.get("padding", (0, 0))),
        "dilation": (1, options.get("dilation", 1)),
        "groups": options.get("groups", 1),
    }
    steps = CONV1D.shape(x.shape, kernel.shape, b.shape, **options)[1]

    z = convolution(x.transpose(0, 2, 1)[:, :, None], kernel[:, :, None], (3, 6, 1, steps), **plane)[:, :, 0]

    np.testing.assert_allclose(run_forward(CONV1D, x, kernel, b, **options), z.transpose(0, 2, 1) + b, rtol=1e-12)
    assert directional_error(CONV1D, (x, kernel, b), rng, **options) < 1e-6


@pytest.mark.parametrize(
    ("x", "kernel", "options", "expected"),
    [
        ((4, 3), (2, 1, 3), {}, ("N", "T", "D")),
        ((4, 2, 1), (2, 1, 3), {}, ("N", "at least 3", 1)),
        ((4, 5, 3), (2, 1, 3), {"groups": 2}, ("N", 5, "a multiple of 2")),
        ((4, 5, 3), (2, 1, 3), {}, (2, 3, 3)),
    ],
)
def test_impossible_shapes_are_refused(x: Any, kernel: Any, options: Any, expected: Any) -> None:
    """With what would have been possible."""
    with pytest.raises(ShapeMismatch) as refusal:
        CONV1D.shape(x, kernel, kernel[:1], **options)

    assert expected == refusal.value.expected
    assert refusal.value.actual in {x, kernel}
