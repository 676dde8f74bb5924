"""What a session may be told in which mode: a table, and the diagram that docs draw from it."""

import enum
from itertools import groupby

from app.protocol import commands as c


class Mode(enum.Enum):
    """Whether it runs on its own."""

    PAUSED = "paused"
    PLAYING = "playing"


PAUSED, PLAYING = Mode.PAUSED, Mode.PLAYING

#: (mode, command) -> next mode. A pair that is not here is refused and changes nothing.
TRANSITIONS: dict[tuple[Mode, type[c.CommandBase]], Mode] = {
    (PAUSED, c.Step): PAUSED,
    (PAUSED, c.Seek): PAUSED,
    (PAUSED, c.Reset): PAUSED,
    (PAUSED, c.Play): PLAYING,
    (PAUSED, c.Pause): PAUSED,
    (PAUSED, c.Patch): PAUSED,
    (PAUSED, c.SetParameter): PAUSED,
    (PAUSED, c.Rename): PAUSED,
    (PAUSED, c.Undo): PAUSED,
    (PAUSED, c.Redo): PAUSED,
    (PAUSED, c.Gradcheck): PAUSED,
    (PAUSED, c.AddBookmark): PAUSED,
    (PAUSED, c.RenameBookmark): PAUSED,
    (PAUSED, c.RemoveBookmark): PAUSED,
    (PAUSED, c.Visit): PAUSED,
    (PAUSED, c.SetOwn): PAUSED,
    (PAUSED, c.Ascend): PAUSED,
    (PAUSED, c.Generate): PAUSED,
    (PAUSED, c.Translate): PAUSED,
    (PAUSED, c.Predictions): PAUSED,
    (PAUSED, c.FindRate): PAUSED,
    (PAUSED, c.Effect): PAUSED,
    (PLAYING, c.Play): PLAYING,
    (PLAYING, c.Pause): PAUSED,
    (PLAYING, c.Seek): PAUSED,
    (PLAYING, c.Reset): PAUSED,
    (PLAYING, c.Patch): PLAYING,
    (PLAYING, c.SetParameter): PLAYING,
    (PLAYING, c.Rename): PLAYING,
    (PLAYING, c.Undo): PAUSED,
    (PLAYING, c.Redo): PAUSED,
    (PLAYING, c.Gradcheck): PLAYING,
    (PLAYING, c.AddBookmark): PLAYING,
    (PLAYING, c.RenameBookmark): PLAYING,
    (PLAYING, c.RemoveBookmark): PLAYING,
    (PLAYING, c.Visit): PAUSED,
    (PLAYING, c.SetOwn): PLAYING,
    (PLAYING, c.Ascend): PLAYING,
    (PLAYING, c.Generate): PLAYING,
    (PLAYING, c.Translate): PLAYING,
    (PLAYING, c.Predictions): PLAYING,
    (PLAYING, c.FindRate): PLAYING,
    (PLAYING, c.Effect): PLAYING,
}


def mermaid() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {PAUSED.value}"]
    rows = sorted((mode.value, after.value, command.__name__) for (mode, command), after in TRANSITIONS.items())
    for (before, after), group in groupby(rows, key=lambda row: row[:2]):
        lines.append(f"    {before} --> {after}: {', '.join(name for *_, name in group)}")
    return "\n".join(lines)
