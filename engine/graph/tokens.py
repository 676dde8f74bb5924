"""Token ids: which layers look them up, what ids they know, and whether the data keep to it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import Loc, SpecError
from engine.layers import Node, Parameter
from engine.words import say

#: Operations that look a token up: their first input holds ids.
LOOKUPS = frozenset({"one_hot", "embedding"})
#: Operations that hand ids on as they are.
MOVES = frozenset({"reshape", "transpose", "slice", "flatten", "linear", "concat", "part"})


@dataclass(frozen=True)
class Tokens:
    """What the ids of the input may be.

    Args:
        layer: the layer that knows the fewest.
        count: ids are whole numbers from 0 to count - 1.
    """

    layer: str
    count: int

    def check(self, inputs: Array, loc: Loc) -> None:
        """Every number is an id that the layer knows.

        Raises:
            SpecError: naming the first that is not, and where it stands.
        """
        wrong = (inputs < 0) | (inputs >= self.count) | (inputs != np.floor(inputs))
        if not wrong.any():
            return
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        places = ", ".join(str(i + 1) for i in place[1:])
        template = "example {row}, place {places}" if places else "example {row}"
        where = say(template, row=place[0] + 1, places=places)
        raise SpecError(
            say(
                'layer "{layer}" expects token ids, whole numbers from 0 to {last}, but {where} holds {value:g}',
                layer=self.layer,
                last=self.count - 1,
                where=where,
                value=float(inputs[place]),
            ),
            loc,
        )


def tokens_of(nodes: Mapping[str, Node], parameters: Mapping[str, Parameter], locs: Mapping[str, Loc]) -> Tokens | None:
    """What the ids of the input may be; None if no layer looks tokens up.

    Args:
        nodes: of the layers.
        parameters: of the layers.
        locs: layer -> its place in the description.

    Raises:
        SpecError: if what is looked up is computed, not read from the data: it has no gradient there.
    """
    found = []
    for node in nodes.values():
        if node.op in LOOKUPS and node.block is None:  # a decoder looks up what it writes, not what it reads
            _check_reads_data(node, nodes, locs[node.layer])
            count = node.options["tokens"] if node.op == "one_hot" else parameters[node.inputs[1]].shape[0]
            found.append(Tokens(node.layer, count))
    return min(found, key=lambda tokens: tokens.count, default=None)


def _check_reads_data(node: Node, nodes: Mapping[str, Node], loc: Loc) -> None:
    waiting = [node.inputs[0]]
    while waiting:
        read = nodes[waiting.pop()]
        if read.op in MOVES:
            waiting += read.inputs
        elif read.kind != "input":
            message = say(
                'layer "{layer}" looks up token ids in the input, but reads what "{layer_2}" computes',
                layer=node.layer,
                layer_2=read.layer,
            )
            raise SpecError(message, (*loc, "inputs"))
