from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

CLAMP = OPS["clamp"]


def test_a_held_unit_keeps_its_value_and_hands_nothing_back() -> None:
    """Unit 0 is killed, unit 2 held at 0.5; the one between is free."""
    x, held = [[1.0, 2, 3], [4, 5, 6]], {0: 0.0, 2: 0.5}

    assert [[0, 2, 0.5], [0, 5, 0.5]] == run_forward(CLAMP, x, axis=-1, held=held).tolist()
    assert [[0, 8, 0], [0, 11, 0]] == run_vjp(CLAMP, "x", [[7.0, 8, 9], [10, 11, 12]], x, axis=-1, held=held).tolist()


def test_of_an_image_a_whole_map_is_held() -> None:
    """One example of two maps of 1 × 2: the second is held at 9 everywhere."""
    x = [[[[1.0, 2]], [[3, 4]]]]

    assert [[[[1, 2]], [[9, 9]]]] == run_forward(CLAMP, x, axis=0, held={1: 9.0}).tolist()
    assert [[[[5, 6]], [[0, 0]]]] == run_vjp(CLAMP, "x", [[[[5.0, 6]], [[7, 8]]]], x, axis=0, held={1: 9.0}).tolist()
