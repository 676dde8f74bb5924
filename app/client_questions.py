"""The part of the Python client that reads: see ``app.client``, whose sessions have these methods."""

from collections.abc import Sequence
from typing import Any, Generic

from app.client_wire import Asks, Index, T, index_text, path_part, without_none


class Questions(Asks[T], Generic[T]):
    """What a session can tell of itself; nothing here moves or changes it."""

    def forward(self, inputs: Any) -> T:
        """Run inputs (N, columns of the network) through the network; changes nothing."""
        return self._ask("POST", "/forward", {"inputs": inputs})

    def backward(self, inputs: Any, targets: Any) -> T:
        """Loss and every gradient for these examples; changes nothing."""
        return self._ask("POST", "/backward", {"inputs": inputs, "targets": targets})

    def tensor(self, node: str) -> T:
        """A node's activation and gradient at the present cursor; None where not computed."""
        return self._ask("GET", f"/tensors/{path_part(node)}")

    def explain(
        self,
        node: str,
        index: Index = (),
        quantity: str | None = None,
        level: str = "graduate",
        language: str | None = None,
    ) -> T:
        """Why is this number what it is? ``level``: kid, high_school, graduate, tldr or phd; ``language``: en or fr."""
        asked = {"index": index_text(index), "quantity": quantity, "level": level, "language": language}
        return self._ask("GET", f"/explain/{path_part(node)}", **asked)

    def gradcheck(self, parameter: str | None = None, index: Index | None = None) -> T:
        """Backpropagation beside finite differences, of the step that is shown: the gradients that ``tensor`` gives."""
        return self._ask("POST", "/gradcheck", without_none(parameter=parameter, index=index))

    def what_if(self, *changes: Any, nodes: Sequence[str] | None = None, example: int | str | None = None) -> T:
        """What would be, if these numbers were others: ``{"parameter": …, "index": …, "value" or "add": …}``.

        ``{"input": …, "value" or "add": …}`` is a number of the followed example's input. Changes nothing.
        """
        return self._ask("POST", "/what-if", without_none(changes=changes, nodes=nodes, example=example))

    def effect(self, parameter: str, index: Index, **wish: Any) -> T:
        """What a gradient says of the loss beside what is measured; options: ``step, points, reach``."""
        return self._ask("POST", "/effect", {"parameter": parameter, "index": index, **wish})

    def history(self) -> T:
        """Metrics by step: columns of one length."""
        return self._ask("GET", "/history")

    def ledger(self, parameter: str) -> T:
        """Start, sum of deltas, current."""
        return self._ask("GET", "/ledger", parameter=parameter)

    def projection(self, parameter: str) -> T:
        """Where the rows of a matrix, say an embedding's tokens, stand in the plane in which they differ most."""
        return self._ask("GET", f"/projection/{path_part(parameter)}")

    def recipe(self) -> T:
        """What has to be said to come back to this very point without its weights, and whether that is exact."""
        return self._ask("GET", "/recipe")

    def confusion(self) -> T:
        """Confusion matrices of both parts."""
        return self._ask("GET", "/confusion")

    def predictions(self, part: str = "train", **wish: Any) -> T:
        """Single examples, the worst first; options: ``order, target, answer, wrong, offset, limit``."""
        return self._ask("GET", "/predictions", part=part, **wish)

    def histograms(self, *parameters: str) -> T:
        """How weights and updates of these parameters (the first 16 if none is named) are spread over time."""
        return self._ask("GET", "/histograms", parameters=",".join(parameters) or None)

    def find_learning_rate(self, **wish: Any) -> T:
        """The loss while the learning rate grows, on a copy; options: ``low, high, steps, smoothing``."""
        return self._ask("POST", "/learning-rate", wish)

    def dataset(self) -> T:
        """Columns, features and rows of the data."""
        return self._ask("GET", "/dataset")
