"""Commands that change a network or its weights by hand; all of them can be undone."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from app.protocol.base import CommandBase, Finite, Index, Message, NodeName

#: A name that joins edits: those of one gesture, one after the other, are undone together.
Gesture = Annotated[str, StringConstraints(min_length=1, max_length=64)]
LayerName = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Reset(CommandBase):
    """Begin again: the same seed gives the same weights."""

    type: Literal["reset"] = "reset"
    seed: int | None = Field(default=None, ge=0, lt=2**32)
    gesture: Gesture | None = None


class Patch(CommandBase):
    """Change the spec by an RFC 7396 merge patch; weights that still fit are kept."""

    type: Literal["patch"] = "patch"
    patch: dict[str, Any]
    gesture: Gesture | None = None


class SetParameter(CommandBase):
    """Set a parameter, or one entry of it, by hand."""

    type: Literal["set_parameter"] = "set_parameter"
    name: NodeName
    value: Finite | list[Any]
    index: Index | None = None
    gesture: Gesture | None = None
    answer: bool = Field(
        default=False,
        description="run the step that begins again up to where it stood, or to its loss; "
        "then the event leaves out graph and calls, which are the same",
    )


class Rename(CommandBase):
    """Give a layer another name; its weights and whatever reads it follow."""

    type: Literal["rename"] = "rename"
    layer: LayerName
    name: LayerName


class Undo(CommandBase):
    """Take back the last edit, and what was trained since."""

    type: Literal["undo"] = "undo"


class Redo(CommandBase):
    """Return to where undo was asked for."""

    type: Literal["redo"] = "redo"


class Deed(Message):
    """Something that was done."""

    what: Literal[
        "add", "remove", "move", "layer", "layers", "option", "options", "rename", "parameter", "reset", "visit"
    ]
    name: str = Field(
        description="of the layer or parameter (an entry counted from 1: it is there to be read), "
        "or the path of the option; empty if there are several"
    )
    field: str = Field(description="which option of the layer")
    value: float | int | str | bool | None = Field(description="what it was set to, if that can be said in a word")


class Turn(Deed):
    """What undo or redo would turn back, and where the session would stand then."""

    step: int
    op: int


class Undoable(Message):
    """What undo and redo would do now."""

    undo: Turn | None = None
    redo: Turn | None = None
