"""Writes docs/reference/ops.md from the table of operations: ``python -m tests.engine.ops.reference``."""

from collections.abc import Mapping
from pathlib import Path

from engine.ops import ACTIVATIONS, LOSSES, OPS, Op

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "ops.md"

INTRODUCTION = """\
# Operations

Every node of a network is one of these. Each has a forward rule and, for each input that gets a gradient, a
vector-Jacobian product: from the gradient of the loss with respect to the output (upstream) to that with respect to
the input (downstream). `d` and a name is the gradient of the loss with respect to that name, and has its shape. The
letters are those of [notation](notation.md).

This page is made from the table in `engine/ops` by `python -m tests.engine.ops.reference`; a test fails when it is not
up to date.
"""


def page() -> str:
    """The whole page."""
    joints = {name: op for name, op in OPS.items() if name not in ACTIVATIONS and name not in LOSSES}
    parts = [
        INTRODUCTION,
        _section("Between the layers", joints),
        _section("Activations", ACTIVATIONS),
        _section("Losses", LOSSES),
    ]
    return "\n".join(parts)


def _section(title: str, ops: Mapping[str, Op]) -> str:
    return "\n".join([f"## {title}\n", *(_entry(op) for op in ops.values())])


def _entry(op: Op) -> str:
    formulas = [op.formula, *(vjp.formula for vjp in op.vjps)]
    inputs = ", ".join(f"`{name.replace('*', '')}`{' (any number)' if '*' in name else ''}" for name in op.inputs)
    options = "".join(f" · option `{name}` (default {value})" for name, value in op.options.items())
    blocks = "\n".join(f"```math\n{formula}\n```" for formula in formulas)
    return f"### `{op.name}`\n\n{op.summary}\n\nInputs: {inputs}{options}\n\n{blocks}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
