import json
from typing import Any

from app.shards.describe import MOST_NUMBERS, MOST_SHOWN, describe
from app.shards.engine_port import open_cursor

LIMITS = {"layers": 64, "units": 1024}


def described(dataset: dict[str, Any], *, units: int = 10) -> dict[str, Any]:
    """What the page is told of a small network on these data."""
    layers = [{"id": "flat", "type": "flatten"}, {"id": "out", "type": "dense", "units": units}]
    spec = {"dataset": dataset, "layers": layers, "loss": "softmax_cross_entropy", "batch_size": 10}
    return describe(open_cursor(spec, None, LIMITS))


def test_images_are_shown_as_they_are_counted_and_not_all_of_them() -> None:
    """Some hundred kilobytes of MNIST, not megabytes; the numbers of the examples are true."""
    about = described({"name": "mnist"})
    shown = len(about["dataset"]["train"]["raw"])

    assert (5000, 1000) == tuple(about["dataset"][part]["count"] for part in ("train", "test"))
    assert shown == MOST_NUMBERS // (28 * 28) == len(about["dataset"]["train"]["targets"])
    assert 255.0 == about["dataset"]["brightest"] == max(map(max, about["dataset"]["train"]["raw"][0][0]))
    assert len(json.dumps(about["dataset"])) < 900_000
    assert f"Only the first {shown} of 5,000 training examples are drawn; all are trained on." in about["warnings"]


def test_rows_of_numbers_are_all_shown_up_to_a_bound() -> None:
    """As before."""
    few = described({"name": "iris"}, units=3)["dataset"]["train"]
    many = described({"name": "moons", "size": 10_000}, units=2)["dataset"]["train"]

    assert few["count"] == len(few["raw"])
    assert (7500, MOST_SHOWN) == (many["count"], len(many["raw"]))
