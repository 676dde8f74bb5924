"""Tables of people's own in a shard: a spec comes with the text, and from here on only the text's id is told."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.datasets import SHELF


def shelved(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """A spec, or a patch on one, whose table stands on the shelf: from here on only its id is told."""
    dataset = spec.get("dataset")
    if not isinstance(dataset, Mapping) or not isinstance(dataset.get("csv"), str):
        return spec
    kept = {key: value for key, value in dataset.items() if key != "csv"}
    return {**spec, "dataset": {**kept, "table": SHELF.put(dataset["csv"])}}


def keep_tables(trainers: Iterable[Any]) -> None:
    """Forget the tables that none of these computes with."""
    datasets = (getattr(trainer.spec, "dataset", None) for trainer in trainers)
    SHELF.keep({table for each in datasets if (table := getattr(each, "table", None)) is not None})
