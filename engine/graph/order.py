"""Orders: layers before those that read them (forward), and nodes after those that use them (backward).

All of it is iterative, because a network unrolled in time is deeper than Python's call stack.
"""

from collections.abc import Iterable, Mapping, Sequence

from engine.layers import Node
from engine.ops import OPS, vjp_of


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


def with_gradient(starts: Iterable[str], nodes: Sequence[Node], end: str) -> set[str]:
    """The names on a way from one of these to the end along which every operation hands its gradient back.

    Args:
        starts: names of parameters, or of an input.
        nodes: in forward order.
        end: the node that gradients come from.
    """
    reached = set(starts)
    for node in nodes:
        if any(name in reached for name in handed_back(node)):
            reached.add(node.name)
    wanted = {end}
    for node in reversed(nodes):
        if node.name in wanted:
            wanted.update(handed_back(node))
    return reached & wanted


def handed_back(node: Node) -> list[str]:
    """The inputs of a node to which its operation hands a gradient back."""
    if node.op is None or node.kind == "penalty":
        return []
    op = OPS[node.op]
    return [name for place, name in enumerate(node.inputs) if place not in node.cuts and vjp_of(op, place)[0]]
