"""The optimizers as PyTorch has them: the class with its arguments, and where it keeps its slots."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.export.numpy_optimizers import constants


@dataclass(frozen=True)
class TorchOptimizer:
    """One optimizer.

    Args:
        call: the constructor, with {parameters} and the constants.
        slots: the papers' slot -> PyTorch's.
        counts: whether it keeps the number of its steps.
    """

    call: Callable[[Mapping[str, str]], str]
    slots: Mapping[str, str]
    counts: bool = True


def _text(pattern: str) -> Callable[[Mapping[str, str]], str]:
    return lambda fields: pattern.format(**fields)


def _nesterov(fields: Mapping[str, str]) -> str:
    """PyTorch refuses Nesterov's momentum where there is none."""
    nesterov = ", nesterov=True" if float(fields["momentum"]) else ""
    return f"torch.optim.SGD(parameters, lr={fields['learning_rate']}, momentum={fields['momentum']}{nesterov})"


ADAM = "lr={learning_rate}, betas=({beta1}, {beta2}), eps={eps}"
MEANS = {"m": "exp_avg", "v": "exp_avg_sq"}

#: name in the spec -> how it is written in a script
TORCH_OPTIMIZERS: dict[str, TorchOptimizer] = {
    "sgd": TorchOptimizer(_text("torch.optim.SGD(parameters, lr={learning_rate})"), {}, counts=False),
    "momentum": TorchOptimizer(
        _text("torch.optim.SGD(parameters, lr={learning_rate}, momentum={momentum})"),
        {"velocity": "momentum_buffer"},
        counts=False,
    ),
    "nesterov": TorchOptimizer(_nesterov, {"velocity": "momentum_buffer"}, counts=False),
    "adagrad": TorchOptimizer(_text("torch.optim.Adagrad(parameters, lr={learning_rate}, eps={eps})"), {"sum": "sum"}),
    "rmsprop": TorchOptimizer(
        _text("torch.optim.RMSprop(parameters, lr={learning_rate}, alpha={rho}, eps={eps})"), {"v": "square_avg"}
    ),
    "adam": TorchOptimizer(_text(f"torch.optim.Adam(parameters, {ADAM})"), MEANS),
    "adamw": TorchOptimizer(_text(f"torch.optim.AdamW(parameters, {ADAM}, weight_decay={{weight_decay}})"), MEANS),
    "nadam": TorchOptimizer(_text(f"torch.optim.NAdam(parameters, {ADAM}, momentum_decay={{momentum_decay}})"), MEANS),
    "adamax": TorchOptimizer(_text(f"torch.optim.Adamax(parameters, {ADAM})"), {"m": "exp_avg", "u": "exp_inf"}),
    "adadelta": TorchOptimizer(
        _text("torch.optim.Adadelta(parameters, lr={learning_rate}, rho={rho}, eps={eps})"),
        {"v": "square_avg", "d": "acc_delta"},
    ),
}


def constructor(spec: Any, dtype: str, learning_rate: float) -> str:
    """``torch.optim.Adam(parameters, lr=…)``."""
    fields = constants(spec, dtype, learning_rate)
    words = {name: repr(value) if math.isfinite(value) else "math.inf" for name, value in fields.items()}
    return TORCH_OPTIMIZERS[spec.type].call(words)


def extra_state(spec: Any, step: int) -> dict[str, str]:
    """What PyTorch keeps beside the slots: how many steps have been done; for NAdam, μ₁⋯μₜ."""
    state = {"step": f"torch.tensor({float(step)})"} if TORCH_OPTIMIZERS[spec.type].counts else {}
    if spec.type == "nadam":
        mu = (spec.beta1 * (1 - 0.5 * 0.96 ** (t * spec.momentum_decay)) for t in range(1, step + 1))
        state["mu_product"] = f"torch.tensor({math.prod(mu)!r}, dtype=torch.float64)"
    return state
