"""h_t = u h_{t-1} + (1 - u) n,  n = tanh(x W_in + b_in + r (h_{t-1} W_hn + b_hn)),  r, u = σ(x W + h_{t-1} W + b).

Gates are stacked in the order reset, update, candidate, as in cuDNN and PyTorch: W_ih (D, 3M), W_hh (M, 3M), b_ih and
b_hh (3M,). update = 1 keeps h_{t-1}; the reset gate acts behind the product with W_hh. Cho et al. 2014.
"""

from functools import partial

from engine.layers.base import Expansion, LayerType, Parameter, Source
from engine.layers.recurrence import Cell, Step, Unrolled, bias, hidden_weights, input_weights, unroll
from engine.spec import DecoderLayer, GruLayer

GATES = ("reset", "update", "candidate")


def expand(spec: GruLayer, sources: tuple[Source, ...]) -> Expansion:
    """Gates ``reset update candidate`` and hidden state ``h`` of each time step: ``<id>.update[t]`` …

    Parameters ``W_ih``, ``b_ih``, ``W_hh``, ``b_hh``.
    """
    return unroll(spec, sources, Cell(3, ("h",), advance, partial(parameters, spec)))


def advance(unrolled: Unrolled, step: Step, x: str, states: tuple[str, ...]) -> tuple[str, ...]:
    """One time step; ``x`` is the input's part (3M,)."""
    (h_prev,) = states
    prefix = unrolled.prefix
    weights = (f"{prefix}.W_hh", f"{prefix}.b_hh")
    from_h = unrolled.at(step, "from_h", "dense", h_prev, *weights, width=3 * unrolled.units, cut=(0,))
    x_parts = {gate: unrolled.gate(step, f"x_{gate}", x, number) for number, gate in enumerate(GATES)}
    h_parts = {gate: unrolled.gate(step, f"h_{gate}", from_h, number) for number, gate in enumerate(GATES)}
    reset, update = (_gate(unrolled, step, gate, x_parts[gate], h_parts[gate]) for gate in ("reset", "update"))
    remembered = unrolled.at(step, "remembered", "multiply", reset, h_parts["candidate"])
    z = unrolled.at(step, "z_candidate", "add", x_parts["candidate"], remembered)
    candidate = unrolled.at(step, "candidate", "tanh", z)
    name = "h" if step.mask is None else "h_new"
    h = unrolled.at(step, name, "gru_mix", update, h_prev, candidate, cut=(1,))
    return (h if step.mask is None else unrolled.carried(step, "h", h, h_prev),)


def _gate(unrolled: Unrolled, step: Step, gate: str, x: str, h: str) -> str:
    """gate = sigmoid(its part of the input + its part of the state)."""
    return unrolled.at(step, gate, "sigmoid", unrolled.at(step, f"z_{gate}", "add", x, h))


def parameters(spec: GruLayer | DecoderLayer, prefix: str, fan_in: int) -> tuple[Parameter, ...]:
    """``W_ih`` (fan_in, 3M), ``b_ih`` (3M,), ``W_hh`` (M, 3M), ``b_hh`` (3M,)."""
    return (
        input_weights(spec, prefix, fan_in, 3),
        bias(spec, prefix, "b_ih", 3, None),
        hidden_weights(spec, prefix, 3),
        bias(spec, prefix, "b_hh", 3, None),
    )


GRU = LayerType(
    name="gru",
    summary="A memory with two gates: how much of the past to use, and how much of it to keep.",
    formula=r"h_t = u_t h_{t-1} + (1 - u_t)\, n_t",
    arity="one",
    expand=expand,
)
