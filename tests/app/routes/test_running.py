"""A session walks, runs, pauses, goes back in time, begins again."""

from typing import Any

import pytest

from tests.app.routes.gateway import Api, Create


def test_the_smallest_step_is_one_operation(api: Api) -> None:
    """A step without further words runs one call and says which."""
    moved = api.post("/step")

    assert ("stepped", 1, 1) == (moved["type"], moved["cursor"]["op"], moved["count"])
    assert ["input.a"] == [call["node"] for call in moved["ran"]]
    assert moved["sentence"]


@pytest.mark.parametrize("unit", ["op", "layer", "batch", "epoch"])
def test_back_undoes_forward_bit_for_bit(api: Api, unit: str) -> None:
    """Walking on and back by the same units ends at the same numbers."""
    api.post("/step", {"unit": "epoch", "count": 2})
    before = (api.get()["cursor"], api.get("/parameters"))

    api.post("/step", {"unit": unit, "count": 3})
    api.post("/step", {"unit": unit, "count": 3, "direction": "back"})

    assert before == (api.get()["cursor"], api.get("/parameters"))


def test_seek_stands_at_any_operation(api: Api) -> None:
    """Back into the middle of a step, and forward again to the same numbers."""
    api.post("/step", {"unit": "batch", "count": 5})
    before = api.get("/parameters")

    there = api.post("/seek", {"step": 2, "op": 4})
    back = api.post("/seek", {"step": 5})

    assert (2, 4) == (there["cursor"]["step"], there["cursor"]["op"])
    assert (5, 0) == (back["cursor"]["step"], back["cursor"]["op"])
    assert before == api.get("/parameters")


def test_reset_begins_again(api: Api) -> None:
    """The same seed gives the same weights, another seed others."""
    start = api.get("/parameters")
    api.post("/step", {"unit": "batch", "count": 5})

    assert 0 == api.post("/reset")["cursor"]["step"]
    assert start == api.get("/parameters")
    api.post("/reset", {"seed": 8})
    assert start != api.get("/parameters")


def test_a_session_plays_until_it_is_paused(api: Api) -> None:
    """While it plays it cannot be stepped: 409, and it goes on playing."""
    assert "playing" == api.post("/play", {"steps_per_second": 0.001})["mode"]
    assert api.get()["running"]

    refused = api("POST", "/step")

    assert (409, "/problems/wrong-mode") == (refused.status_code, refused.json()["type"])
    assert api.get()["running"]
    assert "paused" == api.post("/pause")["mode"]


def test_a_step_of_the_past_that_is_not_kept_is_a_conflict(api: Api) -> None:
    """After an edit of the spec history begins anew: what lies before is gone, and the answer says so."""
    api.post("/step", {"unit": "batch", "count": 5})
    api("PATCH", "/spec", {"optimizer": {"learning_rate": 0.125}}).raise_for_status()

    response = api("POST", "/seek", {"step": 1})

    assert (409, "/problems/history-gone") == (response.status_code, response.json()["type"])


def test_what_has_diverged_says_so_and_goes_no_further(create: Create) -> None:
    """An infinite number stops the walk; a further step is a 409 that says what to change."""
    api = create(
        loss={"type": "mse"},
        layers=[{"id": "output", "type": "dense", "units": 1}],
        optimizer={"type": "sgd", "learning_rate": 1e30},
    )
    api.post("/step", {"unit": "batch", "count": 50})

    refused = api("POST", "/step", {"unit": "batch"})
    diverged = api.get()["diverged"]

    assert (409, "/problems/diverged") == (refused.status_code, refused.json()["type"])
    assert {"cursor", "call", "node", "reason", "advice"} <= diverged.keys()


@pytest.mark.parametrize(
    ("path", "body", "loc"),
    [
        ("/step", {"unit": "hour"}, ["unit"]),
        ("/step", {"count": 0}, ["count"]),
        ("/step", {"count": 1, "speed": 2}, ["speed"]),
        ("/step", {"direction": "up"}, ["direction"]),
        ("/seek", {}, ["step"]),
        ("/seek", {"step": -1}, ["step"]),
        ("/seek", {"step": 0, "op": 10_000}, None),
        ("/reset", {"seed": -1}, ["seed"]),
        ("/play", {"steps_per_second": 0}, ["steps_per_second"]),
        ("/play", {"until": {"accuracy_above": 2}}, ["until", "accuracy_above"]),
    ],
)
def test_a_refused_move_changes_nothing(api: Api, path: str, body: Any, loc: list[str] | None) -> None:
    """422, the field that is wrong, and the session stands where it stood."""
    api.post("/step", {"count": 3})
    before = api.everything()

    response = api("POST", path, body)

    assert 422 == response.status_code, response.text
    assert loc is None or loc == response.json()["errors"][0]["loc"]
    assert before == api.everything()
