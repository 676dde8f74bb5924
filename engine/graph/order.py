"""Orders: layers before those that read them (forward), and nodes after those that use them (backward).

All of it is iterative, because a network unrolled in time is deeper than Python's call stack.
"""

from collections.abc import Iterable, Mapping, Sequence

from engine.layers import Node


def forward_order(readers: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """Each layer after all that it reads, otherwise in the order given.

    Args:
        readers: id -> ids that it reads.

    Returns:
        The order, and the ids that cannot be ordered because they stand on a cycle or behind one.
    """
    order: list[str] = []
    done: set[str] = set()
    waiting = list(readers)
    while waiting:
        ready = next((name for name in waiting if done.issuperset(readers[name])), None)
        if ready is None:
            break
        order.append(ready)
        done.add(ready)
        waiting.remove(ready)
    return order, waiting


def ancestors(of: str, reads: Mapping[str, Sequence[str]]) -> set[str]:
    """Everything that has a path to it, itself included."""
    found, stack = {of}, [of]
    while stack:
        for name in reads[stack.pop()]:
            if name not in found:
                found.add(name)
                stack.append(name)
    return found


def backward_order(nodes: Iterable[Node]) -> list[Node]:
    """Each node after every node that uses it: the forward order from its end."""
    return list(reversed(list(nodes)))


def depends_on(names: Iterable[str], nodes: Iterable[Node]) -> set[str]:
    """These names and every node, in forward order, that is computed from one of them."""
    found = set(names)
    for node in nodes:
        if not found.isdisjoint(node.inputs):
            found.add(node.name)
    return found
