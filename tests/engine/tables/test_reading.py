"""A text as a table: guesses, choices, and a reason for each row that cannot be used."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import LimitExceeded, SpecError, UnknownName
from engine.tables import Delimiter, Problem, Reading, Record, read

MESSY = """\ufeffGröße;Gewicht;Farbe;Tag;Preis
1,82;80,5;rot;01.02.2024;1.234,50\r
1,75;70;blau;02.02.2024;2.000,00
1,60;schwer;rot;03.02.2024;900,10

1,91;;blau;04.02.2024;1.100,00
1,70;60;rot;05.02.2024
1,80;75;"gr;ün";06.02.2024;1.500,00
"""


def kinds(reading: Reading) -> dict[str, str]:
    """What is proposed for each column."""
    return {column.name: column.kind for column in reading.columns}


def test_a_messy_table_is_understood() -> None:
    """Semicolons, decimal commas, thousands, a byte order mark, mixed line ends, quotes, an empty line, days."""
    reading = read(MESSY)

    assert (";", ",", True) == (reading.delimiter, reading.decimal, reading.header)
    assert {
        "Größe": "number",
        "Gewicht": "number",
        "Farbe": "category",
        "Tag": "ignore",
        "Preis": "number",
    } == kinds(reading)
    assert ("Preis", "regression") == (reading.target and reading.target.name, reading.task)
    assert 900.1 == reading.columns[4].low


def test_each_bad_row_has_its_line_and_its_reason() -> None:
    """The others are used."""
    reading = read(MESSY)

    assert [
        Problem(4, "Gewicht", "number", "a number", '"schwer"'),
        Problem(6, "Gewicht", "value", "a value", "nothing"),
        Problem(7, None, "cells", "5 cells", "4"),
    ] == reading.problems
    assert [0, 1, 5] == reading.used


def test_rows_that_are_too_many_are_counted_and_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank lines are none, and a header is none; what cannot be read beyond the limit does not matter."""
    made = []

    def noted(line: int, cells: list[str]) -> Record:
        made.append(line)
        return Record(line, cells)

    monkeypatch.setattr("engine.tables.records.Record", noted)
    with pytest.raises(LimitExceeded, match=r"at most 2 .* 6 were"):
        read("a,b\n" + "1,2\n\n" * 6, delimiter=",", most_rows=2)

    assert [1, 2, 4] == made


def test_a_table_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few its rows are."""
    monkeypatch.setattr("engine.tables.reading.MOST_CELLS", 5)
    with pytest.raises(LimitExceeded, match=r"cells of a table: at most 5 .* 6 were"):
        read("a,b\n1,2\n3,4\n5,6\n")


def test_missing_values_may_be_filled() -> None:
    """Then the row without one stays."""
    assert [0, 1, 3, 5] == read(MESSY, missing="mean").used


def test_a_target_that_is_missing_is_never_filled() -> None:
    """What is right cannot be made up."""
    reading = read("a,b\n1,2\n2,\n3,5\n", target="b", task="regression", missing="mean")

    assert [Problem(3, "b", "value", "a value", "nothing")] == reading.problems


def test_what_is_chosen_wins_over_what_is_guessed() -> None:
    """A column, its kind, the target; a column that is ignored spoils no row."""
    reading = read(MESSY, target="Farbe", kinds={"Gewicht": "ignore", "Tag": "date"})

    assert "classification" == reading.task
    assert ("blau", "gr;ün", "rot") == reading.classes
    assert ["Größe", "Tag", "Preis"] == [column.name for column in reading.features]
    assert [7] == [problem.line for problem in reading.problems]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n3,4\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\n1,5\t2\n3\t4\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("name,says\nx,one; two\ny,three\n", ","),
        ("1\n2\n3\n", ","),
    ],
)
def test_the_delimiter_is_what_cuts_rows_alike(text: str, delimiter: str) -> None:
    """A comma stands in numbers too."""
    assert delimiter == read(text).delimiter


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x,y\n1,2\n", ["x", "y"]),
        ("1,2\n3,4\n", ["column 1", "column 2"]),
        ("x,x,\n1,2,3\n", ["x", "x (2)", "column 3"]),
        ("name,color\nada,red\nbob,blue\n", ["name", "color"]),
        ("red,a\nblue,b\nred,b\n", ["column 1", "column 2"]),
    ],
)
def test_columns_have_names_of_their_own(text: str, names: list[str]) -> None:
    """From the first row if it is a header, and none twice; an empty cell at the end of a header is a column if rows
    have it.
    """
    assert names == [column.name for column in read(text).columns]


@pytest.mark.parametrize(
    ("text", "target", "task"),
    [
        ("x,y\n1,0\n2,1\n3,1\n", "y", "classification"),
        ("x,y\n1,0.5\n2,1.5\n3,2\n", "y", "regression"),
        ("species,x\ncat,1\ndog,2\ncat,3\n", "species", "classification"),
        ("x,price\n1,200\n2,900\n3,500\n", "price", "regression"),
        ("id,x,y\n1,5,7.5\n2,6,8.5\n3,9,1.5\n", "y", "regression"),
    ],
)
def test_the_target_is_guessed(text: str, target: str, task: str) -> None:
    """By its name, else the last; few whole numbers that are close together are classes."""
    reading = read(text)

    assert (target, task) == (reading.target and reading.target.name, reading.task)
    assert "id" not in [column.name for column in reading.features]


@pytest.mark.parametrize(
    ("text", "how", "kind", "loc"),
    [
        (" \n ", {}, SpecError, ("dataset", "csv")),
        ("a,b\n", {"header": True}, SpecError, ("dataset", "csv")),
        ("a,b\n1,2\n", {"target": "c"}, UnknownName, ("dataset", "target", "c")),
        ("a,b\n1,2\n", {"kinds": {"c": "number"}}, UnknownName, ("dataset", "kinds", "c")),
        ("a,b\n1,2\n", {"kinds": {"b": "ignore"}, "target": "b"}, SpecError, ("dataset", "target")),
        ("a,b\nu,v\nu,w\n", {"target": "a", "task": "regression", "header": True}, SpecError, ("dataset", "task")),
        ("a,b\n1,2\n1,3\n", {"most_rows": 1}, LimitExceeded, ("dataset", "csv")),
        (",".join("a" * 201) + "\n" + ",".join("1" * 201), {"header": True}, LimitExceeded, ("dataset", "csv")),
    ],
)
def test_what_cannot_be_a_table_is_refused_with_its_place(
    text: str, how: dict[str, Any], kind: type[SpecError], loc: tuple[str, ...]
) -> None:
    """Nothing in it, a column that does not exist, words as numbers, too much."""
    with pytest.raises(kind) as refused:
        read(text, **how)

    assert loc == refused.value.loc


def test_a_quotation_mark_that_is_never_closed_is_named() -> None:
    """It swallows what follows, so the row is the wrong length."""
    reading = read('a,b\n1,2\n"3,4\n5,6\n7,8\n')

    [problem] = reading.problems
    assert 3 == problem.line
    assert "quotation mark" in problem.got


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), exclude_characters="\ufeff"),
    min_size=1,
    max_size=8,
)


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_the_csv_module_writes_is_read_cell_by_cell(rows: list[list[str]], delimiter: Delimiter, end: str) -> None:
    """Delimiters and quotation marks inside cells as well."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)

    reading = read(file.getvalue(), delimiter=delimiter, header=False)

    assert rows == [row.cells for row in reading.rows]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """And every row is either used or has a reason."""
    try:
        reading = read(text)
    except SpecError:
        return
    assert len(reading.rows) == len(reading.used) + len(reading.problems)
