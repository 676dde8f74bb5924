"""Runs an operation as a plan would: buffers in hand, work buffers full of NaN."""

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.ops import Loss, Op, Vjp


def run_forward(op: Op, *inputs: Any, **options: Any) -> Array:
    """The output for these inputs (float64 unless they are arrays)."""
    arrays = to_arrays(inputs)
    chosen = {**op.options, **options}
    y = np.full(op.shape(*(x.shape for x in arrays), **chosen), np.nan, arrays[0].dtype)
    op.forward(y, *arrays, *scratch(op, arrays, **chosen), **chosen)
    return y


def run_vjp(op: Op, name: str, dy: Any, *inputs: Any, index: int | None = None, **options: Any) -> Array:
    """The gradient with respect to one input for this upstream gradient."""
    arrays = to_arrays(inputs)
    y = run_forward(op, *arrays, **options)
    vjp = next(vjp for vjp in op.vjps if vjp.input == name)
    dx = np.full_like(arrays[op.inputs.index(name) if index is None else index], np.nan)
    repeated = {} if index is None else {"index": index}
    upstream = np.asarray(dy, y.dtype)
    chosen = {**op.options, **options}
    vjp.rule(dx, upstream, y, *arrays, *scratch(op, arrays, **chosen), **chosen, **repeated)
    return dx


def run_per_example(loss: Loss, *inputs: Any, **options: Any) -> Array:
    """The loss of each example."""
    assert loss.per_example is not None
    arrays = to_arrays(inputs)
    out = np.full(len(arrays[0]), np.nan, arrays[0].dtype)
    loss.per_example(out, *arrays, *scratch(loss, arrays), **{**loss.options, **options})
    return out


def differentiable(op: Op, inputs: tuple[Array, ...]) -> Iterator[tuple[Vjp, int, dict[str, int]]]:
    """Each input that gets a gradient: its rule, its place, and its index if it is one of a repeated input."""
    rules = {vjp.input: vjp for vjp in op.vjps}
    for place in range(len(inputs)):
        name = op.inputs[min(place, len(op.inputs) - 1)]
        if name in rules:
            yield rules[name], place, {"index": place} if name.endswith("*") else {}


def directional_error(
    op: Op, inputs: tuple[Array, ...], rng: np.random.Generator, step: float = 1e-5, **options: Any
) -> float:
    """The largest error of <v, J u> = <vjp(v), u> over the inputs, J u by a central difference along a random u.

    Relative to the sum of the absolute terms of <vjp(v), u>, so that a lucky cancellation does not count as an error.
    """
    v = rng.normal(size=run_forward(op, *inputs, **options).shape)
    worst = 0.0
    for vjp, place, repeated in differentiable(op, inputs):
        u = rng.normal(size=inputs[place].shape)
        ahead, behind = (
            run_forward(op, *inputs[:place], inputs[place] + way * step * u, *inputs[place + 1 :], **options)
            for way in (1, -1)
        )
        terms = run_vjp(op, vjp.input, v, *inputs, **repeated, **options) * u
        difference = np.sum(v * (ahead - behind)) / (2 * step)
        worst = max(worst, float(abs(difference - terms.sum()) / max(np.abs(terms).sum(), 1e-6)))
    return worst


def _shaping(op: Op, options: dict[str, Any]) -> dict[str, Any]:
    """Those of the options that the rule of the shape takes."""
    known = inspect.signature(op.shape).parameters
    return {name: value for name, value in options.items() if name in known}


def to_arrays(inputs: tuple[Any, ...]) -> tuple[Array, ...]:
    """Arrays as they are, lists as float64."""
    return tuple(x if isinstance(x, np.ndarray) else np.array(x, float) for x in inputs)


def scratch(op: Op, inputs: tuple[Array, ...], **options: Any) -> list[Array]:
    """Work buffers full of NaN: a rule that reads them before it writes them is found out."""
    shapes = op.scratch(*(x.shape for x in inputs), **{**op.options, **options})
    return [np.full(shape, np.nan, inputs[0].dtype) for shape in shapes]
