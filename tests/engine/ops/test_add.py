import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

ADD = OPS["add"]


def test_value_worked_by_hand() -> None:
    """Number by number, any number of inputs."""
    assert [[111, 222]] == run_forward(ADD, [[1, 2]], [[10, 20]], [[100, 200]]).tolist()


def test_gradient_worked_by_hand() -> None:
    """Each input gets all of the upstream gradient."""
    for index in range(2):
        assert [[5, 7]] == run_vjp(ADD, "x*", [[5, 7]], [[1, 2]], [[10, 20]], index=index).tolist()


def test_inputs_of_different_shapes_are_refused() -> None:
    """Nothing is broadcast in silence."""
    with pytest.raises(ShapeMismatch) as error:
        ADD.shape((4, 3), (4, 1))

    assert (4, 3) == error.value.expected
    assert (4, 1) == error.value.actual
