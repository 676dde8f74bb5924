"""Parts: nodes that are views of another, so that what is written to one is written to the other."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from engine.layers import Node
from engine.plan.calls import Quantity

Written = tuple[tuple[str, Quantity], ...]


class Parts:
    """Who is part of whom, and whose gradients are still missing.

    Args:
        nodes: all of the graph.
        gradients: names that get a gradient.
    """

    def __init__(self, nodes: Iterable[Node], gradients: Container[str] = ()) -> None:
        self._parts: dict[str, list[str]] = defaultdict(list)
        self._whole: dict[str, str] = {}
        for node in nodes:
            if node.is_part:
                self._parts[node.inputs[0]].append(node.name)
                self._whole[node.name] = node.inputs[0]
        self._missing = {
            whole: {part for part in parts if part in gradients}
            for whole, parts in self._parts.items()
            if whole in gradients
        }

    def values_of(self, name: str) -> Written:
        """What a call that writes this node has written: its parts as well."""
        return tuple((written, "value") for written in self._downwards(name))

    def gradients_of(self, name: str) -> Written:
        """The same for a gradient; and that of the whole, if this was its last part."""
        return tuple((written, "gradient") for written in (*self._downwards(name), *self._upwards(name)))

    def _downwards(self, name: str) -> Iterator[str]:
        yield name
        for part in self._parts.get(name, ()):
            yield from self._downwards(part)

    def _upwards(self, name: str) -> Iterator[str]:
        whole = self._whole.get(name)
        if whole is None or whole not in self._missing:
            return
        self._missing[whole].discard(name)
        if not self._missing[whole]:
            yield whole
            yield from self._upwards(whole)
