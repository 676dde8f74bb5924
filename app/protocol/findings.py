"""What the questions are answered with: activations, gradients, derivations, metrics, data. See ``replies``."""

from typing import Literal

from pydantic import Field

from app.protocol.events import Json
from app.protocol.replies import Column, Nested, Number, Reply
from engine.words import Text


class ForwardReply(Reply):
    """What the network answers."""

    outputs: Nested
    activations: dict[str, Nested]


class Gradients(Reply):
    """dL of everything."""

    parameters: dict[str, Nested]
    activations: dict[str, Nested] = Field(description="null where a fused loss skips it")
    inputs: Nested | None = Field(description="null where they are tokens, which cannot be moved a little")


class BackwardReply(ForwardReply):
    """What the network answers, how wrong that is, and every gradient."""

    loss: Number = Field(description="the data loss")
    penalty: Number | None = Field(default=None, description="its gradient is part of the parameters' gradients")
    gradients: Gradients


class OwnExample(Reply):
    """One's own example, as the network takes it."""

    inputs: Nested
    raw: Nested = Field(description="as it was given: numbers as measured, or tokens")
    text: str | None
    target: Nested | None = Field(description="encoded for the loss; null if nobody says what is right")
    label: Text | None


class OwnAnswer(Reply):
    """What the network says to it."""

    says: Text = Field(description="in words; a number as measured")
    shares: list[Number] | None = Field(description="of each class, in the order of the classes")
    outputs: Nested
    loss: Number | None


class OwnReply(Reply):
    """The example that is set now, and what the network says to it; null if there is none."""

    own: OwnExample | None
    answer: OwnAnswer | None


class SaliencyReply(Reply):
    """How a number answers to each number of the input."""

    node: str
    indices: list[list[int]] = Field(description="of the entry, or the part")
    values: list[Number] = Field(description="its value; of a part the mean")
    source: str = Field(description="what the gradient is with respect to: the input, or the vectors of its tokens")
    gradient: Nested = Field(description="(1, *shape of the source)")
    strength: Nested = Field(description="(1, H, W) of an image, (1, T) of a sequence, |gradient| of a row")


class AscendReply(Reply):
    """The input that was found, and the way to it."""

    node: str
    index: list[int]
    input: Nested
    values: list[Number] = Field(description="of what is climbed, before each step and after the last")
    moments: list[int] = Field(description="steps at which the input was kept")
    inputs: Nested = Field(description="(moments, *shape)")
    finite: bool


class TuneNote(Reply):
    """One note or rest; times in whole notes."""

    pitch: int | None = Field(description="MIDI number; null is a rest")
    start: float
    duration: float
    bar: int
    place: int = Field(description="of its letter in the text")


class TuneBar(Reply):
    """One bar."""

    place: int
    length: float
    kind: Literal["full", "upbeat", "end", "wrong"]


class TuneProblem(Reply):
    """What was not understood."""

    place: int
    message: str


class TuneReply(Reply):
    """A tune in ABC notation, read."""

    metre: str
    key: str
    full: float = Field(description="length of a bar")
    right_bars: int
    bars: list[TuneBar]
    notes: list[TuneNote]
    problems: list[TuneProblem]


class GenerateReply(Reply):
    """A text that the network has written."""

    text: str
    prime: str
    ended: bool = Field(description="the network has ended it; else it was cut")
    probabilities: list[Number] = Field(description="of each token that was written, at temperature 1")
    tune: TuneReply | None = Field(description="if it begins like a tune in ABC notation")


class LookedReply(Reply):
    """Where the decoder looked while it wrote."""

    rows: list[str] = Field(description="symbols that were written")
    columns: list[str] = Field(description="symbols that were read")
    weights: Nested = Field(description="(rows, columns); each row adds up to 1")


class TranslateReply(Reply):
    """What a decoder has written of a text."""

    text: str = Field(description="without the end")
    tokens: list[str] = Field(description="its symbols, the end ⏎ among them if it was written")
    probabilities: list[Number] | None = Field(
        description="of each of them, at temperature 1; null where the scores are no logits of a softmax"
    )
    ended: bool = Field(description="the network has ended it; else it was cut")
    attention: LookedReply | None = Field(description="null without attention")


class TensorReply(Reply):
    """One node at the present cursor; null where not computed, and why."""

    node: str
    kind: str
    shape: list[int]
    activation: Nested | None
    gradient: Nested | None
    delta: Nested | None = Field(description="of a parameter: what the update adds to it")
    reason: str | None
    computed: dict[str, list[bool]] | None = Field(
        default=None, description='of a sequence such as "lstm.f": which time steps are; NaN where they are not'
    )


class CheckOfParameter(Reply):
    """The gradients of one parameter, twice, entry by entry in the order of ``indices``."""

    indices: list[list[int]]
    analytic: list[Number]
    numeric: list[Number]
    relative_error: Number = Field(description="the largest")
    kinks: int = Field(description="entries at a corner (of a ReLU, say), where there is no derivative")
    checked: int
    size: int


class GradcheckReply(Reply):
    """Backpropagation beside finite differences, in float64."""

    max_relative_error: Number
    tolerance: float
    passed: bool
    rows: int = Field(description="examples of the batch")
    step: float = Field(description="h of (L(w + h) - L(w - h)) / 2h")
    at_step: int = Field(
        description="the step whose gradients are checked: the one that is shown, with its batch, its dropout masks "
        "and the parameters as its forward pass used them, which its update leaves behind"
    )
    parameters: dict[str, CheckOfParameter]


class HistoryReply(Reply):
    """Metrics by step: columns of one length, a point at every multiple of ``stride``."""

    stride: int
    step: list[int]
    epoch: list[int]
    train_loss: Column
    test_loss: Column
    penalty: Column
    train_accuracy: Column
    test_accuracy: Column


class LedgerReply(Reply):
    """start + sum_of_deltas + sum_of_edits = current."""

    parameter: str
    start: Nested
    sum_of_deltas: Nested
    sum_of_edits: Nested
    current: Nested
    max_error: Number = Field(description="the largest difference between the two sides")
    balanced: bool
    delta: Nested | None = Field(description="of the step that is shown")


class ProjectionReply(Reply):
    """The first two principal components of a matrix's rows: of an embedding's table, where its tokens stand."""

    points: Nested = Field(description="(V, 2); the mean of all rows is at (0, 0)")
    tokens: list[str] = Field(description="what each row is the embedding of; empty if rows have no names")
    explained: list[float] = Field(description="of each axis, its share of the variance")


class ConfusionData(Reply):
    """Counts: a row for each true class, a column for each answer."""

    classes: list[Text]
    train: list[list[int]]
    test: list[list[int]] | None


class ConfusionReply(Reply):
    """Counts of true class against answered class; null for a regression."""

    confusion: ConfusionData | None


class PartData(Reply):
    """Examples as measured; at most 2,000 of ``count``, fewer of large ones."""

    count: int
    raw: Nested = Field(description="(N, columns), images (N, C, H, W), texts (N, T), or series (N, T, D)")
    targets: Nested = Field(description="(N,) class indices, (N, outputs) numbers, or (N, T) tokens")
    lengths: list[int] | None = Field(default=None, description="(N,) time steps, if they differ")
    target_lengths: list[int] | None = Field(default=None, description="(N,) time steps of targets, ⏎ included")


class ScaleOfColumn(Reply):
    """Standardised: (value - mean) / std."""

    mean: float
    std: float


class Axes(Reply):
    """Two columns to plot against each other."""

    x: str
    y: str


class DatasetReply(Reply):
    """The session's data."""

    name: str
    task: Literal["classification", "regression", "sequence"]
    columns: list[str]
    features: list[str]
    classes: list[Text] = Field(description="empty for a regression or a sequence")
    target_name: Text
    units: dict[str, str]
    scale: dict[str, ScaleOfColumn]
    plot: Axes | None
    tokens: list[str] = Field(default=[], description="the vocabulary of texts: raw holds indices into it")
    target_tokens: list[str] = Field(default=[], description="the vocabulary of targets that are sequences")
    brightest: float = Field(default=1.0, description="the raw value of a pixel that becomes 1")
    train: PartData
    test: PartData


class CatalogReply(Reply):
    """Lists of ``{name, title, summary, formula, schema, …}``."""

    layers: list[Json]
    activations: list[Json]
    losses: list[Json]
    optimizers: list[Json]
    schedules: list[Json]
    initializers: list[Json]
    datasets: list[Json]
    presets: list[Json]
    pictures: list[Json]
    limits: dict[str, float]
    levels: list[Json]
