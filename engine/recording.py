"""What is written down of a training while it runs: the metrics by step, and the histograms of its parameters."""

from dataclasses import dataclass

from engine import histograms
from engine.histograms import Histograms
from engine.history import History
from engine.metrics import first_stride, point
from engine.network import Network
from engine.numbers import Numbers


@dataclass
class Record:
    """Both; which steps have a point is a function of how far the training came, and of nothing else.

    Args:
        history: the metrics.
        histograms: of weights and updates.
    """

    history: History
    histograms: Histograms

    def note(self, numbers: Numbers, step: int) -> None:
        """Write down what is due at the beginning of this step."""
        if self.history.next_due(step) == step:
            self.history.add(point(numbers.network))
        self.histograms.note(numbers, step)

    def forget_from(self, step: int) -> None:
        """Drop what was written down at this step and after it: from there on it is another training."""
        self.history.forget_from(step)
        self.histograms.forget_from(step)

    def copy(self) -> "Record":
        """One that does not grow with the training."""
        return Record(self.history.copy(), self.histograms.copy())

    def continued(self, network: Network, *, same_loss: bool) -> "Record":
        """For another network that goes on from the step at which its trainer stands.

        Args:
            network: the new one.
            same_loss: whether the old metrics mean the same for it.
        """
        fresh, step = begin(network), network.trainer.step
        if not same_loss:
            return fresh
        self.forget_from(step)
        self.history.coarsen(fresh.history.stride)
        self.histograms.counter = fresh.histograms.counter
        self.histograms.coarsen(fresh.histograms.stride)
        return self


def begin(network: Network, history: History | None = None) -> Record:
    """Nothing written down yet, but for this history."""
    empty = History(first_stride(network)) if history is None else history
    return Record(empty, histograms.begin(network.graph, network.trainer.batch_size))
