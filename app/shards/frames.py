"""A frame: what one connection looks at, selected from the session's buffers, summarised, as MessagePack bytes.

There is no queue of frames: a frame is made when the connection has room for one and has not seen the present state.
docs/reference/protocol.md has the schema; tests/golden/frame.msgpack binds it to the page's reader.
"""

from collections.abc import Iterator
from math import inf, prod
from typing import Any

import msgpack
import numpy as np

from app.protocol.commands import Watch
from app.shards.data import call_data, data
from app.shards.heatmaps import HeatMaps, finest
from app.shards.sequences import STEP_BYTES, Sequence, code, sequences
from app.shards.session import Session
from app.shards.summaries import level_for, missing, summarise, whole
from app.shards.transitions import Mode
from app.shards.travel import bookmarks_data
from engine.errors import SpecError
from engine.words import ENGLISH, Language, in_language

Array = np.ndarray[Any, Any]

#: Room for all that is no tensor: metrics, history, sentence.
HEAD_BYTES = 48 * 2**10
#: Outputs off which symbols are read are sent whole if they are not more numbers: 64 KiB.
MOST_TOLD = 2**14
#: Axes of what one example is at each time step: (T, D).
OVER_TIME = 2
Level = tuple[float, float]
WHOLE: Level = (inf, inf)


class Viewer:
    """What is kept for one connection: what it watches and what it has seen.

    Args:
        session: what is looked at.
        heatmaps: the session's, shared by all connections.
        max_bytes: the largest frame.
    """

    def __init__(self, session: Session, heatmaps: HeatMaps, max_bytes: int) -> None:
        self._session = session
        self._heatmaps = heatmaps
        self._budget = max_bytes - HEAD_BYTES
        self._watch = Watch()
        self._seen: int | None = None
        self._history_seen: tuple[int, int] | None = None
        self._told: dict[str, Any] = {}
        self._levels: dict[tuple[int, ...], Level] = {}

    def look_at(self, watch: Watch) -> None:
        """The next frame carries something else."""
        self._watch = watch
        self._seen = None

    def start_anew(self) -> None:
        """Forget what it has seen: it asks for everything."""
        self._seen = None
        self._history_seen = None
        self._told = {}

    @property
    def language(self) -> Language:
        """In which sentences are told."""
        return self._watch.language or ENGLISH

    def has_news(self) -> bool:
        """Whether the session has changed since the last frame."""
        return self._seen != self._session.version

    @np.errstate(over="ignore")  # what float32 cannot hold travels as infinity
    def frame(self, seq: int) -> bytes:
        """The present state, as MessagePack."""
        session, watch = self._session, self._watch
        trainer = session.trainer
        self._seen = session.version
        followed = self._followed()
        message = {
            "type": "frame",
            "seq": seq,
            "cursor": trainer.position.as_dict(),
            "mode": session.mode.value,
            "ran": call_data(trainer.last_call) if trainer.last_call else None,
            "metrics": session.metrics() if watch.metrics else None,
            "sentence": in_language(session.words(), self.language),
            "example": _example(followed),
            "tensors": self._tensors(followed),
            "history": self._new_history() if watch.metrics else None,
            "timeline": self._if_new("timeline", data(trainer.known())),
            "bookmarks": self._if_new("bookmarks", bookmarks_data(trainer)),
        }
        packed: bytes = msgpack.packb(message)
        return packed

    def _followed(self) -> Any:
        """The example that is watched; if the data have become others and have it no more, the batch's first."""
        try:
            return self._session.trainer.follow(self._watch.example)
        except SpecError:
            return self._session.trainer.follow(None)

    # --------------------------------------------------------------------------------------------------- tensors

    def _tensors(self, followed: Any) -> dict[str, dict[str, Any]]:
        maps = self._maps() if self._watch.heatmaps else {}
        found = dict(select(self._session.trainer, followed, gradients=self._watch.gradients))
        level = self._level(found, sum(len(tensor["data"]) for tensor in maps.values()))
        tensors = {key: _tensor(one, WHOLE if self._whole(key) else level) for key, one in found.items()}
        return {**tensors, **maps}

    def _whole(self, key: str) -> bool:
        """Whether it is never summarised: it is asked for, or symbols are read off it.

        Which symbol is said is which output is the largest: a mean over neighbours cannot tell.
        """
        if key.partition(":")[0] in self._watch.full or key in {"target", "target.mask"}:
            return True
        about = self._session.about()
        graph = about["graph"]
        told = bool(about["dataset"]["task"] == "sequence" and key == graph["output"])
        return told and prod(graph["layers"][-1]["shape"]) <= MOST_TOLD

    def _level(self, found: dict[str, Any], maps_bytes: int) -> Level:
        """How finely these can be sent; remembered, for it depends on their sizes alone."""
        inspected, sizes, steps = 0, [], 0
        for key, one in found.items():
            array = one.array if isinstance(one, Sequence) else one
            if not isinstance(array, np.ndarray):
                continue
            steps += len(array) if isinstance(one, Sequence) else 0
            if self._whole(key):
                inspected += 4 * array.size
            else:
                sizes.append(array.size)
        mark = (*sizes, steps, inspected)
        if mark not in self._levels:
            self._levels = {mark: level_for(sizes, self._budget - maps_bytes - inspected - STEP_BYTES * steps)}
        return self._levels[mark]

    def _maps(self) -> dict[str, dict[str, Any]]:
        session = self._session
        graph = session.about()["graph"]
        units = sum(layer["units"] for layer in graph["layers"])
        resolution = finest(self._watch.resolution, units=units, parameters=graph["parameter_count"])
        return self._heatmaps.at(session.version, resolution, playing=session.mode is Mode.PLAYING)

    # --------------------------------------------------------------------------------------------------- history

    def _if_new(self, name: str, told: Any) -> Any:
        """This, unless it was told before."""
        if self._told.get(name) == told:
            return None
        self._told[name] = told
        return told

    def _new_history(self) -> dict[str, Any] | None:
        """The points since the last frame; all of them if the past has changed (``since`` is null then)."""
        history = self._session.trainer.history()
        steps = history.step
        last = steps[-1] if steps else -1
        mark = (self._session.edits, last)
        seen, self._history_seen = self._history_seen, mark
        if seen == mark:
            return None
        since = seen[1] if seen and seen[0] == mark[0] and seen[1] <= last else None
        first = 0 if since is None else sum(1 for step in steps if step <= since)
        columns = data(history)
        return {
            "since": since,
            **{name: column[first:] for name, column in columns.items() if isinstance(column, list)},
        }


def _tensor(found: Any, level: Level) -> dict[str, Any]:
    """A shape is what was not computed."""
    if isinstance(found, Sequence):
        return code(found, level)
    if not isinstance(found, np.ndarray):
        return missing(found)
    return whole(found) if found.size <= level[0] else summarise(found, level)


def select(trainer: Any, followed: Any, *, gradients: bool) -> Iterator[tuple[str, Any]]:
    """(key, array or sequence) of everything that a frame can carry; a shape stands for what was not computed.

    Values of nodes are those of the followed example's row (D,); those of recurrent layers' time steps are together,
    (T, M). Parameters, their gradients and deltas are whole. If the example is not in the present batch, its values
    are evaluated with the present parameters (and are no part of the step); gradients it has if it is one's own, and
    it is known what is right.
    """
    numbers = trainer.numbers()
    if followed.loss is not None:
        yield "loss:example", np.array(followed.loss, np.float32)
    yield from _of_batch(numbers, gradients)
    yield from (
        _of_step(numbers, followed.row, gradients) if followed.in_batch else _evaluated(numbers, followed, gradients)
    )
    for name, parameter in numbers.graph.parameters.items():
        yield name, numbers.current(name)
        if gradients:
            yield f"{name}:gradient", _or_shape(numbers.gradient(name), parameter.shape)
            yield f"{name}:delta", _or_shape(numbers.delta(name), parameter.shape)


def _of_batch(numbers: Any, gradients: bool) -> Iterator[tuple[str, Any]]:
    """What belongs to no single example: loss, penalty, statistics of the batch."""
    for node in numbers.network.shown.nodes:
        if not node.has_batch_axis:
            yield node.name, _or_shape(numbers.value(node.name), node.shape)
            if gradients and node.shape:
                yield f"{node.name}:gradient", _or_shape(numbers.gradient(node.name), node.shape)


def _of_step(numbers: Any, row: int, gradients: bool) -> Iterator[tuple[str, Any]]:
    """The values and gradients of one row of the batch."""
    for node in numbers.network.shown.nodes:
        if node.has_batch_axis:
            yield node.name, _row(numbers.value(node.name), row, node.shape)
            if gradients:
                yield f"{node.name}:gradient", _row(numbers.gradient(node.name), row, node.shape)
    yield from sequences(numbers, row, gradients=gradients)


def _evaluated(numbers: Any, followed: Any, gradients: bool) -> Iterator[tuple[str, Any]]:
    """The values that the present parameters give to this example; of one's own also its loss and gradients."""
    evaluator, shown = numbers.network.evaluator, numbers.network.shown
    if followed.own and followed.target is not None:
        bound = evaluator.peek_back(followed.inputs[None], followed.target[None])
        yield "loss:example", np.array(bound.values["loss"], np.float32)
    else:
        bound = evaluator.peek(followed.inputs[None], None if followed.target is None else followed.target[None])
    known = {"input", "value"} if followed.target is None else {"input", "value", "target"}
    for node in shown.nodes:
        if node.has_batch_axis:
            value = bound.values[node.name][0] if node.kind in known else None
            yield node.name, _seen(value, node.shape)
            if gradients and node.name in bound.gradients:
                yield f"{node.name}:gradient", _seen(bound.gradients[node.name][0], node.shape)
    for block in shown.blocks:
        shape = (len(block.nodes), *block.shape)
        yield block.name, Sequence(block.value(bound, 0), None, shape)
        if gradients and (gradient := block.gradient(bound, 0)) is not None:
            yield f"{block.name}:gradient", Sequence(gradient, None, shape)


def _seen(array: Array | None, shape: tuple[int, ...]) -> Any:
    """One example's numbers; two axes are time steps and units, and each step is coded on its own."""
    return Sequence(array, None, shape) if array is not None and len(shape) == OVER_TIME else _or_shape(array, shape)


def _or_shape(array: Array | None, shape: tuple[int, ...]) -> Any:
    return shape if array is None else array


def _row(array: Array | None, row: int, shape: tuple[int, ...]) -> Any:
    return _seen(None if array is None else array[row], shape)


def _example(followed: Any) -> dict[str, Any]:
    """What the page shows of the followed example: its raw columns, not the network's inputs."""
    return {
        "example": followed.example,
        "row": followed.row,
        "in_batch": followed.in_batch,
        "inputs": followed.raw.tolist() if followed.raw.ndim == 1 else [],  # a picture is a tensor of the frame
        "target": [] if followed.target is None else followed.target.tolist(),
        "label": followed.label,
        "text": followed.text,
        "target_text": followed.target_text,
        "own": followed.own,
    }
