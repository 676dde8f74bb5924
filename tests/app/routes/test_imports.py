"""What was exported opens a session: the same weights, the same future; what does not fit is refused by name."""

import json
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.protocol.arrays import wire_array
from app.protocol.files import safetensors
from tests.app.routes.gateway import Api

OCTETS = {"Content-Type": "application/octet-stream"}


def opened(http: TestClient, body: Any = None, *, content: bytes | None = None) -> Api:
    """The session that this opens."""
    options: dict[str, Any] = {"json": body} if content is None else {"content": content, "headers": OCTETS}
    response = http.post("/api/v1/sessions", **options)
    assert 201 == response.status_code, response.text
    return Api(http, response.json())


def refusal(http: TestClient, body: Any = None, *, content: bytes | None = None) -> Any:
    """The problem document that answers this."""
    options: dict[str, Any] = {"json": body} if content is None else {"content": content, "headers": OCTETS}
    response = http.post("/api/v1/sessions", **options)
    assert response.is_client_error, response.text
    return response.json()


@pytest.fixture
def adam(api: Api) -> Api:
    """A session that trains with Adam, in small batches, and stands in the middle of a step."""
    patch = {"optimizer": {"type": "adam", "learning_rate": 0.1}, "batch_size": 3, "dataset": {"shuffle": True}}
    assert 200 == api("PATCH", "/spec", patch).status_code
    api.post("/step", {"unit": "batch", "count": 5})
    api.post("/step", {"unit": "op", "count": 3})
    return api


def test_an_exported_session_goes_on_as_the_original(adam: Api) -> None:
    """It stands where that stood; after seven more steps both have the same weights, bit for bit."""
    copy = opened(adam.http, adam.get("/export/json"))

    assert adam.get()["cursor"] == copy.get()["cursor"]
    assert adam.get("/parameters") == copy.get("/parameters")
    for session in (adam, copy):
        session.post("/step", {"unit": "batch", "count": 7})
    assert adam.get("/parameters") == copy.get("/parameters")
    assert adam.get()["cursor"] == copy.get()["cursor"]


def test_between_delta_and_update_the_slots_are_those_from_before(adam: Api) -> None:
    """The last operation of a step but one: the optimizer has moved, the weights have not."""
    calls = len(adam.get()["calls"])
    adam.post("/seek", {"step": 4, "op": calls - 1})
    copy = opened(adam.http, adam.get("/export/json"))

    for session in (adam, copy):
        session.post("/step", {"unit": "batch", "count": 3})
    assert adam.get("/parameters") == copy.get("/parameters")


def test_weights_of_a_safetensors_file_begin_a_session(adam: Api) -> None:
    """At step 0, and a reset comes back to them."""
    copy = opened(adam.http, content=adam("GET", "/export/safetensors").content)

    assert adam.get("/parameters") == copy.get("/parameters")
    assert 0 == copy.get()["cursor"]["step"]
    copy.post("/step", {"unit": "batch", "count": 2})
    copy.post("/reset")
    assert adam.get("/parameters") == copy.get("/parameters")


def test_some_parameters_may_come_with_a_spec(api: Api) -> None:
    """The others are drawn as ever."""
    spec = api.get()["spec"]

    copy = opened(api.http, {"spec": spec, "parameters": {"output.b": [0.5]}})

    parameters = copy.get("/parameters")["parameters"]
    assert [0.5] == parameters["output.b"]
    assert api.get("/parameters")["parameters"]["output.W"] == parameters["output.W"]


@pytest.mark.parametrize(
    ("change", "loc", "words"),
    [
        ({"parameters": {"output.W": [[1], [2], [3]], "output.b": [0]}}, ["parameters", "output.W"], "(2, 1)"),
        ({"parameters": {"output.W": [[1], [2]]}}, ["parameters", "output.b"], "missing"),
        ({"parameters": {"output.W": [[1], [2]], "output.b": [0], "x": [1]}}, ["parameters", "x"], "no parameter"),
        ({"parameters": {"output.W": [[1], ["NaN"]], "output.b": [0]}}, ["parameters", "output.W"], "finite"),
        ({"parameters": {"output.W": [[1], []], "output.b": [0]}}, ["parameters", "output.W"], "equal length"),
        ({"cursor": {"step": 5, "epoch": 0, "batch": 99}}, ["cursor", "batch"], "2 batches"),
        ({"cursor": {"step": 5, "epoch": 0, "batch": 0, "op": 999}}, ["cursor", "op"], "9 calls"),
        ({"training": {"optimizer_step": 6, "slots": {}}}, ["training", "optimizer_step"], "6 steps"),
        ({"training": {"optimizer_step": 1, "slots": {}}}, ["training", "slots", "grad_sum"], "missing"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(adam: Api, change: Any, loc: list[str], words: str) -> None:
    """422; the array, what was expected and what came."""
    problem = refusal(adam.http, {**adam.get("/export/json"), **change})

    assert 422 == problem["status"]
    assert loc == problem["errors"][0]["loc"][-len(loc) :]
    assert words in problem["errors"][0]["msg"]


def test_a_spec_is_still_refused_where_it_stands(adam: Api) -> None:
    """What is wrong with the description is found below spec."""
    exported = adam.get("/export/json")
    exported["spec"]["layers"][0]["inputs"] = ["nobody"]

    assert ["spec", "layers", 0, "inputs", 0] == refusal(adam.http, exported)["errors"][0]["loc"]


@pytest.mark.parametrize("missing", ["cursor", "training", "parameters", "spec"])
def test_halves_of_a_session_are_refused(adam: Api, missing: str) -> None:
    """Cursor, training and parameters come together, and with a spec."""
    exported = adam.get("/export/json")
    del exported[missing]

    assert 422 == refusal(adam.http, exported)["status"]


def file_of(arrays: dict[str, Any], **metadata: str) -> bytes:
    """A safetensors file."""
    return safetensors({name: wire_array(np.array(value, np.float32)) for name, value in arrays.items()}, metadata)


def test_an_array_of_another_shape_is_refused_by_name(api: Api) -> None:
    """Of a safetensors file too."""
    spec = json.dumps(api.get()["spec"])

    problem = refusal(api.http, content=file_of({"output.W": [[1, 2]], "output.b": [0]}, spec=spec))

    assert ["parameters", "output.W"] == problem["errors"][0]["loc"]
    assert "(2, 1)" in problem["detail"]
    assert "(1, 2)" in problem["detail"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04", "8 bytes of length"),
        (b"\xff" * 64, "header"),
        (b"\x02\0\0\0\0\0\0\0[]", "no map"),
        (b"\x02\0\0\0\0\0\0\0{]", "cannot be read"),
        (file_of({"output.W": [[1]]}), "no spec"),
        (file_of({"output.W": [[1]]}).replace(b"F32", b"I32"), 'array "output.W": dtype F32 or F64'),
        (file_of({"output.W": [[1]]}).replace(b"[1,1]", b"[9,9]").replace(b"[1, 1]", b"[9, 9]"), "324 bytes"),
        (file_of({"output.W": [[1]]})[:-4], "takes 4 bytes"),
    ],
)
def test_what_is_no_such_file_is_refused(api: Api, content: bytes, words: str) -> None:
    """400, and why."""
    problem = refusal(api.http, content=content)

    assert 400 == problem["status"]
    assert words in problem["detail"]


def test_other_routes_take_no_files(api: Api) -> None:
    """Only where a session is opened."""
    response = api.http.post(api.path + "/step", content=b"{}", headers=api.headers | OCTETS)

    assert 415 == response.status_code
