"""Named points of time. Each holds all that is needed to stand there again, whatever becomes of the run.

While the run is still the one in which it was set, its state is pinned among the checkpoints, and going there is going
back in time. After the spec was changed, or the run begun again, going there brings that run back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from engine.arrays import Array
from engine.checkpoints import Checkpoint
from engine.errors import LimitExceeded, SpecError, UnknownName
from engine.patching import refusal
from engine.position import Mark, Position
from engine.saving import Count, moment
from engine.timetravel import Timeline
from engine.words import say

MOST = 64
#: Bytes that all of them hold; but one is always allowed.
MOST_BYTES = 8 * 2**20


@dataclass(frozen=True)
class Bookmark:
    """A named point of time.

    Args:
        number: by which it is asked for.
        name: given by hand; "" if none was.
        position: where it is.
        mark: … to the call.
        head: of what was saved there, as ``saving.moment`` makes it.
        arrays: of it.
        checkpoint: the state it is reached from while the run is the one in which it was set; None in another run.
    """

    number: int
    name: str
    position: Position
    mark: Mark
    head: Mapping[str, Any]
    arrays: Mapping[str, Array]
    checkpoint: Checkpoint | None

    @property
    def here(self) -> bool:
        """Whether it lies in the present run."""
        return self.checkpoint is not None


class SavedPosition(BaseModel):
    """Where one is."""

    step: Count
    phase: Literal["forward", "loss", "backward", "update"]
    op: Count
    epoch: Count
    batch: Count


class SavedBookmark(BaseModel):
    """One as it is saved; it may come from a file. What it holds is looked at when it is gone to."""

    number: int = Field(ge=1, lt=2**53)
    name: str = Field(max_length=80)
    position: SavedPosition
    mark: tuple[Count, Count]
    head: dict[str, Any]
    arrays: list[str]
    here: Count | None


class SavedBookmarks(BaseModel):
    """All of them."""

    following: int = Field(default=1, ge=1, lt=2**53)
    held: list[SavedBookmark] = Field(default=[], max_length=MOST)


class Bookmarks:
    """Those of one session, in the order in which they were set.

    Args:
        held: from before.
        following: the number of the next.
    """

    def __init__(self, held: Iterable[Bookmark] = (), following: int = 1) -> None:
        self._held = {bookmark.number: bookmark for bookmark in held}
        self.following = following

    def __iter__(self) -> Iterator[Bookmark]:
        """In order."""
        return iter(self._held.values())

    def __getitem__(self, number: int) -> Bookmark:
        """The one with this number.

        Raises:
            UnknownName: there is none.
        """
        if number not in self._held:
            raise UnknownName("bookmark", str(number), map(str, self._held), ("bookmark",))
        return self._held[number]

    def add(self, timeline: Timeline, name: str) -> Bookmark:
        """Set one where the cursor stands; one that is there already is given the name, if there is a name.

        Raises:
            LimitExceeded: there are too many, or they would hold too much.
        """
        there = next((each for each in self if each.here and each.mark == timeline.mark), None)
        if there is not None:
            return self.rename(there.number, name) if name else there
        head, arrays = moment(timeline)
        self._check_room(arrays)
        source = timeline.nearest(timeline.mark.shown)
        made = Bookmark(self.following, name, timeline.position, timeline.mark, head, arrays, source)
        self._held[made.number] = made
        self.following += 1
        self.pin(timeline)
        return made

    def _check_room(self, arrays: Mapping[str, Array]) -> None:
        if len(self._held) >= MOST:
            raise LimitExceeded("bookmarks", MOST, len(self._held) + 1, ("bookmark",))
        size = size_of([*self._held.values(), arrays])
        if self._held and size > MOST_BYTES:
            raise LimitExceeded("bytes that bookmarks hold", MOST_BYTES, size, ("bookmark",))

    def rename(self, number: int, name: str) -> Bookmark:
        """Give it another name.

        Raises:
            UnknownName: there is no such bookmark.
        """
        self._held[number] = replace(self[number], name=name)
        return self._held[number]

    def remove(self, number: int, timeline: Timeline) -> None:
        """Take it away.

        Raises:
            UnknownName: there is no such bookmark.
        """
        del self._held[self[number].number]
        self.pin(timeline)

    def pin(self, timeline: Timeline) -> None:
        """Have the states of those that lie in this run held."""
        timeline.checkpoints.pin([each.checkpoint for each in self if each.checkpoint is not None])

    def here(self) -> dict[int, Checkpoint]:
        """From where those of the present run are reached, by number."""
        return {each.number: each.checkpoint for each in self if each.checkpoint is not None}

    def come_back(self, here: Mapping[int, Checkpoint], timeline: Timeline) -> None:
        """The run has become the one in which these lie."""
        self._held = {each.number: replace(each, checkpoint=here.get(each.number)) for each in self}
        self.pin(timeline)

    def leave(self) -> None:
        """The run has become another one, in which none of them lies."""
        self._held = {each.number: replace(each, checkpoint=None) for each in self}

    def settle(self, number: int, timeline: Timeline) -> None:
        """This one lies in the present run."""
        self._held[number] = replace(self[number], checkpoint=timeline.nearest(self[number].mark.shown))
        self.pin(timeline)

    def forget_future(self, timeline: Timeline) -> None:
        """Something was set by hand where the cursor stands: what lay ahead lies in another run now."""
        for each in list(self):
            if each.mark >= Mark(timeline.trainer.step, 0) or each.mark.shown < timeline.begin:
                self._held[each.number] = replace(each, checkpoint=None)
        self.pin(timeline)


def save(bookmarks: Bookmarks, last: Mark | None = None) -> tuple[dict[str, Any], dict[str, Array]]:
    """Head and arrays; what lies after the mark ``last``, if there is one, lies in another run."""
    held: list[dict[str, Any]] = []
    arrays: dict[str, Array] = {}
    for each in bookmarks:
        here = each.checkpoint if last is None or each.mark <= last else None
        one = {"number": each.number, "name": each.name, "mark": [each.mark.shown, each.mark.ran]}
        one |= {"position": each.position.as_dict(), "head": dict(each.head), "arrays": list(each.arrays)}
        held.append(one | {"here": None if here is None else here.step})
        arrays |= {f"bookmark.{each.number}.{name}": array for name, array in each.arrays.items()}
    return {"following": bookmarks.following, "held": held}, arrays


def restore(head: Mapping[str, Any], arrays: Mapping[str, Array], timeline: Timeline) -> Bookmarks:
    """Those that were saved.

    Raises:
        SpecError: they cannot be read, or an array is missing.
    """
    try:
        saved = SavedBookmarks.model_validate(dict(head))
    except ValidationError as error:
        raise refusal(error, head) from error
    bookmarks = Bookmarks([_restored(one, arrays, timeline) for one in saved.held], saved.following)
    bookmarks.pin(timeline)
    return bookmarks


def _restored(saved: SavedBookmark, arrays: Mapping[str, Array], timeline: Timeline) -> Bookmark:
    names = {name: f"bookmark.{saved.number}.{name}" for name in saved.arrays}
    missing = next((name for name in names.values() if name not in arrays), None)
    if missing:
        raise SpecError(say('array "{missing}" is missing', missing=missing), ("arrays", missing))
    state = None if saved.here is None else timeline.checkpoints.before(saved.here)
    return Bookmark(
        saved.number,
        saved.name,
        Position(**saved.position.model_dump()),
        Mark(*saved.mark),
        saved.head,
        {name: arrays[stored] for name, stored in names.items()},
        state if state is not None and state.step == saved.here else None,
    )


def size_of(parts: Iterable[Bookmark | Mapping[str, Array]]) -> int:
    """Bytes of their arrays; what several of them hold counts once."""
    maps = (part.arrays if isinstance(part, Bookmark) else part for part in parts)
    return sum({id(array): array.nbytes for arrays in maps for array in arrays.values()}.values())
