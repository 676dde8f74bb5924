"""Writes docs/reference/layers.md from the registry of layers: ``python -m tests.engine.layers.reference``."""

from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from engine import spec
from engine.catalog import tagged
from engine.graph import Graph
from engine.layers import LAYERS, LayerType
from tests.engine.layers.test_layers import AROUND, INPUTS
from tests.engine.networks import graph_of

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "layers.md"

INTRODUCTION = """\
# Layers

Every layer has an `id`, an `initializer` (if left out, the one that suits it) and `inputs`: ids of the layers that it
reads, the layer before it if left out. Vectors are `(N, D)`, sequences `(N, T, D)`, images `(N, C, H, W)`; axes of
options are those of one example, from 0.

Each layer becomes nodes and parameters with names that begin with its id; here it is called `here`. Shapes are those of
a small example, without the batch; of a recurrent layer the nodes of the first time step stand for all. The letters are
those of [notation](notation.md), the rules those of the [operations](ops.md).

This page is made from the registry in `engine/layers` by `python -m tests.engine.layers.reference`; a test fails when
it is not up to date.
"""


def page() -> str:
    """The whole page."""
    models = tagged(spec.LayerSpec)
    return "\n".join([INTRODUCTION, *(_entry(layer, models[name]) for name, layer in LAYERS.items())])


def _entry(layer: LayerType, model: type[BaseModel]) -> str:
    graph = graph_of(AROUND[layer.name], inputs=INPUTS.get(layer.name, (2,)))
    parts = [
        f"## `{layer.name}`",
        layer.summary,
        f"```math\n{layer.formula}\n```",
        _options(model),
        _made_of(graph),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _options(model: type[BaseModel]) -> str:
    """A table of what this layer has beyond the others."""
    own = {
        name: field for name, field in model.model_fields.items() if name not in {*spec.LayerBase.model_fields, "type"}
    }
    rows = [f"| `{name}` | {_default(field)} | {field.description or ''} |" for name, field in own.items()]
    return "\n".join(["| option | default | |", "|---|---|---|", *rows]) if rows else ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, BaseModel):
        return f"`{getattr(default, 'type', default)}`"
    return "–" if default is None else f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _made_of(graph: Graph) -> str:
    layer = graph.layers["here"]
    nodes = [name for name in layer.nodes if "[" not in name or "[0]" in name]
    lines = ["Nodes: " + ", ".join(f"`{name}` {_shape(graph.nodes[name].shape)}" for name in nodes)]
    if layer.parameters:
        found = (f"`{name}` {_shape(graph.parameters[name].shape)}" for name in layer.parameters)
        lines.append("Parameters: " + ", ".join(found))
    return "\n\n".join(lines)


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
