"""Whatever is described: it is refused in words and with its place, or it gives a session in which everything works."""

import math
import random
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.protocol import commands as c
from app.shards.engine_port import describe
from app.shards.frames import Viewer
from app.shards.heatmaps import HeatMaps
from app.shards.session import Session
from engine.cursor import Cursor
from engine.errors import SpecError
from engine.explain import LEVELS, Explanation
from engine.export import FORMATS
from engine.patching import validated
from engine.spec import SessionSpec
from tests.engine.any_spec import KINKED, Spec, any_spec
from tests.engine.sessions import everything

MAX_BYTES = 256 * 2**10
#: Numbers whose derivation is looked at, of each session and quantity.
SAMPLES = 12


def opened(description: Spec) -> Cursor | None:
    """The session of this description; None if it is refused, and then in words."""
    try:
        return Cursor(validated(description))
    except SpecError as error:
        refusal = error
    assert refusal.loc, refusal.message
    assert len(refusal.message) > 20, refusal.message
    assert not re.search(r"Error|Traceback|numpy|broadcast|\bNone\b|object at", refusal.message), refusal.message
    return None


def walks(session: Cursor, chance: random.Random) -> None:
    """Op by op through two steps: the very bits of whole steps; and back to any place in them, and on."""
    count = len(session.calls())
    marks = {0, *chance.sample(range(2 * count), min(2 * count, 4))}
    seen = {}
    for place in range(2 * count):
        if place in marks:
            seen[place] = everything(session)
        assert 1 == session.step("op").count_run or session.diverged
        if session.diverged:
            return
    fast = session.fork()
    fast.reset()
    assert 2 == fast.run(2)
    assert everything(session) == everything(fast)
    for place, expected in sorted(seen.items(), reverse=True):
        session.seek(place // count, place % count)
        assert expected == everything(session), place
        if place:
            session.step("op", 1, "back")
            session.step("op", 1)
            assert expected == everything(session), place


def is_kept(session: Cursor) -> None:
    """Saved and restored within a step, it stands at the same bits and goes on to the same."""
    session.seek(1, len(session.calls()) // 2)
    twin = Cursor.restore(*session.save())
    assert everything(session) == everything(twin)
    assert session.step("batch").count_run == twin.step("batch").count_run
    assert everything(session) == everything(twin)


def explains(session: Cursor, chance: random.Random) -> None:
    """Sampled numbers of every kind are told, at a level each, and their terms give them again."""
    graph, rows = session.network.graph, session.numbers().rows
    shapes: dict[str, tuple[int, ...]] = {
        name: (rows, *node.shape) if node.has_batch_axis else node.shape for name, node in graph.nodes.items()
    }
    shapes |= {name: parameter.shape for name, parameter in graph.parameters.items()}
    for name in chance.sample(sorted(shapes), min(SAMPLES, len(shapes))):
        session.tensor(name)
        index = tuple(chance.randrange(length) for length in shapes[name])
        for quantity in ("value", "gradient", *(("delta",) if name in graph.parameters else ())):
            found = session.explain(name, quantity, index, chance.choice([*LEVELS]))
            assert found.text
            if session.spec.dtype == "float64":  # in float32 rounding may be all there is of a gradient
                adds_up(found)


def adds_up(found: Explanation) -> None:
    """The printed terms, put together again, are the number."""
    if not found.computed or found.combine == "function":
        return
    assert found.value is not None
    values = [term.value for term in found.terms]
    whole = found.scale * (math.prod(values) if found.combine == "product" else math.fsum(values))
    size = abs(found.scale) * math.fsum(map(abs, values))
    assert abs(found.value - whole) <= 1e-6 * max(abs(found.value), 1e-3 * size, 1e-9), found


def is_smooth(spec: SessionSpec) -> bool:
    """Whether nothing in it has a kink or a pole."""
    return (
        not {*spec.model_dump_json().split('"')} & {*KINKED, "binary_cross_entropy"}
        and not spec.regularization.l1
        and spec.dtype == "float64"
    )


def agrees_with_differences(session: Cursor) -> None:
    """Backpropagation and finite differences agree where nothing has a kink."""
    if any(node.cuts for node in session.network.graph.nodes.values()):
        with pytest.raises(SpecError, match="truncate"):
            session.gradcheck()
        return
    report = session.gradcheck(max_entries=3)
    if is_smooth(session.spec):
        assert report.max_relative_error < 1e-4, report


def answers(session: Cursor) -> None:
    """All questions have answers, and every format a file."""
    session.metrics(), session.confusion(), session.history(), session.dataset(), session.retold()
    session.follow(0), session.grid(8)
    for parameter in session.parameters():
        assert session.ledger(parameter)
    session.training()
    for form in FORMATS.values():
        assert form.write(session.moment()), form.name


def is_seen(session: Cursor) -> None:
    """A frame of it can be made, and is no larger than allowed."""
    live = Session("s", session, describe)
    viewer = Viewer(live, HeatMaps(session), MAX_BYTES)
    for watch in (c.Watch(gradients=True), c.Watch(gradients=False, heatmaps=True)):
        viewer.look_at(watch)
        assert len(viewer.frame(1)) <= MAX_BYTES
    describe(session)


def check(description: Spec) -> bool:
    """Hold one description against all of it; whether it was built."""
    session = opened(description)
    if session is None:
        return False
    chance = random.Random(0)  # noqa: S311  # which numbers are looked at is no secret
    is_seen(session)
    walks(session, chance)
    if session.diverged:
        is_seen(session)
        return True
    is_kept(session)
    for op in (len(session.calls()), chance.randrange(len(session.calls()))):
        session.seek(1, 0)
        if op:
            session.step("op", op)
        explains(session, chance)
        is_seen(session)
        answers(session)
    agrees_with_differences(session)
    return True


@pytest.mark.thorough
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(description=any_spec())
def test_any_description_is_refused_in_words_or_works_in_every_way(description: Spec) -> None:
    """Built, walked, travelled, kept, explained, checked, seen, written down; or refused with place and reason."""
    check(description)


@pytest.mark.slow
@settings(max_examples=4000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(description=any_spec())
def test_very_many_descriptions_are_refused_in_words_or_work_in_every_way(description: Spec) -> None:
    """The same, a few minutes long."""
    check(description)


def small(*layers: Spec, **fields: Any) -> Cursor:
    """A session of these layers on two examples."""
    inline = {"inputs": [[1.0, -2.0, 0.5, 3.0], [2.0, 1.0, 0.0, -1.0]], "targets": [0, 1], "classes": ["a", "b"]}
    made = opened({"dataset": {"inline": inline}, "layers": [*layers], "loss": "mse", "dtype": "float64", **fields})
    assert made is not None
    return made


def test_a_kernel_that_lies_on_padding_always_has_no_gradient() -> None:
    """Dilated by 5 on a 2 × 2 image, all but one number of the kernel see zeros alone: the sum has no terms."""
    shape = {"id": "shape", "type": "reshape", "shape": [1, 2, 2]}
    conv = {"id": "conv", "type": "conv2d", "filters": 1, "kernel": 2, "padding": 2, "dilation": 5, "stride": 9}
    session = small(shape, conv, {"id": "flat", "type": "flatten"}, {"id": "output", "type": "dense", "units": 2})
    session.step("batch")
    found = session.explain("conv.kernel", "gradient", (0, 0, 1, 1))

    assert (0.0, ()) == (found.value, found.terms)


def test_a_network_without_weights_is_walked_through() -> None:
    """Nothing moves, and the words say so."""
    session = small({"id": "part", "type": "slice", "stop": 2})
    sentences = [session.step("op").sentence for _ in session.calls()]

    assert "There are no weights, so nothing moves." == sentences[-1]


def test_tokens_of_two_sequences_side_by_side_are_one_longer_sequence() -> None:
    """The padding of one is not that of both."""
    twice = {"id": "twice", "type": "concat", "inputs": ["input", "input"]}
    table, rnn = {"id": "table", "type": "one_hot", "tokens": 3}, {"id": "rnn", "type": "rnn", "units": 2}
    data = {"inline": {"inputs": ["a", "ab"], "targets": [0, 1], "classes": ["a", "b"]}}
    session = small(twice, table, rnn, dataset=data)

    assert 1 == session.run(1)
    assert (2, 4, 3) == session.tensor("table.a").shape
