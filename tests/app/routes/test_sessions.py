"""Sessions are opened, looked at, changed, copied, shared and ended."""

import copy
from typing import Any

import msgpack
import numpy as np
import pytest
from fastapi.testclient import TestClient

from engine.presets import PRESETS
from tests.app.routes.gateway import Api, Create
from tools.examples import SPEC

API = "/api/v1/sessions"
BEGINNING = {"step": 0, "phase": "forward", "op": 0, "epoch": 0, "batch": 0}


def test_a_session_is_created_from_a_spec(http: TestClient) -> None:
    """The answer brings both tokens, the spec in full, and an address that opens the session in a browser."""
    response = http.post(API, json={"spec": SPEC})

    created = response.json()
    assert 201 == response.status_code
    assert SPEC["name"] == created["spec"]["name"]
    assert BEGINNING == created["cursor"]
    assert 3 == created["parameter_count"]
    assert f"http://127.0.0.1:8000/#session={created['id']}&token={created['owner_token']}" == created["url"]
    assert created["owner_token"] != created["viewer_token"]


@pytest.mark.parametrize("name", PRESETS)
def test_a_session_is_created_from_every_preset(http: TestClient, name: str) -> None:
    """Each preset of the catalog can be opened by its name."""
    response = http.post(API, json={"preset": name})

    assert 201 == response.status_code, response.text
    assert PRESETS[name].spec.name == response.json()["spec"]["name"]


@pytest.mark.parametrize(
    ("body", "kind", "loc"),
    [
        ({}, "invalid-request", None),
        ({"preset": "fruit", "spec": SPEC}, "invalid-request", None),
        ({"preset": "banana"}, "unknown-name", ["preset"]),
        ({"spec": {**SPEC, "layers": []}}, "invalid-request", ["spec", "layers"]),
        ({"spec": {**SPEC, "colour": 1}}, "invalid-request", ["spec", "colour"]),
        (
            {"spec": {**SPEC, "layers": [{"id": "output", "type": "dense", "units": 0}]}},
            "invalid-request",
            ["spec", "layers", 0, "units"],
        ),
        (
            {"spec": {**SPEC, "layers": [{"id": "output", "type": "dense", "units": 129}]}},
            "limit-exceeded",
            ["spec", "layers", 0],
        ),
        (
            {"spec": {**SPEC, "layers": [{"id": "output", "type": "dense", "units": 1, "inputs": ["nowhere"]}]}},
            "unknown-name",
            ["spec", "layers", 0, "inputs"],
        ),
        ({"spec": {**SPEC, "dataset": {"name": "fruit", "features": ["taste"]}}}, "unknown-name", ["spec", "dataset"]),
    ],
)
def test_what_cannot_be_built_says_where(http: TestClient, body: Any, kind: str, loc: list[str | int] | None) -> None:
    """A broken description is a 422 whose first error points into the request."""
    response = http.post(API, json=body)

    problem = response.json()
    assert (422, f"/problems/{kind}") == (response.status_code, problem["type"]), problem
    assert loc is None or loc == problem["errors"][0]["loc"][: len(loc)]


def test_an_unknown_share_is_not_found(http: TestClient) -> None:
    """A share that does not exist is a 404."""
    assert 404 == http.post(API, json={"share": "nothing"}).status_code


def test_state_says_where_the_session_stands(api: Api) -> None:
    """GET answers spec, graph, cursor, metrics, mode, and with whose rights one looks."""
    api.post("/step", {"unit": "op", "count": 2})

    state = api.get()

    assert ("owner", "paused", False) == (state["role"], state["mode"], state["running"])
    assert 2 == state["cursor"]["op"]
    assert len(state["calls"]) > 5
    assert [[0, 0]] == state["kept"]
    assert state["sentence"]


def test_an_edit_says_what_was_kept(create: Create) -> None:
    """Adding a layer keeps the weights that still fit."""
    hidden = {"id": "hidden1", "type": "dense", "units": 2, "activation": "tanh"}
    output = {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"}
    api = create(layers=[hidden, output])
    before = api.get("/parameters")["parameters"]

    extra = {"id": "hidden2", "type": "dense", "units": 2, "activation": "tanh"}
    edited = api("PATCH", "/spec", {"layers": [hidden, extra, output]}).raise_for_status().json()

    after = api.get("/parameters")["parameters"]
    assert {"hidden1.W", "hidden1.b", "output.W", "output.b"} == set(edited["kept"])
    assert {"hidden2.W", "hidden2.b"} == set(edited["initialised"])
    assert before == {name: after[name] for name in before}


def test_a_refused_edit_changes_nothing(api: Api) -> None:
    """A patch that cannot be built is a 422 with its place, and the session is as it was."""
    api.post("/step", {"unit": "batch", "count": 3})
    before = api.everything()

    response = api("PATCH", "/spec", {"layers": [{"id": "output", "type": "dense", "units": -1}]})

    assert 422 == response.status_code
    assert ["layers", 0, "units"] == response.json()["errors"][0]["loc"]
    assert before == api.everything()


def test_a_parameter_is_set_by_hand(api: Api) -> None:
    """The whole of it, or one entry."""
    api("PUT", "/parameters/output.W", {"value": [[0.5], [-0.5]]}).raise_for_status()
    api("PUT", "/parameters/output.W", {"value": 0.25, "index": [1, 0]}).raise_for_status()

    assert [[0.5], [0.25]] == api.get("/parameters")["parameters"]["output.W"]


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("nothing.W", {"value": 1}, 404),
        ("output.W", {"value": [[1, 2, 3]]}, 422),
        ("output.W", {"value": [["one"], ["two"]]}, 422),
        ("output.W", {"value": [[1], [[2]]]}, 422),
        ("output.W", {"value": 1, "index": [5, 5]}, 422),
        ("output.W", {"value": 1, "index": [-1, 0]}, 422),
        ("output.W", {"value": [[1e300], [1]]}, 422),
        ("output.W", {}, 422),
    ],
)
def test_a_parameter_that_cannot_be_set_is_left_alone(api: Api, name: str, body: Any, status: int) -> None:
    """An unknown name in the path is a 404, a value that does not fit a 422; nothing changes."""
    before = api.everything()

    response = api("PUT", f"/parameters/{name}", body)

    assert status == response.status_code, response.text
    assert before == api.everything()


def test_arrays_may_be_had_as_message_pack(api: Api) -> None:
    """With ``Accept: application/msgpack`` arrays are dtype, shape and little-endian bytes."""
    response = api("GET", "/parameters", headers={"Accept": "application/msgpack"})

    assert "application/msgpack" == response.headers["content-type"]
    wire = msgpack.unpackb(response.content)["parameters"]["output.W"]
    array = np.frombuffer(wire["data"], wire["dtype"]).reshape(wire["shape"])
    assert api.get("/parameters")["parameters"]["output.W"] == array.tolist()


def test_a_fork_goes_on_alone_from_the_same_point(api: Api) -> None:
    """A copy has tokens of its own; both walk on to the same numbers, and neither moves the other."""
    api.post("/step", {"unit": "batch", "count": 3})
    fork = Api(api.http, api("POST", "/fork").raise_for_status().json())

    assert api.get()["cursor"] == fork.get()["cursor"]
    fork.post("/step", {"unit": "batch", "count": 5})
    assert 3 == api.get()["cursor"]["step"]
    api.post("/step", {"unit": "batch", "count": 5})
    assert api.get("/parameters") == fork.get("/parameters")
    assert api.about["owner_token"] != fork.about["owner_token"]


def test_a_share_stays_as_it_was(api: Api) -> None:
    """What was shared is frozen: whoever opens it later gets the point at which it was shared."""
    api.post("/step", {"unit": "batch", "count": 2})
    shared = api("POST", "/share")
    parameters = api.get("/parameters")
    api.post("/step", {"unit": "batch", "count": 2})

    opened = Api(api.http, api.http.post(API, json={"share": shared.json()["id"]}).raise_for_status().json())

    assert 201 == shared.status_code
    assert shared.json()["url"].endswith(f"/#share={shared.json()['id']}")
    assert (2, parameters) == (opened.get()["cursor"]["step"], opened.get("/parameters"))


def test_a_deleted_session_is_gone(api: Api) -> None:
    """204, and 404 from then on."""
    assert 204 == api("DELETE").status_code
    assert 404 == api("GET").status_code
    assert 404 == api("DELETE").status_code


def test_a_ticket_is_a_new_one_each_time(api: Api) -> None:
    """A ticket opens one socket only, so each request brings another."""
    assert api.post("/ticket")["ticket"] != api.post("/ticket")["ticket"]


def test_a_spec_comes_back_as_it_can_be_sent_again(http: TestClient, api: Api) -> None:
    """The spec of a state is itself a valid spec for the same network."""
    spec = copy.deepcopy(api.get()["spec"])

    again = http.post(API, json={"spec": spec}).raise_for_status().json()

    assert spec == again["spec"]


@pytest.mark.parametrize(
    ("body", "came"), [({}, "none came"), ({"preset": "fruit", "share": "x"}, "preset and share came")]
)
def test_a_session_is_opened_from_one_thing(http: TestClient, body: dict[str, str], came: str) -> None:
    """What was expected and what came, in our words."""
    problem = http.post("/api/v1/sessions", json=body).json()

    assert f"give exactly one of spec, preset and share; {came}" == problem["detail"]
