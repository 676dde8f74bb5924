"""Tables of people's own over REST: read, used, exported, shared, forgotten."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.security.rates import Bucket
from tests.app.routes.gateway import Api, Create

CSV = "x;y;kind\n" + "".join(f"{n},5;{n * 7 % 5};{'ab'[n % 2]}\n" for n in range(20)) + "oops;1;a\n"
NETWORK: dict[str, Any] = {
    "layers": [{"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"}],
    "loss": {"type": "binary_cross_entropy"},
    "batch_size": "full",
}


def kept(http: TestClient, csv: str = CSV, **reading: Any) -> dict[str, Any]:
    """What is answered to a table."""
    response = http.post("/api/v1/tables", json={"csv": csv, "reading": reading})
    assert 201 == response.status_code, response.text
    answer: dict[str, Any] = response.json()
    return answer


def read_again(http: TestClient, key: str, **reading: Any) -> Any:
    """The response to reading it in another way."""
    return http.post(f"/api/v1/tables/{key}/read", json=reading)


def test_a_table_is_read_and_its_bad_rows_are_told(http: TestClient) -> None:
    """With what stands there, what was expected and where."""
    table = kept(http)

    assert (";", ",", True, "kind", ["a", "b"], 2) == tuple(
        table[name] for name in ("delimiter", "decimal", "header", "target", "classes", "features")
    )
    assert (21, 20) == (table["rows"], table["used"])
    told = {"column": "x", "lacks": "number", "expected": "a number", "got": '"oops"'}
    assert [{"line": 22, "cells": ["oops", "1", "a"], **told}] == table["bad"]


def test_a_kept_table_is_read_in_another_way(http: TestClient) -> None:
    """What is wrong with the choice is told at its field."""
    key = kept(http)["id"]

    assert "y" == read_again(http, key, target="y").json()["target"]
    refused = read_again(http, key, target="z")

    assert (422, ["dataset", "target", "z"]) == (refused.status_code, refused.json()["errors"][0]["loc"])
    assert 422 == read_again(http, "0" * 32).status_code


def test_a_session_learns_from_a_table(http: TestClient, create: Create) -> None:
    """Its spec says the id, however it came; its other options may be changed by themselves."""
    key = kept(http)["id"]
    api = create(dataset={"table": key}, **NETWORK)
    sent = create(dataset={"csv": CSV}, **NETWORK)

    assert key == api.get()["spec"]["dataset"]["table"] == sent.get()["spec"]["dataset"]["table"]
    assert len(json.dumps(api.get()["spec"])) < len(json.dumps(create().get()["spec"])) + 600
    assert 15 == api.get("/dataset")["train"]["count"]
    api.post("/step", {"unit": "epoch", "count": 3})
    edited = api("PATCH", "/spec", {"dataset": {"test_fraction": 0.5}}).json()
    assert (key, 0.5) == (edited["spec"]["dataset"]["table"], edited["spec"]["dataset"]["test_fraction"])


def test_a_patch_brings_a_table(http: TestClient, create: Create) -> None:
    """With the network that fits; a table that the server does not have changes nothing."""
    api = create()
    key = kept(http)["id"]
    before = api.get()["spec"]
    assert 422 == api("PATCH", "/spec", {"dataset": {"table": "0" * 32}, **NETWORK}).status_code
    assert before == api.get()["spec"]

    api("PATCH", "/spec", {"dataset": {"table": key, "target": "kind"}, **NETWORK})

    assert ["x", "y"] == api.get("/dataset")["columns"]


def test_files_and_copies_have_the_table_with_them(http: TestClient, create: Create) -> None:
    """An export stands alone, a fork and a share go on with the same data."""
    api = create(dataset={"csv": CSV, "target": "kind"}, **NETWORK)
    exported = api.get("/export/json")
    assert CSV == exported["spec"]["dataset"]["csv"]
    share = api.post("/share")["id"]
    copies = [
        http.post("/api/v1/sessions", json=exported).json(),
        http.post("/api/v1/sessions", json={"share": share}).json(),
        api.post("/fork"),
    ]

    assert [api.get("/dataset")] * 3 == [Api(http, copy).get("/dataset") for copy in copies]
    assert "csv" not in api("GET", "/export/numpy").text


def test_a_table_goes_with_the_last_session_that_uses_it(http: TestClient, create: Create) -> None:
    """Not before, and not as long as a share needs it."""
    csv = CSV + "99;1;b\n"
    first, second = (create(dataset={"csv": csv}, **NETWORK) for _ in range(2))
    key = first.get()["spec"]["dataset"]["table"]

    first("DELETE")
    assert 200 == read_again(http, key).status_code
    second("DELETE")
    assert 422 == read_again(http, key).status_code

    third = create(dataset={"csv": csv}, **NETWORK)
    share = third.post("/share")["id"]
    third("DELETE")
    assert 201 == http.post("/api/v1/sessions", json={"share": share}).status_code


def test_a_table_of_too_many_rows_is_refused(http: TestClient) -> None:
    """20,000 rows are allowed."""
    too_long = http.post("/api/v1/tables", json={"csv": "1\n" * 20_001})
    assert (422, "limit-exceeded") == (too_long.status_code, too_long.json()["type"].split("/")[-1])


def test_tables_are_read_at_a_bounded_rate(http: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of asking count; nobody needs a token for them."""
    key = kept(http)["id"]
    app: Any = http.app
    monkeypatch.setattr(app.state.sessions.tables, "_requests", Bucket(0.0, 1))

    assert 200 == read_again(http, key).status_code
    assert (429, 429) == (
        read_again(http, key).status_code,
        http.post("/api/v1/tables", json={"csv": CSV}).status_code,
    )
