"""c_t = f c_{t-1} + i g,  h_t = o tanh(c_t)   with i, f, o = sigmoid and g = tanh of x_t W_ih + b + h_{t-1} W_hh.

Gates are stacked in the order i, f, g, o (input, forget, candidate, output), as in PyTorch: W_ih (D, 4M), W_hh (M, 4M),
b (4M,). The forget gate's bias begins at ``forget_bias`` (1 keeps the cell open: Jozefowicz, Zaremba & Sutskever, "An
Empirical Exploration of Recurrent Network Architectures", 2015). Hochreiter & Schmidhuber 1997; forget gate Gers et al.
2000. PyTorch has two biases, of which only the sum matters.
"""

from functools import partial

from engine.layers.base import Expansion, LayerType, Parameter, Source
from engine.layers.recurrence import Cell, Step, Unrolled, bias, hidden_weights, input_weights, unroll
from engine.spec import DecoderLayer, LstmLayer

#: Gate -> its block of columns and its nonlinearity.
GATES = {"i": (0, "sigmoid"), "f": (1, "sigmoid"), "g": (2, "tanh"), "o": (3, "sigmoid")}


def expand(spec: LstmLayer, sources: tuple[Source, ...]) -> Expansion:
    """Gates ``i f g o``, cell ``c``, ``tanh_c`` and hidden state ``h`` of each time step: ``<id>.f[t]`` …

    Parameters ``W_ih``, ``b``, ``W_hh``.
    """
    return unroll(spec, sources, Cell(4, ("h", "c"), advance, partial(parameters, spec)))


def advance(unrolled: Unrolled, step: Step, x: str, states: tuple[str, ...]) -> tuple[str, ...]:
    """One time step; ``x`` is the input's part (4M,)."""
    h_prev, c_prev = states
    z = unrolled.at(step, "z", "recur", x, h_prev, f"{unrolled.prefix}.W_hh", width=4 * unrolled.units, cut=(1,))
    parts = {gate: unrolled.gate(step, f"z_{gate}", z, number) for gate, (number, _) in GATES.items()}
    i, f, g, o = (unrolled.at(step, gate, function, parts[gate]) for gate, (_, function) in GATES.items())
    if step.mask is None:
        c = unrolled.at(step, "c", "lstm_cell", f, c_prev, i, g, cut=(1,))
        return (unrolled.at(step, "h", "multiply", o, unrolled.at(step, "tanh_c", "tanh", c)), c)
    c_new = unrolled.at(step, "c_new", "lstm_cell", f, c_prev, i, g, cut=(1,))
    h_new = unrolled.at(step, "h_new", "multiply", o, unrolled.at(step, "tanh_c", "tanh", c_new))
    return unrolled.carried(step, "h", h_new, h_prev), unrolled.carried(step, "c", c_new, c_prev)


def parameters(spec: LstmLayer | DecoderLayer, prefix: str, fan_in: int) -> tuple[Parameter, ...]:
    """``W_ih`` (fan_in, 4M), ``b`` (4M,), ``W_hh`` (M, 4M)."""
    shift = (spec.units, 2 * spec.units, spec.forget_bias)
    W_ih = input_weights(spec, prefix, fan_in, 4)
    return (W_ih, bias(spec, prefix, "b", 4, shift), hidden_weights(spec, prefix, 4))


LSTM = LayerType(
    name="lstm",
    summary="A memory with gates: what to forget, what to take in, what to say. Gradients travel far along its cell.",
    formula=r"c_t = f_t c_{t-1} + i_t g_t,\quad h_t = o_t \tanh c_t",
    arity="one",
    expand=expand,
)
