"""Asking the network about other examples, and about its own gradients; nothing of the training changes."""

from typing import Any

import numpy as np

from engine.arrays import Array
from engine.editing import numbers
from engine.errors import LimitExceeded
from engine.gradcheck import GradcheckReport, gradcheck
from engine.graph import size
from engine.network import Network
from engine.numbers import Numbers


@np.errstate(all="ignore")
def forward(network: Network, inputs: Any) -> dict[str, Any]:
    """``{outputs, activations: {node: …}}`` for inputs as the network takes them.

    Raises:
        ShapeMismatch: they are not shaped so; SpecError: they are no finite numbers; LimitExceeded: they are too many.
    """
    given = numbers(inputs, network.spec.dtype, "inputs", ("inputs",))
    _check_rows(network, given)
    values = network.evaluator.forward(given)
    return {"outputs": values[network.graph.output], "activations": values}


@np.errstate(all="ignore")
def backward(network: Network, inputs: Any, targets: Any) -> dict[str, Any]:
    """``{loss, penalty, outputs, activations, gradients: {parameters, activations, inputs}}``; dropout is off.

    The gradients are those of loss + penalty, over these examples as one batch. Errors as in ``forward``.
    """
    given = numbers(inputs, network.spec.dtype, "inputs", ("inputs",))
    wanted = numbers(targets, np.float64, "targets", ("targets",))
    _check_rows(network, given)
    probe = network.evaluator.backward(given, wanted)
    gradients = {name: gradient for name, gradient in probe.gradients.items() if name not in {"loss", "penalty"}}
    return {
        "loss": probe.loss,
        "penalty": probe.penalty,
        "outputs": probe.values[network.graph.output],
        "activations": probe.values,
        "gradients": {
            "parameters": probe.parameter_gradients,
            "activations": gradients,
            "inputs": probe.gradients.get(network.graph.input),  # None: tokens cannot be moved a little
        },
    }


@np.errstate(all="ignore")
def check_gradients(
    here: Numbers, batch_rows: Array, parameter: str | None, index: tuple[int, ...] | None, max_entries: int
) -> GradcheckReport:
    """Backpropagation beside finite differences, of the very gradients that are shown.

    At the point of the step that is shown (or comes next): its batch, its dropout masks, and the parameters as its
    forward pass used them, which an update that has run leaves behind.
    """
    report = gradcheck(
        here.graph, given_to(here, batch_rows), here.used, parameter=parameter, index=index, max_entries=max_entries
    )
    return report.model_copy(update={"at_step": here.mark.shown})


def given_to(here: Numbers, batch_rows: Array) -> dict[str, Array]:
    """What no call computes: inputs, targets and dropout masks of the batch; masks that are not drawn yet keep all."""
    network = here.network
    values = {
        here.graph.input: network.inputs["train"][batch_rows],
        "target": network.targets["train"][batch_rows],
    }
    for name, node in here.graph.nodes.items():
        if node.kind == "mask":
            mask = here.value(name)
            values[name] = np.ones((len(batch_rows), *node.shape)) if mask is None else mask
    return values


def _check_rows(network: Network, given: Array) -> None:
    """All values of all examples have to fit the memory that one batch may take."""
    rows = len(given) if given.ndim else 0
    width = sum(size(node.shape) for node in network.graph.nodes.values())
    most = min(network.limits.rows, network.limits.values // width)
    if rows > most:
        raise LimitExceeded("examples at once", most, rows, ("inputs",))
