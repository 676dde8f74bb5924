"""h_t = f(x_t W_ih + b + h_{t-1} W_hh)   with f tanh or relu, x (N, T, D), W_ih (D, M), W_hh (M, M), b (M,).

Elman, "Finding Structure in Time", 1990. PyTorch's RNN has two biases, of which only the sum matters.
"""

from functools import partial

from engine.layers.base import Expansion, LayerType, Parameter, Source
from engine.layers.recurrence import Cell, Step, Unrolled, bias, hidden_weights, input_weights, unroll
from engine.spec import RnnLayer


def expand(spec: RnnLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.z[t]``, ``<id>.h[t]`` for each time step; parameters ``W_ih``, ``b``, ``W_hh``."""
    cell = Cell(1, ("h",), partial(_advance, spec.activation), partial(_parameters, spec))
    return unroll(spec, sources, cell)


def _advance(function: str, unrolled: Unrolled, step: Step, x: str, states: tuple[str, ...]) -> tuple[str, ...]:
    (h_prev,) = states
    z = unrolled.at(step, "z", "recur", x, h_prev, f"{unrolled.prefix}.W_hh", cut=(1,))
    if step.mask is None:
        return (unrolled.at(step, "h", function, z),)
    return (unrolled.carried(step, "h", unrolled.at(step, "h_new", function, z), h_prev),)


def _parameters(spec: RnnLayer, prefix: str, fan_in: int) -> tuple[Parameter, ...]:
    W_ih = input_weights(spec, prefix, fan_in, 1)
    return (W_ih, bias(spec, prefix, "b", 1, None), hidden_weights(spec, prefix, 1))


RNN = LayerType(
    name="rnn",
    summary="Reads a sequence step by step and remembers: each step sees the input and what was said before.",
    formula=r"h_t = f(x_t W_{ih} + b + h_{t-1} W_{hh})",
    arity="one",
    expand=expand,
)
