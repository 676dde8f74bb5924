"""What a session to begin with is, and the pieces from which they are written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.spec import SessionSpec

Topic = Literal["points", "tables", "images", "sequences", "deep"]

#: Topic -> its title, in the order in which one learns.
TOPICS: dict[Topic, str] = {
    "points": "Points and fruit",
    "tables": "Tables",
    "images": "Images",
    "sequences": "Sequences",
    "deep": "Deep networks",
}

#: A JSON object of the spec.
Entry = dict[str, Any]


@dataclass(frozen=True)
class Preset:
    """One session to begin with.

    Args:
        name: as in ``POST /sessions {"preset": …}``.
        topic: under which it is offered.
        title: for people.
        summary: one line.
        story: what to look at, and why it happens.
        spec: the session.
        parameters: name -> value, for a preset whose weights are given instead of drawn.
    """

    name: str
    topic: Topic
    title: str
    summary: str
    story: str
    spec: SessionSpec
    parameters: Mapping[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What a preset says about itself, apart from its spec: see ``Preset``."""

    name: str
    topic: Topic
    title: str
    summary: str
    story: str

    def about(self, *, parameters: Mapping[str, list[Any]] | None = None, **spec: Any) -> Preset:
        """The preset that has this to say about this spec (seed 7 unless given)."""
        checked = SessionSpec.model_validate({"name": self.title, "seed": 7, **spec})
        return Preset(self.name, self.topic, self.title, self.summary, self.story, checked, parameters or {})


def dense(units: int, activation: str = "linear", identifier: str = "output") -> Entry:
    """A dense layer; the output unless another id is given."""
    return {"id": identifier, "type": "dense", "units": units, "activation": activation}


def hidden(*units: int, activation: str = "tanh") -> list[Entry]:
    """Dense layers hidden1, hidden2, … of so many units each."""
    return [dense(count, activation, f"hidden{place}") for place, count in enumerate(units, 1)]


def adam(learning_rate: float, **options: Any) -> Entry:
    """Adam at this rate."""
    return {"type": "adam", "learning_rate": learning_rate, **options}
