"""Writes docs/reference/datasets.md from the registry: ``python -m tests.engine.datasets.reference``."""

from pathlib import Path

from engine.datasets import DATASETS, DatasetInfo
from engine.datasets.pictures import PICTURES
from engine.presets import PRESETS, TOPICS, Preset, Topic

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "datasets.md"

INTRODUCTION = """# Datasets

A session's `dataset` is one of those below, by `name`, or the caller's own: numbers, `inline`, or a
table, `table`.

This page is made from the registry by `python -m tests.engine.datasets.reference`; a test fails when it is not up to
date.

## From columns to inputs

1. **Split.** A seeded shuffle puts `test_fraction` of the examples (0.25 unless said otherwise) into the test part;
   both parts keep the order of the data, and neither is empty unless `test_fraction` is 0.
2. **Standardise.** Each column becomes `(value - mean) / std`, with mean and standard deviation (of N, not N - 1) of
   the training part alone. Tables and fruit are standardised, points are not; `standardize` says otherwise. A column
   that never changes becomes 0. The *target* of a table about a number (`diabetes`, `auto_mpg`) is standardised as
   well, so a loss of 1 is what always answering the mean costs; other targets never are.
3. **Features.** `features` lists the inputs: a column (`width`), its square (`x1^2`), a product (`x1*x2`) or a sine
   (`sin(x1)`), computed from the standardised columns.

`shuffle` draws a new order of the training part every epoch.

Images, texts and series have no columns: they are split, but not standardised, and take no `features`. A pixel is
divided by the brightest that there can be, so that it lies from 0 to 1. A text is a row of tokens, indices into a
vocabulary of characters; index 0 is no character: it pads what is shorter (`·`), or ends a target (⏎). Lengths say
where padding begins.

## Targets

| data | last layer | target |
|---|---|---|
| two classes | 1 unit | 0 or 1 (not under `softmax_cross_entropy`) |
| K classes | K units | one-hot rows |
| numbers | as many units | as they are |
| sequences of tokens | (T, K): a unit for each token at each time step | (T,) indices, under `softmax_cross_entropy` |
"""

INLINE = """## `inline`

Your own numbers, used as they are: no split, no standardisation and no shuffling unless asked for.

```json
{"inline": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [0, 1, 1, 0],
            "columns": ["left", "right"], "classes": ["same", "different"]}}
```

`inputs` holds one row of numbers for each example, or one array of up to three axes, or one number; `targets` one
number or one row of numbers. With `classes` the targets are class indices (or one-hot rows); without, they are
numbers, which `softmax_cross_entropy` still reads as class indices if there is one for each example, and
`binary_cross_entropy` and `hinge` as yes or no. Columns are named `x1`, `x2`, … unless `columns` names them. Anything
that is no finite number, a row of another length, an unknown class: each is answered with its row and column.

An **image** is an array (C, H, W), all of one shape. A **sequence** is a list of time steps, each a row of numbers:
(T, D). Sequences of different lengths are padded with 0, by which the network knows where each ends, so the last time
step of a sequence must not be all 0; of sequences that are padded already, `lengths` tells where they end. A **text**
is a string: it becomes tokens, one for each character, padded with 0. The vocabulary is `tokens`, or else the
characters that occur. Targets that are texts are sequences too, each ended by ⏎; their vocabulary is `target_tokens`.
An empty sequence and a character that was not named are answered with their row.

```json
{"inline": {"inputs": [[[0.1, 1], [0.5, 0], [0.4, 1]], [[0.3, 1], [0.2, 1]]], "targets": [0.5, 0.5]}}
```

```json
{"inline": {"inputs": ["one", "two", "three"], "targets": ["un", "deux", "trois"]}}
```
"""

TABLE = """## `table`

Your own table, as CSV: `csv` is the text, `table` the id of a text that this server has (`POST /tables` answers it). A
spec is answered with the id, however the text came; an export has the text.

```json
{"csv": "size;kind;price\\n50,5;flat;200\\n80,0;house;300\\n61,5;flat;240\\n", "target": "price"}
```

What is not said is guessed, for the same text always in the same way:

| | guessed | |
|---|---|---|
| `delimiter` | what cuts most rows into the same number of cells | `,` `;` tab or a vertical bar |
| `decimal` | the mark with which more cells are numbers; thousands may be set apart | `.` or `,` |
| `header` | a first row without numbers, of words that do not come again | whether the first row names the columns |
| `kinds` | three quarters of the cells decide | by column: `number`, `category`, `date`, `ignore` |
| `target` | a column called `target`, `label`, `class` …, else the last | what is to be predicted |
| `task` | words, or few whole numbers close together, are classes | `classification` or `regression` |
| `missing` | `drop` | `mean` fills in the mean of the rows that are used, of a category the most frequent value |

A **category** becomes an input of 0 and 1 for each of its values (at most 50; of two values, one input), named
`kind=flat`. A **day** (2024-12-31, 31.12.2024, 12/31/2024) becomes the days since 1970; it is ignored unless `kinds`
says `date`. Columns are ignored whose words are all different, and one that only counts the rows. Names that are
missing or come twice are made up: `column 3`, `x (2)`. Empty, `NA`, `n/a`, `NaN`, `null`, `none`, `?` and `-` are no
value.

A row that has another number of cells, words where numbers are, or no value, is left out; `POST /tables` says which
ones and why. A text has at most 5 MB, 20,000 rows, 200 columns and 1,000,000 cells, and makes at most 8,000,000
numbers: its rows times the inputs that its columns are. A quarter is held back for testing; columns are standardised,
and so is a target that is a number.
"""

PICTURE = """## Pictures

Nothing to train on: colours (3, H, W) from 0 to 1 of 192 × 192 pixels, or of any side that divides 192, whose content
and style can be mixed. Each may be either.

| picture | what | good for | source |
|---|---|---|---|
"""

PRESET = """## Presets

Sessions to begin with: `POST /api/v1/sessions {"preset": "fruit"}`. What they come to, and how long that takes:
[results](../explanation/results.md).
"""


def page() -> str:
    """The whole page."""
    return "\n".join(
        [INTRODUCTION, *map(_dataset, DATASETS.values()), INLINE, TABLE, _pictures(), PRESET, *map(_topic, TOPICS)]
    )


def _dataset(info: DatasetInfo) -> str:
    facts = [*_inputs(info), f"- Target: `{info.target_name}`{_target(info)}", f"- Source: {info.source}"]
    formula = f"\n```math\n{info.formula}\n```\n" if info.formula else ""
    note = f"\n{info.note}\n" if info.note else ""
    return f"## `{info.name}`\n\n{info.summary}\n\n" + "\n".join(facts) + f"\n{formula}{note}"


def _pictures() -> str:
    rows = (f"| `{info.name}` | {info.title} | {info.role} | {info.source} |\n" for info in PICTURES.values())
    return PICTURE + "".join(rows)


def _inputs(info: DatasetInfo) -> list[str]:
    if info.kind != "rows":
        return [f"- Inputs: {info.kind}, {info.shape}"]
    columns = ", ".join(f"`{name}`{_unit(info, name)}" for name in info.columns)
    features = "all columns" if info.features is None else ", ".join(f"`{name}`" for name in info.features)
    scaled = "standardised" if info.standardize else "not standardised"
    return [f"- Columns: {columns}", f"- Features unless said otherwise: {features}; {scaled}"]


def _target(info: DatasetInfo) -> str:
    if info.classes:
        return f": {', '.join(info.classes)}"
    return ", a number" if info.task == "regression" else ", a token at each time step"


def _unit(info: DatasetInfo, column: str) -> str:
    return f" ({info.units[column]})" if column in info.units else ""


def _topic(topic: Topic) -> str:
    return "\n".join([f"### {TOPICS[topic]}\n", *(_preset(each) for each in PRESETS.values() if each.topic == topic)])


def _preset(preset: Preset) -> str:
    return f"#### `{preset.name}`\n\n**{preset.title}.** {preset.summary}\n\n{preset.story}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
