"""Text in columns, as people have it, read as a table: CSV of any dialect, with a reason for each bad row."""

from engine.tables.cells import Decimal
from engine.tables.columns import Column, Kind
from engine.tables.reading import Lack, Problem, Reading, Task, read
from engine.tables.records import Delimiter, Record
from engine.tables.shelf import Shelf, table_id

__all__ = [
    "Column",
    "Decimal",
    "Delimiter",
    "Kind",
    "Lack",
    "Problem",
    "Reading",
    "Record",
    "Shelf",
    "Task",
    "read",
    "table_id",
]
