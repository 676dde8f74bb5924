import math
from typing import Any

import numpy as np
import pytest

from engine.arrays import Array
from engine.ops.erf import erfc_abs


def erfc(x: Array) -> Array:
    """What erfc_abs writes for x."""
    out, scratch = np.full_like(x, np.nan), np.full_like(x, np.nan)
    erfc_abs(out, x, scratch)
    return out


def test_agrees_with_the_standard_library_in_double_precision() -> None:
    """erf(x) = ±(1 - erfc(|x|)) is math.erf, within 1e-15, over all of its range."""
    x = np.linspace(-7, 7, 20_001)
    expected = np.array([math.erf(number) for number in x.tolist()])

    np.testing.assert_allclose(np.copysign(1 - erfc(x), x), expected, rtol=0, atol=1e-15)


def test_tail_keeps_its_digits() -> None:
    """Far out, where erf is 1 to the last digit, erfc is still right to twelve."""
    x = np.linspace(0, 20, 2_001)
    expected = np.array([math.erfc(number) for number in x.tolist()])

    np.testing.assert_allclose(erfc(x), expected, rtol=1e-12)


def test_agrees_with_the_standard_library_in_single_precision() -> None:
    """In float32 within 5e-7, and float32 it stays."""
    x = np.linspace(-7, 7, 20_001, dtype=np.float32)
    expected = np.array([math.erfc(abs(number)) for number in x.tolist()])

    actual = erfc(x)

    assert np.float32 == actual.dtype
    np.testing.assert_allclose(actual, expected, rtol=0, atol=5e-7)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_is_zero_far_out(dtype: type[np.floating[Any]]) -> None:
    """No overflow on the way, whatever x is (a warning fails the test)."""
    assert [0, 0] == erfc(np.array([1e30, -1e30], dtype)).tolist()
