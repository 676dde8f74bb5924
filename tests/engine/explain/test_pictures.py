"""Derivations of a picture that learns: the terms add up to the very number of the buffer, at every level."""

from engine.cursor import Cursor
from engine.spec import SessionSpec
from tests.engine.explain.test_explain import assert_every_number_is_explained
from tests.engine.explain.test_images import RNG


def painting() -> Cursor:
    """Two steps of a picture of 3 × 4 that is drawn to another's content and a third one's style."""
    layers = [
        {"id": "picture", "type": "pixels"},
        {"id": "look", "type": "conv2d", "filters": 2, "kernel": 2, "activation": "tanh", "trainable": False},
        {"id": "gram", "type": "gram"},
        {"id": "style", "type": "apart", "to": 2, "weight": 3},
        {"id": "content", "type": "apart", "to": 1, "inputs": ["look"]},
        {"id": "smooth", "type": "roughness", "weight": 0.5, "inputs": ["picture"]},
        {"id": "distance", "type": "add", "inputs": ["style", "content", "smooth"]},
    ]
    spec = {
        "dtype": "float64",
        "dataset": {"inline": {"inputs": RNG.normal(size=(3, 2, 3, 4)).tolist(), "targets": [[0], [0], [0]]}},
        "layers": layers,
        "loss": "mae",
        "optimizer": {"type": "adamw", "weight_decay": 0.1},
        "batch_size": 3,
    }
    made = Cursor(SessionSpec.model_validate(spec))
    made.step("batch", 2)
    return made


def test_every_number_of_a_painting_is_explained() -> None:
    """Values, gradients and deltas; frozen kernels have neither gradient nor delta, and a reason."""
    assert assert_every_number_is_explained(painting()) > 150


def test_frozen_kernels_stay() -> None:
    """Weight decay does not touch them either; the picture moves."""
    cursor = painting()
    before = cursor.parameters()
    cursor.run(3)
    after = cursor.parameters()

    assert (before["look.kernel"] == after["look.kernel"]).all()
    assert (before["picture.image"] != after["picture.image"]).any()
    assert "frozen" in (cursor.tensor("look.kernel").reason or "")
    assert cursor.gradcheck().passed
