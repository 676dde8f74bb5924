"""Travelling in time over REST: the run as a line of steps, bookmarks, forks that know their past."""

from typing import Any

from tests.app.routes.gateway import Api

SLOWER = {"optimizer": {"learning_rate": 0.01}}


def marks(api: Api) -> list[tuple[Any, ...]]:
    """Number, name, place of each bookmark, and whether it lies in the present run."""
    found = api.get("/timeline")["bookmarks"]
    return [(each["number"], each["name"], each["step"], each["op"], each["here"]) for each in found]


def test_a_run_is_a_line_of_steps(api: Api) -> None:
    """However far back the session stands, the newest step is known, and where the network was changed."""
    api.post("/step", {"unit": "batch", "count": 5})
    api("PATCH", "/spec", SLOWER)
    api.post("/step", {"unit": "batch", "count": 3})
    api.post("/seek", {"step": 6})
    line = api.get("/timeline")

    assert (5, 8, [5]) == (line["begin"], line["newest"], line["breaks"])
    assert [[5, 8]] == line["kept"]


def test_a_bookmark_is_set_named_visited_and_removed(api: Api) -> None:
    """Its numbers come back, and after an edit its network too."""
    api.post("/step", {"unit": "op", "count": 20})
    there = api.get("/parameters"), api.get()["cursor"]
    api.post("/bookmarks", {"name": "first"})
    assert "best" == api("PATCH", "/bookmarks/1", {"name": "best"}).json()["bookmarks"][0]["name"]
    api("PATCH", "/spec", SLOWER)
    api.post("/step", {"unit": "batch", "count": 2})
    assert not marks(api)[0][-1]

    visited = api.post("/bookmarks/1/visit")

    assert "edited" == visited["type"]
    assert there == (api.get("/parameters"), api.get()["cursor"])
    assert "sought" == api.post("/bookmarks/1/visit")["type"]
    assert [] == api("DELETE", "/bookmarks/1").json()["bookmarks"]


def test_a_bookmark_that_does_not_exist_is_not_found(api: Api) -> None:
    """404, and nothing has changed."""
    for method, path, body in (
        ("POST", "/bookmarks/7/visit", None),
        ("PATCH", "/bookmarks/7", {"name": "x"}),
        ("DELETE", "/bookmarks/7", None),
    ):
        assert 404 == api(method, path, body).status_code


def test_a_name_has_a_limit(api: Api) -> None:
    """80 characters."""
    assert 422 == api("POST", "/bookmarks", {"name": "x" * 81}).status_code


def test_a_point_that_is_not_trained_is_approached_or_refused(api: Api) -> None:
    """The nearest is the newest; even computing again does not go beyond it."""
    api.post("/step", {"unit": "batch", "count": 4})

    nearest = api.post("/seek", {"step": 10_000_000, "otherwise": "nearest"})

    assert 4 == nearest["cursor"]["step"]
    assert {"step": 10_000_000, "op": 0, "seconds": None} == nearest["missed"]
    assert 409 == api("POST", "/seek", {"step": 10_000_000, "otherwise": "replay"}).status_code
