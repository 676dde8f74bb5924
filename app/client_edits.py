"""What changes a session's network or its weights by hand, for the client's sessions; all of it can be undone."""

from typing import Any, Generic

from app.client_wire import Asks, Index, T, path_part, without_none


class Edits(Asks[T], Generic[T]):
    """Edits with the same ``gesture``, one after the other, are undone at once."""

    def reset(self, seed: int | None = None, gesture: str | None = None) -> T:
        """Begin again; the same seed gives the same weights."""
        return self._ask("POST", "/reset", without_none(seed=seed, gesture=gesture))

    def edit(self, patch: dict[str, Any], gesture: str | None = None) -> T:
        """Change the spec by a merge patch (RFC 7396); weights that still fit are kept."""
        return self._ask("PATCH", "/spec", patch, gesture=gesture)

    def set_parameter(
        self,
        name: str,
        value: Any,
        index: Index | None = None,
        *,
        gesture: str | None = None,
        answer: bool | None = None,
    ) -> T:
        """Set a parameter, or one entry of it, by hand; the current step begins again.

        With ``answer`` it runs again, up to where it stood or at least to its loss.
        """
        body = without_none(value=value, index=index, gesture=gesture, answer=answer)
        return self._ask("PUT", f"/parameters/{path_part(name)}", body)

    def rename(self, layer: str, name: str) -> T:
        """Give a layer another name; its weights and whatever reads it follow."""
        return self._ask("POST", "/rename", {"layer": layer, "name": name})

    def undo(self) -> T:
        """Take back the last edit and what was trained since, bit for bit."""
        return self._ask("POST", "/undo")

    def redo(self) -> T:
        """Return to where undo was asked for."""
        return self._ask("POST", "/redo")
