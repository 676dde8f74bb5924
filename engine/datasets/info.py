"""What is told of a dataset."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.datasets.dataset import Task

Kind = Literal["rows", "images", "texts", "series"]


@dataclass(frozen=True)
class DatasetInfo:
    """One dataset, as it is shown.

    Args:
        name: as in the spec.
        summary: one line for people.
        task: what the targets are.
        columns: names of the raw columns.
        target_name: what is to be predicted.
        classes: their names; empty for regression.
        units: of columns (and of the target), where there are any.
        features: the inputs if the spec names none; all columns if None.
        standardize: what ``standardize: null`` means here.
        formula: TeX: what the classes or targets are, where a formula says it.
        source: who measured it, for the curious.
        kind: what an example is: a row of numbers, an image, a text (tokens), or a series of numbers.
        shape: of the inputs, with the letters that people read.
        note: what is good to know beside.
    """

    name: str
    summary: str
    task: Task
    columns: tuple[str, ...]
    target_name: str
    classes: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    features: tuple[str, ...] | None = None
    standardize: bool = True
    formula: str = ""
    source: str = ""
    kind: Kind = "rows"
    shape: str = "(N, D)"
    note: str = ""
