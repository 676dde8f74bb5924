import math
from typing import get_args

import numpy as np
import pytest
from pydantic import TypeAdapter

from engine.arrays import Array
from engine.errors import SpecError
from engine.initializers import INITIALIZERS, default_initializer, initialize
from engine.spec import ActivationName, InitializerSpec

FAN_IN, FAN_OUT = 300, 200

#: Standard deviation and limit of each rule, from its paper, for 300 inputs and 200 outputs.
SPREAD = {
    "glorot_uniform": (math.sqrt(2 / 500), math.sqrt(6 / 500)),
    "glorot_normal": (math.sqrt(2 / 500), math.inf),
    "he_uniform": (math.sqrt(2 / 300), math.sqrt(6 / 300)),
    "he_normal": (math.sqrt(2 / 300), math.inf),
    "lecun_uniform": (math.sqrt(1 / 300), math.sqrt(3 / 300)),
    "lecun_normal": (math.sqrt(1 / 300), math.inf),
    "uniform": (1 / math.sqrt(12), 0.5),
    "normal": (0.1, math.inf),
}


def drawn(spec: object, *, seed: int = 0, dtype: str = "float64") -> Array:
    """What an initializer writes into a matrix."""
    out = np.empty((FAN_IN, FAN_OUT), dtype)
    parsed = TypeAdapter[InitializerSpec](InitializerSpec).validate_python(spec)
    initialize(parsed, out, fan_in=FAN_IN, fan_out=FAN_OUT, rng=np.random.default_rng(seed))
    return out


@pytest.mark.parametrize("name", SPREAD)
def test_spread_is_the_papers(name: str) -> None:
    """60,000 numbers have mean 0 and the rule's standard deviation, and none is beyond its limit."""
    std, limit = SPREAD[name]
    numbers = drawn(name)

    assert 0 == pytest.approx(numbers.mean(), abs=std / 50)
    assert std == pytest.approx(numbers.std(), rel=0.02)
    assert np.abs(numbers).max() <= limit


def test_constants_are_constant() -> None:
    """Zeros and constant need no randomness."""
    assert {0.0} == set(drawn("zeros").flat)
    assert {0.25} == set(drawn({"type": "constant", "value": 0.25}).flat)


def test_options_are_used() -> None:
    """Bounds of uniform, mean and standard deviation of normal."""
    uniform = drawn({"type": "uniform", "low": 2.0, "high": 3.0})
    normal = drawn({"type": "normal", "mean": 5.0, "std": 0.0})

    assert 2.0 <= uniform.min() < 2.01
    assert 2.99 < uniform.max() < 3.0
    assert {5.0} == set(normal.flat)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_same_generator_same_numbers(name: str) -> None:
    """Seed and rule decide, in either dtype."""
    np.testing.assert_array_equal(drawn(name, seed=3), drawn(name, seed=3))
    np.testing.assert_allclose(drawn(name, seed=3), drawn(name, seed=3, dtype="float32"), rtol=1e-6)


def test_bounds_the_wrong_way_round_are_refused() -> None:
    """The message names both bounds."""
    with pytest.raises(SpecError, match="low is 2 and high 1") as caught:
        drawn({"type": "uniform", "low": 2.0, "high": 1.0})

    assert ("initializer", "low") == caught.value.loc


@pytest.mark.parametrize(
    ("spec", "dtype"),
    [
        ({"type": "uniform", "low": -1e308, "high": 1e308}, "float64"),
        ({"type": "constant", "value": 1e300}, "float32"),
        ({"type": "normal", "std": 1e300}, "float32"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(spec: object, dtype: str) -> None:
    """No infinity is written silently."""
    with pytest.raises(SpecError, match="too"):
        drawn(spec, dtype=dtype)


def test_default_suits_the_activation() -> None:
    """He for relu and its kin, LeCun for selu, Glorot for the rest."""
    chosen = {name: default_initializer(name).type for name in get_args(ActivationName)}

    assert {"selu"} == {name for name, rule in chosen.items() if rule == "lecun_normal"}
    assert {"relu", "leaky_relu", "elu", "gelu", "silu", "softplus"} == {
        name for name, rule in chosen.items() if rule == "he_normal"
    }
    assert {"linear", "tanh", "sigmoid", "sin", "softmax"} == {
        name for name, rule in chosen.items() if rule == "glorot_uniform"
    }
