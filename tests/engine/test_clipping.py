import math

import numpy as np
import pytest

from engine.arrays import Array
from engine.clipping import clip, norm
from engine.spec import ClipNorm, ClipSpec, ClipValue


def clipped(spec: ClipSpec, grad: list[float], dtype: str = "float64") -> Array:
    """The clipped gradient; the gradient itself must not change."""
    vector = np.array(grad, dtype)
    vector.flags.writeable = False
    out = np.full_like(vector, np.nan)
    clip(out, vector, spec)
    return out


def test_by_value_holds_each_entry_within_the_limit() -> None:
    """Entries within stay as they are."""
    assert [-0.5, 0.5, 0.1, 0.0] == clipped(ClipValue(limit=0.5), [-3.0, 2.0, 0.1, 0.0]).tolist()


def test_by_norm_scales_a_long_gradient_to_the_limit() -> None:
    """(3, 4) has norm 5: with limit 1 it becomes (0.6, 0.8)."""
    assert [0.6, 0.8] == pytest.approx(clipped(ClipNorm(limit=1.0), [3.0, 4.0]).tolist())


def test_by_norm_leaves_a_short_gradient_alone() -> None:
    """Bit for bit."""
    assert [3.0, 4.0] == clipped(ClipNorm(limit=5.0), [3.0, 4.0]).tolist()


@pytest.mark.parametrize("spec", [ClipValue(limit=1.0), ClipNorm(limit=1.0)])
@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_gradient_that_is_not_finite_is_not_hidden(spec: ClipSpec, number: float) -> None:
    """NaN stays NaN; under clipping by norm infinity becomes NaN. By value, infinity is a large number like others."""
    with np.errstate(invalid="ignore"):
        out = clipped(spec, [0.5, number])

    assert (isinstance(spec, ClipValue) and number == math.inf) == bool(np.isfinite(out).all())


def test_squares_beyond_single_precision_do_not_matter() -> None:
    """(3, 4)·10³⁰ squares to infinity in float32, (3, 4)·10⁻³⁰ to 0; both are clipped rightly."""
    with np.errstate(over="ignore"):
        large = clipped(ClipNorm(limit=1.0), [3e30, 4e30], "float32")
        small = clipped(ClipNorm(limit=1e-30), [3e-30, 4e-30], "float32")

    assert [0.6, 0.8] == pytest.approx(large.tolist(), rel=1e-6)
    assert [0.6e-30, 0.8e-30] == pytest.approx(small.tolist(), rel=1e-6)


def test_norm_of_nothing_is_zero() -> None:
    """Neither zeros nor no entries at all divide by zero."""
    assert [0.0, 0.0] == [norm(np.zeros(3), np.empty(3)), norm(np.zeros(0), np.empty(0))]


def test_the_clipped_norm_is_the_limit_itself() -> None:
    """Not a millionth less, as where something is added to the norm."""
    np.testing.assert_allclose([0.6, 0.8], clipped(ClipNorm(limit=1.0), [3.0, 4.0]), rtol=1e-15)
