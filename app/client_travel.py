"""The part of the Python client that travels in time: see ``app.client``, whose sessions have these methods."""

from typing import Generic

from app.client_wire import Asks, T


class Travel(Asks[T], Generic[T]):
    """Any operation of any step, and bookmarks."""

    def seek(self, step: int, op: int = 0, otherwise: str = "refuse") -> T:
        """Stand at any operation of the history.

        Args:
            step: of the training.
            op: how many of its operations have run.
            otherwise: where that is no longer kept: refuse, nearest, or replay (compute it again, however long).
        """
        return self._ask("POST", "/seek", {"step": step, "op": op, "otherwise": otherwise})

    def timeline(self) -> T:
        """The run as a line of steps: what is kept, where something was changed, and the bookmarks."""
        return self._ask("GET", "/timeline")

    def add_bookmark(self, name: str = "") -> T:
        """Name the present point of time; it can be reached whatever becomes of the run."""
        return self._ask("POST", "/bookmarks", {"name": name})

    def rename_bookmark(self, number: int, name: str) -> T:
        """Give a bookmark another name."""
        return self._ask("PATCH", f"/bookmarks/{number}", {"name": name})

    def remove_bookmark(self, number: int) -> T:
        """Take a bookmark away."""
        return self._ask("DELETE", f"/bookmarks/{number}")

    def visit(self, number: int) -> T:
        """Stand at a bookmark; from another run its network comes along."""
        return self._ask("POST", f"/bookmarks/{number}/visit")
