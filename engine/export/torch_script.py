"""A session as one Python file for PyTorch: the network as a module with its weights, and one step of its training."""

from collections.abc import Iterator

from engine.export.moment import Moment
from engine.export.numpy_optimizers import paper_slots
from engine.export.text import plain, table, title
from engine.export.torch_network import TorchNetwork
from engine.export.torch_optimizers import TORCH_OPTIMIZERS, constructor, extra_state
from engine.spec import ClipValue

HEAD = '''"""{name}: a neural network in PyTorch, with the weights of step {step}.

Written by Deltaflow. Run, it does one step of the training: the present batch ({rows} examples, {dtype}) forward, the
loss, autograd's gradients, one update by the optimizer with its slots as they are; then the loss again.
"""

import base64
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

torch.set_default_dtype(torch.{dtype})


def array(shape: tuple[int, ...], text: str) -> Tensor:
    """Numbers from their little-endian bytes, which base64 has made text: exact, and shorter than digits."""
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.{dtype}).reshape(shape)
'''

LOADING = '''def load(network: Network) -> None:
    """Deltaflow's weights into PyTorch's parameters."""
    with torch.no_grad():
        for name, (parameter, transposed) in places(network).items():
            parameter.copy_(turned(PARAMETERS[name], transposed))
            if name in FROZEN:
                parameter.requires_grad_(False)


def turned(tensor: Tensor, transposed: bool) -> Tensor:
    """From Deltaflow's layout into PyTorch's, or back."""
    return tensor.T.contiguous() if transposed else tensor


def in_deltaflow(network: Network) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Parameters and their gradients under Deltaflow's names, in its layout."""
    found = places(network).items()
    values = {name: turned(parameter.detach().clone(), transposed) for name, (parameter, transposed) in found}
    learned = [(name, place) for name, place in found if place[0].grad is not None]
    return values, {name: turned(parameter.grad.clone(), transposed) for name, (parameter, transposed) in learned}
'''

MAIN = '''def main() -> None:
    """One step."""
    network = Network()
    load(network)
    optimizer = optimizer_of(network)
    print("loss before the update", step(network, optimizer).item())
    print("loss after the update ", loss_of(network, GIVEN).item())


if __name__ == "__main__":
    main()
'''


def torch_script(moment: Moment) -> bytes:
    """The whole file."""
    spec, network = moment.spec, TorchNetwork(moment)
    parts = [
        HEAD.format(name=plain(spec.name), step=moment.step, rows=moment.rows, dtype=spec.dtype),
        title("the network"),
        network.module(),
        network.loss(),
        title("the weights"),
        network.places(),
        LOADING,
        title("the training"),
        _optimizer(moment),
        _step(moment),
        title("the numbers"),
        *_data(moment),
        MAIN,
    ]
    return "\n\n\n".join(part.strip("\n") for part in parts).encode() + b"\n"


def _optimizer(moment: Moment) -> str:
    spec = moment.spec.optimizer
    slots = TORCH_OPTIMIZERS[spec.type].slots
    lines = [
        "def optimizer_of(network: Network) -> torch.optim.Optimizer:",
        '    """The optimizer, with what it remembers of the steps before."""',
        "    parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]",
        f"    optimizer = {constructor(spec, moment.spec.dtype, moment.learning_rate)}",
    ]
    state = [f'"{name}": {value}' for name, value in extra_state(spec, moment.optimizer_step).items()]
    state += [f'"{theirs}": turned(KEPT[f"{{name}} {ours}"], transposed).clone()' for ours, theirs in slots.items()]
    if state:
        lines.append("    for name, (parameter, transposed) in places(network).items():")
        lines.append("        if parameter.requires_grad:")
        lines += ["            optimizer.state[parameter] = {", *(f"                {one}," for one in state)]
        lines.append("            }")
    return "\n".join([*lines, "    return optimizer"])


def _step(moment: Moment) -> str:
    lines = [
        "def step(network: Network, optimizer: torch.optim.Optimizer) -> Tensor:",
        '    """Forward, loss, backward, update; returns the loss."""',
        "    optimizer.zero_grad()",
        "    loss = loss_of(network, GIVEN)",
        "    loss.backward()",
    ]
    clip = moment.spec.optimizer.clip
    if isinstance(clip, ClipValue):
        lines.append(f"    nn.utils.clip_grad_value_(network.parameters(), {clip.limit!r})")
    elif clip:
        lines += [
            "    # nn.utils.clip_grad_norm_ adds 1e-6 to the norm; Deltaflow does not",
            "    grads = [parameter.grad for parameter in network.parameters() if parameter.grad is not None]",
            "    norm = math.sqrt(sum((grad * grad).sum().item() for grad in grads))",
            "    for grad in grads:",
            f"        grad.mul_(min(1, {clip.limit!r} / norm) if norm else 1)",
        ]
    return "\n".join([*lines, "    optimizer.step()", "    return loss.detach()"])


def _data(moment: Moment) -> Iterator[str]:
    """Parameters, batch and slots, in Deltaflow's layout."""
    optimizer = moment.spec.optimizer
    yield table("PARAMETERS", "What is learned, before the update, in Deltaflow's layout.", moment.parameters)
    frozen = ", ".join(f'"{name}"' for name, entry in moment.graph.parameters.items() if entry.frozen)
    yield (
        f"# Training leaves these as they are.\nFROZEN: set[str] = {{{frozen}}}"
        if frozen
        else "FROZEN: set[str] = set()"
    )
    yield table("GIVEN", f"The batch of step {moment.step}.", moment.given)
    slots = {name: paper_slots(optimizer, moment.slots, name) for name in moment.graph.learned}
    flat = {f"{name} {slot}": array for name, kept in slots.items() for slot, array in kept.items()}
    yield table("KEPT", f"What the optimizer ({optimizer.type}) remembers of each parameter.", flat)
