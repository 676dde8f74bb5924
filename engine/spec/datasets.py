"""Where the examples come from."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Discriminator, Field, Tag, field_validator, model_validator

from engine.spec.base import Fraction, Model
from engine.spec.own_tables import MOST_CHARACTERS, TableReading
from engine.words import say


class DatasetBase(Model):
    """How a dataset becomes inputs and targets.

    ``features`` are columns (``width``) or expressions of them (``x1^2``, ``x1*x2``, ``sin(x1)``), computed from the
    standardised columns.
    """

    features: tuple[str, ...] | None = Field(default=None, min_length=1)
    test_fraction: Fraction = 0.25
    standardize: bool | None = Field(default=None, description="fitted on the training part; real data: true")
    shuffle: bool = Field(default=True, description="a new order every epoch")


class FruitDataset(DatasetBase):
    """38 measured apples and oranges: mass, width, height, color_score."""

    name: Literal["fruit"] = "fruit"
    varieties: Literal["all", "red", "pale"] = "all"


class PointsDataset(DatasetBase):
    """Points in the plane (x1, x2), drawn anew from the seed."""

    name: Literal["circle", "xor", "gauss", "spiral", "moons", "plane", "gauss_regression"]
    size: int = Field(default=200, ge=4, le=10_000)
    noise: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.1


class TableDataset(DatasetBase):
    """A classic table."""

    name: Literal["iris", "wine", "breast_cancer", "diabetes", "auto_mpg"]


class DigitsDataset(DatasetBase):
    """1,797 handwritten digits (1, 8, 8)."""

    name: Literal["digits"]


class MnistDataset(DatasetBase):
    """Handwritten digits (1, 28, 28), five of the training part for each of the test part."""

    name: Literal["mnist"]
    size: int = Field(default=6000, ge=60, le=6000)
    split: Literal["given", "shuffled"] = Field(
        default="given", description="given: as published, whatever test_fraction says"
    )


#: In the order in which they are classes.
Language = Literal[
    "Chinese",
    "Croatian",
    "Czech",
    "Dutch",
    "English",
    "Estonian",
    "Finnish",
    "French",
    "German",
    "Indian",
    "Irish",
    "Italian",
    "Japanese",
    "Spanish",
    "Swedish",
    "Zulu",
]


class SurnamesDataset(DatasetBase):
    """Surnames as characters (14), padded: in which language is a surname common?"""

    name: Literal["surnames"]
    languages: tuple[Language, ...] | None = Field(default=None, min_length=2, description="all, if left out")

    @field_validator("languages")
    @classmethod
    def _once(cls, languages: tuple[Language, ...] | None) -> tuple[Language, ...] | None:
        if languages and len(set(languages)) < len(languages):
            raise ValueError(say("a language is named twice"))
        return languages


class TunesDataset(DatasetBase):
    """Windows of folk tunes in ABC notation; the target is the next character at each time step."""

    name: Literal["tunes"]
    length: int = Field(default=64, ge=8, le=256, description="time steps of a window")
    stride: int | None = Field(default=None, ge=4, le=256, description="from one window to the next; null: its length")


class NumberWordsDataset(DatasetBase):
    """Number words, English to French: zero to nine thousand nine hundred ninety-nine."""

    name: Literal["number_words"]
    limit: int = Field(default=10_000, ge=20, le=10_000, description="so many numbers, from 0")


class AddingDataset(DatasetBase):
    """The adding problem: values and marks (length, 2), drawn anew from the seed."""

    name: Literal["adding"]
    length: int = Field(default=30, ge=4, le=200, description="time steps")
    size: int = Field(default=2000, ge=4, le=10_000)


class RecallDataset(DatasetBase):
    """A symbol, then distractors (1 + length), drawn anew from the seed."""

    name: Literal["recall"]
    length: int = Field(default=20, ge=1, le=200, description="distractors after the symbol")
    classes: int = Field(default=2, ge=2, le=8)
    size: int = Field(default=500, ge=4, le=10_000)


PictureName = Literal["chelsea", "coffee", "rocket", "camera", "brick", "grass", "gravel", "hubble"]


class PicturesDataset(DatasetBase):
    """Three pictures (3, size, size): one to begin with, one for its content, one for its style; no right answer."""

    name: Literal["pictures"]
    content: PictureName = "chelsea"
    style: PictureName = "brick"
    size: Literal[32, 48, 64, 96] = 64
    test_fraction: Fraction = 0.0
    shuffle: bool = False


Character = Annotated[str, Field(min_length=1, max_length=1)]


class InlineData(Model):
    """The caller's own data: a row, an array, a sequence or a text for each example."""

    inputs: list[Any] = Field(min_length=1, description="sequences (T, D) and texts may have different lengths")
    targets: list[Any] = Field(min_length=1, description="numbers, class indices, or texts (a token at each time step)")
    columns: tuple[str, ...] | None = None
    classes: tuple[str, ...] | None = Field(default=None, description="names, if the targets are class indices")
    lengths: tuple[int, ...] | None = Field(default=None, description="time steps of each sequence that is padded")
    tokens: tuple[Character, ...] | None = Field(
        default=None, min_length=1, description="characters that texts may have; those that occur, if left out"
    )
    target_tokens: tuple[Character, ...] | None = Field(
        default=None, min_length=1, description="the same of targets that are texts"
    )


class InlineDataset(DatasetBase):
    """Used as it is: no split, no standardisation, no shuffling unless asked for."""

    inline: InlineData
    test_fraction: Fraction = 0.0
    standardize: bool | None = False
    shuffle: bool = False


class OwnTableDataset(DatasetBase, TableReading):
    """The caller's own table, as text, or by the id of a text that the server has."""

    table: str | None = Field(default=None, pattern=r"^[0-9a-f]{32}$", description="the id of POST /api/v1/tables")
    csv: str | None = Field(
        default=None, min_length=1, max_length=MOST_CHARACTERS, description="the text itself; a server answers its id"
    )
    standardize: bool | None = Field(default=True, description="fitted on the training part")

    @model_validator(mode="after")
    def _one_text(self) -> "OwnTableDataset":
        if (self.table is None) == (self.csv is None):
            raise ValueError(say("give exactly one of table and csv"))
        return self


#: Every kind that is told by its name, in the order in which they are offered.
KINDS: tuple[type[DatasetBase], ...] = (
    FruitDataset,
    PointsDataset,
    TableDataset,
    DigitsDataset,
    MnistDataset,
    SurnamesDataset,
    TunesDataset,
    NumberWordsDataset,
    AddingDataset,
    RecallDataset,
    PicturesDataset,
)

#: What tells data of one's own: no name, but one of these.
OWN = ("inline", "table", "csv")
#: Name -> the tag of its kind.
TAGS = {name: kind.__name__ for kind in KINDS for name in get_args(kind.model_fields["name"].annotation)}


def _dataset_tag(value: Any) -> str | None:
    """Which dataset model is meant, by its name or by the presence of data of one's own."""
    inline, table, csv, name = (
        value.get(key) if isinstance(value, dict) else getattr(value, key, None) for key in (*OWN, "name")
    )
    if inline is not None:
        return "inline"
    if table is not None or csv is not None:
        return "table"
    return TAGS.get(name, PointsDataset.__name__) if isinstance(name, str) else PointsDataset.__name__


def _known(value: Any) -> Any:
    """A name that no kind of dataset has is refused with all that there are, not with those of one kind."""
    name = value.get("name") if isinstance(value, dict) else None
    if isinstance(name, str) and name not in TAGS and all(value.get(key) is None for key in OWN):
        raise ValueError(
            say(
                'there is no dataset "{name}"; known: {value}; or give the rows inline',
                name=name,
                value=", ".join(sorted(TAGS)),
            )
        )
    return value


DatasetSpec = Annotated[
    Annotated[FruitDataset, Tag("FruitDataset")]
    | Annotated[PointsDataset, Tag("PointsDataset")]
    | Annotated[TableDataset, Tag("TableDataset")]
    | Annotated[DigitsDataset, Tag("DigitsDataset")]
    | Annotated[MnistDataset, Tag("MnistDataset")]
    | Annotated[SurnamesDataset, Tag("SurnamesDataset")]
    | Annotated[TunesDataset, Tag("TunesDataset")]
    | Annotated[NumberWordsDataset, Tag("NumberWordsDataset")]
    | Annotated[AddingDataset, Tag("AddingDataset")]
    | Annotated[RecallDataset, Tag("RecallDataset")]
    | Annotated[PicturesDataset, Tag("PicturesDataset")]
    | Annotated[InlineDataset, Tag("inline")]
    | Annotated[OwnTableDataset, Tag("table")],
    Discriminator(_dataset_tag),
    BeforeValidator(_known),
]
