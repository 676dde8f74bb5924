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


def tables_of(trainer: Any) -> set[str]:
    """The table that this computes with, if any."""
    table = getattr(getattr(trainer.spec, "dataset", None), "table", None)
    return set() if table is None else {table}


def keep_tables(sessions: Iterable[Any]) -> None:
    """Forget the tables that none of these sessions has had: an edit that brought one can be undone and redone."""
    SHELF.keep({table for session in sessions for table in session.tables})
