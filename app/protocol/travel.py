"""Travelling in time: points of the run, and bookmarks. ``app.protocol.commands`` hands these commands on."""

from typing import Annotated, Literal

from pydantic import Field

from app.protocol.base import CommandBase, Message

#: What is done where a point is not kept.
Otherwise = Literal["refuse", "nearest", "replay"]
Name = Annotated[str, Field(max_length=80)]
BookmarkNumber = Annotated[int, Field(ge=1, lt=2**53)]


class Seek(CommandBase):
    """Stand at this step and operation of the history."""

    type: Literal["seek"] = "seek"
    step: int = Field(ge=0)
    op: int = Field(default=0, ge=0)
    otherwise: Otherwise = Field(
        default="refuse",
        description="where it is not kept: refuse; stand at the nearest that is; or compute it again, however long",
    )


class AddBookmark(CommandBase):
    """Name the present point of time."""

    type: Literal["add_bookmark"] = "add_bookmark"
    name: Name = ""


class RenameBookmark(CommandBase):
    """Give a bookmark another name."""

    type: Literal["rename_bookmark"] = "rename_bookmark"
    bookmark: BookmarkNumber
    name: Name


class RemoveBookmark(CommandBase):
    """Take a bookmark away."""

    type: Literal["remove_bookmark"] = "remove_bookmark"
    bookmark: BookmarkNumber


class Visit(CommandBase):
    """Stand at a bookmark; if it lies in another run, that run is the present one from then on."""

    type: Literal["visit"] = "visit"
    bookmark: BookmarkNumber


#: What changes where a session stands, or its bookmarks.
Travel = Seek | AddBookmark | RenameBookmark | RemoveBookmark | Visit


class Timeline(CommandBase):
    """The run as a line of steps, and its bookmarks."""

    type: Literal["timeline"] = "timeline"


class BookmarkData(Message):
    """A named point of time; ``here`` says whether it lies in the present run."""

    number: int
    name: str
    step: int
    op: int
    epoch: int
    here: bool
