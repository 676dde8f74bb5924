"""The moment of a session that is exported: the step that comes next or is under way, with all that it starts from."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from engine.arrays import Array
from engine.export import Moment
from engine.network import Network
from engine.trainer import Trainer


def moment_of(network: Network) -> Moment:
    """Everything that the trainer's present step is computed from: copies. The network is left as it was.

    Its parameters and slots have to be those from before the update.
    """
    trainer = network.trainer
    plan = trainer.plan
    return Moment(
        spec=network.spec,
        graph=network.graph,
        parameters={name: value.copy() for name, value in plan.parameters.items()},
        given=_given(trainer),
        slots={
            slot: {name: plan.view(vector, name).copy() for name in network.graph.learned}
            for slot, vector in trainer.slots.items()
        },
        step=trainer.step,
        optimizer_step=trainer.step - trainer.optimizer_start,
        learning_rate=trainer.learning_rate(),
    )


@np.errstate(all="ignore")
def _given(trainer: Trainer) -> dict[str, Array]:
    """The step's inputs, targets and masks. What the buffers hold may belong to the step before, so it is put back."""
    outside = {name for name, node in trainer.graph.nodes.items() if node.op is None}
    with _put_back({name: trainer.plan.values[name] for name in outside}):
        for call in trainer.calls():
            if call.info.node in outside and call.info.phase == "forward":
                call.run()
        values = trainer.bound.values
        return {name: values[name].copy() for name in trainer.graph.nodes if name in outside}


@contextmanager
def _put_back(buffers: Mapping[str, Array]) -> Iterator[None]:
    """Whatever is written into these buffers is undone."""
    before = {name: buffer.copy() for name, buffer in buffers.items()}
    try:
        yield
    finally:
        for name, buffer in buffers.items():
            np.copyto(buffer, before[name])
