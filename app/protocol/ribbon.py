"""The calls of a step on the wire: what many of them share is said once, so that thousands are some ten kilobytes.

``{kinds: [{phase, layer, op, label, formula, kind}], kind: [0, 1, …], node: ["hidden1.z", …]}``: call n is of kind
``kinds[kind[n]]`` and writes ``node[n]``, which stands in its label for the star.
"""

from collections.abc import Iterable, Mapping
from typing import Any

#: What calls of one kind have in common.
COMMON = ("phase", "layer", "op", "label", "formula", "kind")
STAR = "*"


def pack_calls(calls: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Calls in order, each with ``index, node`` and COMMON, as columns."""
    kinds: dict[tuple[Any, ...], int] = {}
    kind, node = [], []
    for call in calls:
        label = call["label"].replace(call["node"], STAR, 1)
        key = tuple(label if name == "label" else call[name] for name in COMMON)
        kind.append(kinds.setdefault(key, len(kinds)))
        node.append(call["node"])
    return {"kinds": [dict(zip(COMMON, key, strict=True)) for key in kinds], "kind": kind, "node": node}


def unpack_calls(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """The calls again."""
    return [
        {
            **columns["kinds"][kind],
            "index": index,
            "node": node,
            "label": columns["kinds"][kind]["label"].replace(STAR, node, 1),
        }
        for index, (kind, node) in enumerate(zip(columns["kind"], columns["node"], strict=True))
    ]
