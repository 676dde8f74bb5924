"""Loads datasets from plain descriptions."""

from typing import Any

from pydantic import TypeAdapter

from engine.datasets import Dataset, load
from engine.spec import DatasetSpec


def loaded(name: str, *, seed: int = 0, **options: Any) -> Dataset:
    """The dataset of this name."""
    return load(TypeAdapter[DatasetSpec](DatasetSpec).validate_python({"name": name, **options}), seed=seed)


def inline(inputs: object, targets: object, *, seed: int = 0, **options: Any) -> Dataset:
    """The caller's own data; what describes the data belongs to them, the rest to the dataset."""
    told = ("columns", "classes", "lengths", "tokens", "target_tokens")
    names: dict[str, Any] = {key: options.pop(key) for key in told if key in options}
    description = {"inline": {"inputs": inputs, "targets": targets, **names}, **options}
    return load(TypeAdapter[DatasetSpec](DatasetSpec).validate_python(description), seed=seed)
