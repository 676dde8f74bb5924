import json
from typing import Any

import pytest

from app.shards.describe import MOST_CHARACTERS, MOST_SHOWN, describe
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
    assert shown == MOST_CHARACTERS // (4 * (28 * 28 + 1)) == len(about["dataset"]["train"]["targets"])
    assert 255.0 == about["dataset"]["brightest"] == max(map(max, about["dataset"]["train"]["raw"][0][0]))
    assert len(json.dumps(about["dataset"])) < 900_000
    assert [] == about["warnings"]


def test_rows_of_numbers_are_all_shown_up_to_a_bound() -> None:
    """A picture of the plane that lacks points says so."""
    few = described({"name": "iris"}, units=3)["dataset"]["train"]
    about = described({"name": "moons", "size": 10_000}, units=2)
    many = about["dataset"]["train"]

    assert few["count"] == len(few["raw"])
    assert (7500, MOST_SHOWN) == (many["count"], len(many["raw"]))
    assert ["Only the first 2,000 of 7,500 training examples are drawn; all are trained on."] == about["warnings"]


FLAT: list[dict[str, Any]] = [{"type": "flatten"}, {"type": "dense", "units": 10, "activation": "softmax"}]
#: A small network for each kind of data.
NETWORKS: dict[str, list[dict[str, Any]]] = {
    "digits": FLAT,
    "mnist": FLAT,
    "surnames": [
        {"type": "embedding", "tokens": 29, "units": 4},
        {"type": "rnn", "units": 5},
        {"type": "dense", "units": 16, "activation": "softmax"},
    ],
    "tunes": [
        {"type": "one_hot", "tokens": 40},
        {"type": "gru", "units": 5, "return_sequences": True},
        {"type": "dense", "units": 40, "activation": "softmax"},
    ],
    "adding": [{"type": "lstm", "units": 5}, {"type": "dense", "units": 1}],
    "recall": [
        {"type": "one_hot", "tokens": 11},
        {"type": "rnn", "units": 5},
        {"type": "dense", "units": 2, "activation": "softmax"},
    ],
}


@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_data_can_be_trained_on_described_and_watched(name: str) -> None:
    """One step, its description in less than a megabyte, its frame within bounds, the followed example told."""
    layers = [{"id": f"layer{n}", **layer} for n, layer in enumerate(NETWORKS[name])]
    loss = "mse" if name == "adding" else "softmax_cross_entropy"
    cursor = open_cursor({"dataset": {"name": name}, "layers": layers, "loss": loss, "batch_size": 16}, None, LIMITS)
    cursor.step("batch")
    about = json.dumps(describe(cursor)["dataset"])
    followed = cursor.follow(None)

    assert len(about) < 2**20
    assert len(json.loads(about)["train"]["raw"]) > 50
    assert followed.loss is not None
    assert (followed.text is not None) == (name in {"surnames", "tunes", "recall"})
    assert cursor.metrics().train_loss is not None
    assert (cursor.confusion() is None) == (name in {"tunes", "adding"})
