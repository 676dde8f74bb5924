"""What hands a gradient back to what; where one parameter serves all time steps, one edge for all of them."""

from collections import defaultdict
from collections.abc import Container, Iterable
from typing import Any, NamedTuple

from engine.layers import Node
from engine.ops import Vjp


class Edge(NamedTuple):
    """One vector-Jacobian product of a step.

    Args:
        nodes: whose gradient is handed back: one, or all time steps of a recurrence in their order.
        name: the node or parameter that it is handed to.
        vjp: the rule.
        options: of the rule.
    """

    nodes: tuple[Node, ...]
    name: str
    vjp: Vjp
    options: dict[str, Any]


def joined(edges: Iterable[Edge], parameters: Container[str]) -> list[Edge]:
    """The edges, those from the time steps of one block to one parameter as a single one, in place of the last."""
    found = list(edges)
    groups: dict[tuple[str, str | None], list[Edge]] = defaultdict(list)
    for edge in found:
        if _may_join(edge, parameters):
            groups[_group(edge)].append(edge)
    kept = []
    for edge in found:
        group = groups.get(_group(edge), []) if _may_join(edge, parameters) else []
        if len(group) < 2:
            kept.append(edge)
        elif edge is group[-1]:
            nodes = sorted((one.nodes[0] for one in group), key=lambda node: node.slot)
            kept.append(edge._replace(nodes=tuple(nodes)))
    return kept


def _may_join(edge: Edge, parameters: Container[str]) -> bool:
    return edge.vjp.joint and edge.name in parameters and edge.nodes[0].block is not None


def _group(edge: Edge) -> tuple[str, str | None]:
    return edge.name, edge.nodes[0].block
