"""A session in its shard, with the real engine: who is answered what, and who is sent frames."""

from typing import Any

import msgpack
import numpy as np
import pytest

from app.protocol.commands import COMMANDS
from app.protocol.framing import pack, unpack
from app.protocol.problems import ProblemError, problem_of
from app.shards import engine_port
from app.shards.checkpoints import MOST_HEADER_BYTES, decode, encode
from app.shards.engine_port import describe, open_cursor
from app.shards.frames import Viewer
from app.shards.heatmaps import HeatMaps
from app.shards.queries import QUERIES
from app.shards.room import Request, Room
from app.shards.session import Session
from engine.presets import PRESETS
from engine.words import in_language


class House:
    """A room and all that it has sent."""

    def __init__(self, spec: dict[str, Any] | None = None) -> None:
        self.sent: list[dict[str, Any]] = []
        cursor = open_cursor(spec or PRESETS["fruit"].spec.model_dump(mode="json"), None, {})
        self.session = Session("s1", cursor, describe)
        heatmaps = HeatMaps(cursor)
        self.room = Room(self.session, viewer=lambda live: Viewer(live, heatmaps, 256 * 2**10), send=self.sent.append)
        self.number = 0

    def ask(self, connection: str | None = None, **command: Any) -> dict[str, Any]:
        """A command, carried out to its end; its answer."""
        self.number += 1
        self.room.receive(Request(self.number, COMMANDS.validate_python(command), connection))
        while self.session.busy:
            self.room.advance(60.0, lambda: 0.0)
        [answer] = [message for message in self.sent if message.get("n") == self.number]
        return answer

    def frames(self) -> list[dict[str, Any]]:
        """Those that are sent now."""
        self.sent.clear()
        self.room.send_frames()
        return [msgpack.unpackb(message["frame"]) for message in self.sent]


def test_a_snapshot_is_for_its_asker() -> None:
    """With everything that a page needs to begin."""
    answer = House().ask("c1", type="hello")

    assert (True, "c1") == (answer["private"], answer["connection"])
    snapshot = answer["result"]
    assert 25 == snapshot["parameter_count"] == snapshot["graph"]["parameter_count"]
    assert ["input", "hidden1", "output"] == [layer["id"] for layer in snapshot["graph"]["layers"]]
    assert (38, {"x": "width", "y": "color_score"}) == (
        len(snapshot["dataset"]["train"]["raw"]),
        snapshot["dataset"]["plot"],
    )
    assert set(snapshot["calls"]["node"]) >= {"hidden1.z", "loss"}


@pytest.mark.parametrize(
    ("command", "event", "field"),
    [
        ({"type": "explain", "node": "loss"}, "explained", "explanation"),
        ({"type": "gradcheck"}, "gradients_checked", "report"),
        ({"type": "gradcheck", "parameter": "output.b"}, "gradients_checked", "report"),
    ],
)
def test_a_question_over_a_socket_is_answered_by_an_event(command: dict[str, Any], event: str, field: str) -> None:
    """For the asker alone; over REST there is the answer and no event for anybody."""
    house = House()
    house.ask(type="step", unit="batch")

    told = house.ask("c1", **command)
    plain = house.ask(**command)

    assert (event, True) == (told["events"][0]["type"], told["private"])
    assert told["events"][0][field].keys() == plain["result"].keys()
    assert plain["connection"] is None


def test_a_gradient_check_in_slices_is_that_of_one_go() -> None:
    """The same report, parameter by parameter."""
    house = House()
    house.ask(type="step", unit="batch")

    report = house.ask(type="gradcheck")["result"]

    whole = house.session.trainer.gradcheck().model_dump(mode="json")
    assert whole["parameters"].keys() == report["parameters"].keys()
    assert whole["max_relative_error"] == report["max_relative_error"] < report["tolerance"]
    assert report["passed"]


def test_a_question_whose_asker_is_gone_is_forgotten() -> None:
    """Its slices end, and what waited behind it is answered."""
    house = House()
    house.room.receive(Request(1, COMMANDS.validate_python({"type": "find_rate", "steps": 1000}), None))
    house.room.receive(Request(2, COMMANDS.validate_python({"type": "parameters"}), None))
    house.room.advance(0.0, lambda: 0.0)
    assert [] == house.sent
    house.room.drop(1)

    assert [2] == [message["n"] for message in house.sent]


def test_a_gradient_check_of_nothing_is_refused_at_once() -> None:
    """The session is as before."""
    house = House()

    answer = house.ask(type="gradcheck", parameter="hidden7.W")

    assert "unknown-name" == answer["error"]["kind"]
    assert not house.session.busy


def test_frames_go_to_who_wants_them_when_there_is_news() -> None:
    """Each connection what it watches."""
    house = House()
    house.ask("c1", type="watch", gradients=False)
    house.room.want_frame(90, "c1", 1)
    house.room.want_frame(91, "c2", 1)
    first, second = house.frames()
    assert "output.W:gradient" not in first["tensors"]
    assert "output.W:gradient" in second["tensors"]

    house.room.want_frame(92, "c1", 2)
    house.room.want_frame(93, "c2", 2)
    assert [] == house.frames()
    house.room.leave("c2")
    house.ask(type="step")

    assert [2] == [frame["seq"] for frame in house.frames()]


def test_an_example_that_does_not_exist_is_refused() -> None:
    """And what was watched before is watched still."""
    house = House()
    house.ask("c1", type="watch", example=3)

    answer = house.ask("c1", type="watch", example=38)

    assert "spec-error" == answer["error"]["kind"]
    house.room.want_frame(90, "c1", 1)
    assert [3] == [frame["example"]["example"] for frame in house.frames()]


def test_an_example_that_is_gone_with_its_data_is_the_first_again() -> None:
    """Frames go on."""
    house = House()
    house.ask("c1", type="watch", example=37)
    house.ask(type="patch", patch={"dataset": {"varieties": "red"}})
    house.room.want_frame(90, "c1", 1)

    [frame] = house.frames()

    assert frame["example"]["example"] < 30


def test_a_frame_that_cannot_be_made_is_told() -> None:
    """The loop goes on."""
    house = House()

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    vars(house.session)["words"] = broken
    house.room.want_frame(90, "c1", 1)
    house.room.send_frames()

    assert [(90, "internal")] == [(message["n"], message["error"]["kind"]) for message in house.sent]


@pytest.mark.parametrize(
    "command",
    [
        {"type": "forward", "inputs": [[0.1, 0.2]]},
        {"type": "backward", "inputs": [[0.1, 0.2]], "targets": [[1.0]]},
        {"type": "saliency", "inputs": [0.1, 0.2]},
        {"type": "what_if", "changes": [{"parameter": "output.W", "index": [0, 0], "add": 1}]},
        {"type": "tensor", "node": "hidden1.a"},
        {"type": "parameters"},
        {"type": "history"},
        {"type": "timeline"},
        {"type": "ledger", "parameter": "output.W"},
        {"type": "confusion"},
        {"type": "projection", "parameter": "output.W"},
        {"type": "recipe"},
        {"type": "histograms", "parameters": ["output.W"]},
        {"type": "state"},
        {"type": "export"},
        {"type": "save"},
        {"type": "explain", "node": "output.W", "index": [0, 0]},
    ],
)
def test_a_question_changes_nothing(command: dict[str, Any]) -> None:
    """Neither position nor numbers; and its answer can travel."""
    house = House()
    house.ask(type="step", unit="op", count=8)
    before = house.session.version, encode(house.session)

    answer = house.ask(**command)

    assert before == (house.session.version, encode(house.session))
    assert msgpack.unpackb(msgpack.packb(answer), strict_map_key=False)


def test_every_question_is_asked_here() -> None:
    """The registry holds no other."""
    [marker] = [mark for mark in test_a_question_changes_nothing.pytestmark if mark.name == "parametrize"]

    assert {command.model_fields["type"].default for command in QUERIES} == {one["type"] for one in marker.args[1]}


def test_a_checkpoint_is_the_same_session() -> None:
    """Bit for bit, also after going on."""
    house = House()
    house.ask(type="step", unit="op", count=31)
    saved = encode(house.session)

    cursor = engine_port.restore_cursor(saved["head"], saved["tensors"], {})
    house.session.trainer.run(20)
    cursor.run(20)

    assert house.session.trainer.position == cursor.position
    for name, value in cursor.parameters().items():
        assert value.tobytes() == house.session.trainer.parameters()[name].tobytes()


@pytest.mark.parametrize("edit", [{"value": 0.25, "index": [0, 1]}, {"value": np.ones((2, 6)).tolist()}])
def test_a_checkpoint_holds_what_was_set_by_hand(edit: dict[str, Any]) -> None:
    """One entry is a number, which has no axes: () it must stay."""
    house = House()
    house.ask(type="step", unit="batch")
    house.ask(type="set_parameter", name="hidden1.W", **edit)
    saved = encode(house.session)

    cursor = engine_port.restore_cursor(saved["head"], saved["tensors"], {})

    assert house.session.trainer.parameters()["hidden1.W"].tobytes() == cursor.parameters()["hidden1.W"].tobytes()


def damaged(saved: dict[str, Any], what: str) -> tuple[dict[str, Any], bytes]:
    """What a file may hold that is none of ours."""
    head, tensors = dict(saved["head"]), bytes(saved["tensors"])
    if what == "format":
        return head | {"format": 99}, tensors
    if what == "header":
        return head, (MOST_HEADER_BYTES + 1).to_bytes(8, "little") + tensors[8:]
    if what == "truncated":
        return head, tensors[:-5]
    if what == "cursor":
        return head | {"cursor": {"format": 1}}, tensors
    return {"format": 1}, tensors


@pytest.mark.parametrize("what", ["format", "header", "truncated", "cursor", "nothing"])
def test_what_is_no_checkpoint_is_refused(what: str) -> None:
    """As a problem of the request, never as a crash."""
    saved = encode(House().session)

    with pytest.raises(Exception) as refused:  # noqa: PT011  # whichever: it must have a kind
        engine_port.restore_cursor(*damaged(saved, what), {})

    assert "spec-error" == problem_of(refused.value).kind
    assert decode(saved["head"], saved["tensors"])


def test_a_spec_that_is_none_is_invalid() -> None:
    """With the place."""
    with pytest.raises(ProblemError) as refused:
        open_cursor({"layers": []}, None, {})

    assert "invalid-request" == refused.value.kind


def test_warnings_say_what_was_probably_not_meant() -> None:
    """A batch that is larger than the data, and more data than can be drawn."""
    fruit = PRESETS["fruit"].spec.model_dump(mode="json")
    many = {"dataset": {"name": "circle", "size": 5000}, "layers": fruit["layers"], "loss": fruit["loss"]}

    assert "batch size is 100" in describe(open_cursor({**fruit, "batch_size": 100}, None, {}))["warnings"][0]
    about = describe(open_cursor(many, None, {}))
    assert "first 2,000 of" in about["warnings"][0]
    assert 2000 == len(about["dataset"]["train"]["raw"]) < about["dataset"]["train"]["count"]


def test_each_connection_is_told_in_its_language() -> None:
    """Frames of one session in two languages; what is explained to a connection is in its own."""
    house = House()
    house.ask("c1", type="watch")
    house.ask("c2", type="watch", language="fr")
    for number, connection in enumerate(("c1", "c2")):
        house.room.want_frame(100 + number, connection, 1)
    house.ask("c1", type="step", unit="batch", count=2)
    house.room.send_frames()
    sentences = [msgpack.unpackb(message["frame"])["sentence"] for message in house.sent if "frame" in message]
    explained = [house.ask(name, type="explain", node="loss")["result"]["question"] for name in ("c1", "c2")]

    assert sentences[0].startswith("Adam moves 25 parameters; the largest delta is")
    assert sentences[1].startswith("Adam déplace 25 paramètres\N{NO-BREAK SPACE}; le plus grand delta est")
    assert explained[0].startswith("How wrong is the network")
    assert explained[1].startswith("À quel point le réseau")


def test_an_event_can_be_told_in_another_language_later() -> None:
    """It leaves the shard with what is needed for that, and a refusal does too."""
    house = House()
    stepped = house.ask("c1", type="step", unit="op")["result"]
    refused = house.ask("c1", type="tensor", node="hiden1.a")["error"]
    sent = unpack(pack({"events": [stepped], "error": refused})[4:])
    french = in_language(sent, "fr")

    assert sent["events"][0]["sentence"].startswith("input.a: example 1 of the 38 examples goes in")
    assert french["events"][0]["sentence"].startswith(
        "input.a\N{NO-BREAK SPACE}: l’exemple 1 parmi les 38 exemples entre"
    )
    assert "n’existe pas" in french["error"]["detail"]
