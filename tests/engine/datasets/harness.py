"""Loads datasets from plain descriptions."""

from typing import Any

from pydantic import TypeAdapter

from engine.datasets import Dataset, load
from engine.spec import DatasetSpec


def loaded(name: str, *, seed: int = 0, **options: Any) -> Dataset:
    """The dataset of this name."""
    return load(TypeAdapter[DatasetSpec](DatasetSpec).validate_python({"name": name, **options}), seed=seed)


def inline(inputs: object, targets: object, *, seed: int = 0, **options: Any) -> Dataset:
    """The caller's own numbers; ``columns`` and ``classes`` belong to the data, the rest to the dataset."""
    names: dict[str, Any] = {key: options.pop(key) for key in ("columns", "classes") if key in options}
    description = {"inline": {"inputs": inputs, "targets": targets, **names}, **options}
    return load(TypeAdapter[DatasetSpec](DatasetSpec).validate_python(description), seed=seed)
