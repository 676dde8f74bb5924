"""The Python client against a really started server: both kinds, every method, the stream."""

import inspect
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import numpy as np
import pytest

from app.client import AsyncDeltaflow, AsyncSession, Deltaflow, DeltaflowError, Session
from app.client_wire import Answer, read_message, read_response, stream_address
from tests.serving import Server
from tools.examples import SPEC, WORDS

MOST_MESSAGES = 50


@pytest.fixture
def deltaflow(server: Server) -> Iterator[Deltaflow]:
    """A client of the started server."""
    with Deltaflow(server.url) as client:
        yield client


@pytest.fixture
def session(deltaflow: Deltaflow) -> Iterator[Session]:
    """A small session."""
    session = deltaflow.create(SPEC)
    yield session
    session.delete()


def test_a_session_is_driven_from_python(deltaflow: Deltaflow) -> None:
    """Create, walk, edit, ask, export, end: every method does what its name says."""
    session = deltaflow.create(SPEC)
    assert session.id in session.url

    assert 3 == session.step("op", count=3).cursor.op
    assert 1 == session.step("batch").cursor.step
    assert 1 == session.step("op", direction="back").cursor.op or session.state().cursor.op >= 0
    assert (0, 2) == (session.seek(0, 2).cursor.step, session.state().cursor.op)
    assert "high_school" == session.explain("output.z", (0, 0), level="high_school").level
    assert session.gradcheck("output.W").passed
    assert 0.25 == session.edit({"optimizer": {"learning_rate": 0.25}}).spec.optimizer.learning_rate
    assert session.ledger("output.W").balanced
    assert [0] == session.history().step[:1]
    assert 2 == len(session.projection("output.W").explained)
    assert session.recipe().exact
    assert 2 == len(session.predictions(limit=2).rows)
    assert ["output.W"] == list(session.histograms("output.W").parameters)
    assert 5 == len(session.find_learning_rate(low=1e-6, high=1e-4, steps=5).rates)
    assert {"train", "test"} <= session.confusion().confusion.keys()
    assert ["x1", "x2"] == session.dataset().columns
    assert "playing" == session.play(steps_per_second=0.001).mode
    assert "paused" == session.pause().mode
    assert 9 == session.reset(seed=9).seed
    assert "reset" == session.undo().deed["what"]
    assert session.redo().redone
    assert "first" == session.rename(session.state().spec["layers"][0]["id"], "first").spec["layers"][0]["id"]
    session.undo()
    assert SPEC["name"] == session.export("json").spec.name
    assert b"PK" == session.export("npz")[:2]
    assert "fruit" in {entry["name"] for entry in deltaflow.catalog().presets}
    session.delete()
    with pytest.raises(DeltaflowError) as gone:
        session.state()
    assert 404 == gone.value.status


def test_arrays_are_numpy_arrays(session: Session) -> None:
    """What has a shape comes as an array of its dtype, and arrays can be sent."""
    session.set_parameter("output.W", np.array([[0.5], [-0.5]]))
    session.set_parameter("output.b", np.float32(0.125), index=(0,))

    parameters = session.parameters().parameters
    answer = session.backward(np.eye(2), [[1], [0]])

    assert np.dtype("float32") == parameters["output.W"].dtype
    np.testing.assert_array_equal([[0.5], [-0.5]], parameters["output.W"])
    np.testing.assert_array_equal([0.125], parameters["output.b"])
    assert (2, 1) == answer.gradients.parameters["output.W"].shape
    assert (2, 1) == session.forward(np.eye(2)).outputs.shape
    assert session.tensor("output.a").activation is None


def test_a_table_is_read_and_learned_from(deltaflow: Deltaflow) -> None:
    """As bytes of a file that is no UTF-8; what is read wrongly is said otherwise."""
    csv = "Größe;Farbe\n1,5;rot\n2,5;grün\n1,7;rot\n2,4;grün\n".encode("cp1252")

    table = deltaflow.read_table(csv, target="Farbe")
    session = deltaflow.create(
        {
            "dataset": {"table": table.id, "target": "Farbe", "test_fraction": 0},
            "layers": [{"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"}],
            "loss": "binary_cross_entropy",
            "optimizer": "sgd",
        }
    )

    assert (["grün", "rot"], 4) == (table.classes, table.used)
    assert ["Größe"] == session.dataset().columns
    session.delete()


def test_a_word_is_translated(deltaflow: Deltaflow) -> None:
    """Symbols, how likely each was, and where the decoder looked as an array; what is unknown is refused in words."""
    session = deltaflow.create(WORDS)
    found = session.translate("two")

    assert len(found.tokens) == len(found.probabilities)
    assert (len(found.tokens), 3) == found.attention.weights.shape
    assert session.translate("two", sample=True, seed=3).text == session.translate("two", sample=True, seed=3).text
    with pytest.raises(DeltaflowError, match="no '2'"):
        session.translate("2")
    session.delete()


def test_a_refusal_carries_its_problem(session: Session) -> None:
    """DeltaflowError says what was expected, what came, and where."""
    with pytest.raises(DeltaflowError, match="units") as refused:
        session.edit({"layers": [{"id": "output", "type": "dense", "units": 0}]})

    assert 422 == refused.value.status
    assert ["layers", 0, "units"] == refused.value.errors[0]["loc"]
    assert "/problems/spec-error" == refused.value.problem["type"]


def test_a_viewer_may_look_only(deltaflow: Deltaflow, session: Session) -> None:
    """Who joins with the viewer's token sees the same session and cannot change it."""
    assert session.viewer_token
    viewer = deltaflow.join(session.id, session.viewer_token)

    assert "viewer" == viewer.state().role
    with pytest.raises(DeltaflowError) as refused:
        viewer.step()
    assert 403 == refused.value.status


@pytest.mark.parametrize("format_name", ["json", "safetensors"])
def test_what_was_exported_opens_a_session(deltaflow: Deltaflow, format_name: str) -> None:
    """With the same weights."""
    session = deltaflow.create(SPEC)
    session.step("batch", 2)

    copy = deltaflow.load(session.export(format_name))

    np.testing.assert_array_equal(session.parameters().parameters["output.W"], copy.parameters().parameters["output.W"])


def test_forks_and_shares_are_sessions_of_ones_own(deltaflow: Deltaflow, session: Session) -> None:
    """A fork goes on from the same point; a share opens as it was shared."""
    session.step("batch", count=2)

    fork = session.fork()
    opened = deltaflow.create(share=session.share().id)

    assert [2, 2] == [copy.state().cursor.step for copy in (fork, opened)]
    assert session.id not in {fork.id, opened.id}


def test_the_stream_brings_events_and_frames(session: Session) -> None:
    """A snapshot first; a step is told as an event, and seen in a frame whose tensors are arrays."""
    events: list[str] = []
    session.step("op", count=2)
    for number, message in enumerate(session.stream(full=["output.W"])):
        events.append(message.type)
        if message.type == "snapshot":
            session.step("op", count=2)
        if message.type == "frame" and "stepped" in events:
            break
        assert number < MOST_MESSAGES

    assert {"snapshot", "watched", "stepped"} <= set(events)
    weights = message.tensors["output.W"].data
    assert (np.ndarray, (2, 1)) == (type(weights), weights.shape)
    np.testing.assert_array_equal(session.parameters().parameters["output.W"], weights)


def test_frames_go_on_as_long_as_they_are_read(session: Session) -> None:
    """Each frame is acknowledged, so a session that plays brings ever newer ones."""
    session.play()
    frames = [frame for frame, _ in zip(frames_of(session), range(5), strict=False)]
    session.pause()

    numbers = [frame.seq for frame in frames]
    assert numbers == sorted(set(numbers))
    assert 5 == len(numbers)


def frames_of(session: Session) -> Iterator[Answer]:
    """Without the events."""
    return (message for message in session.stream() if message.type == "frame")


@pytest.mark.anyio
async def test_the_asynchronous_client_does_the_same(server: Server) -> None:
    """Every method is awaited; the stream is iterated with ``async for``."""
    async with AsyncDeltaflow(server.url) as deltaflow:
        session = await deltaflow.create(preset="fruit_line")
        assert "fruit" in {entry["name"] for entry in (await deltaflow.catalog()).presets}
        await session.step("epoch", count=2)
        joined = deltaflow.join(session.id, session.token)
        assert (await joined.state()).cursor == (await session.state()).cursor
        assert (await session.explain("loss")).computed in {True, False}
        fork = await session.fork()
        assert (await fork.parameters()).keys() == {"parameters"}
        assert "frame" in await types_of(session.stream())
        with pytest.raises(DeltaflowError):
            await session.seek(10**9)
        await session.delete()


async def types_of(stream: AsyncIterator[Answer]) -> set[str]:
    """The types of messages up to the first frame."""
    types = set()
    async for message in stream:
        types.add(message.type)
        if message.type == "frame":
            break
    return types


def test_both_kinds_have_the_same_methods() -> None:
    """What one can, the other can, by the same name and with the same arguments."""
    for one, other in ((Session, AsyncSession), (Deltaflow, AsyncDeltaflow)):
        ours, theirs = methods(one), methods(other)
        ours["aclose"] = ours.pop("close", None)
        assert {name: value for name, value in ours.items() if value} == {
            name: value for name, value in theirs.items() if value
        }


def methods(kind: type) -> dict[str, Any]:
    """Name -> names of the arguments."""
    public = inspect.getmembers(kind, inspect.isfunction)
    return {name: [*inspect.signature(each).parameters] for name, each in public if not name.startswith("_")}


def test_an_answer_says_which_attributes_it_has() -> None:
    """A misspelt attribute is answered by those that exist."""
    with pytest.raises(AttributeError, match="no 'txet'; it has text, value"):
        _ = Answer(text="", value=1).txet


def test_an_error_that_is_no_problem_document_is_still_an_error() -> None:
    """A proxy's page in between becomes a DeltaflowError with its status."""
    for content in (b"<html>Bad gateway</html>", b"[]"):
        with pytest.raises(DeltaflowError, match="HTTP 502") as refused:
            read_response(httpx.Response(502, content=content))
        assert 502 == refused.value.status


def test_what_cannot_be_sent_is_refused_at_once(session: Session) -> None:
    """An object that is neither JSON nor numpy's is a TypeError, before anything is sent."""
    with pytest.raises(TypeError, match="cannot send a set"):
        session.forward({1, 2})


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("http://127.0.0.1:8000", "ws://127.0.0.1:8000/api/v1/sessions/a%2Fb/stream"),
        ("https://host/deltaflow/", "wss://host/deltaflow/api/v1/sessions/a%2Fb/stream"),
    ],
)
def test_the_stream_is_where_the_server_is(base: str, address: str) -> None:
    """http becomes ws, https wss; a path before the API is kept."""
    assert address == stream_address(httpx.URL(base), "a/b")


def test_events_are_json() -> None:
    """Text is an event, whose keys are attributes at every depth."""
    assert 1 == read_message(json.dumps({"type": "stepped", "metrics": {"loss": [1]}})).metrics.loss[0]
